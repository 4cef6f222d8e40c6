"""Sheets of paper: tint, mottling, stains, folds, dark edges, grain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Colour = tuple[int, int, int]
# Everything soft is made this many times smaller and enlarged.
COARSE = 8
TILE = 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet looks like; strengths in grey levels, 0 = none.

    ``mottle`` is slow variation, ``edges`` the darkening towards the border,
    ``stains`` a count of soft brown spots per page, ``shade`` a slope of light
    across the page, ``folded`` adds one crease.
    """

    colour: Colour = (250, 249, 245)
    mottle: float = 0.6
    edges: float = 0.0
    stains: int = 0
    shade: float = 0.0
    folded: bool = False


def make(sheet: Sheet, size: tuple[int, int], rng: np.random.Generator) -> Image.Image:
    """An RGB image of an empty sheet of ``size`` pixels."""
    width, height = size[0] // COARSE, size[1] // COARSE
    level = np.zeros((height, width))
    for scale, share in ((48, 1.0), (12, 0.6), (3, 0.35)):
        level += sheet.mottle * share * _cloud(width, height, scale, rng)
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    away = 0.5 * (np.abs(down) ** 5 + np.abs(across) ** 4)
    away += 0.8 * np.maximum(np.abs(down) ** 40, np.abs(across) ** 30)
    level -= sheet.edges * away * (1 + 0.2 * _cloud(width, height, 24, rng))
    angle = rng.uniform(0, 2 * np.pi)
    level += sheet.shade * (np.cos(angle) * across + np.sin(angle) * down)
    if sheet.folded:
        at = rng.uniform(-0.2, 0.2)
        level -= 9 * np.exp(-(((down - at) * height / 3) ** 2))
        level += 6 * np.exp(-(((down - at) * height / 3 - 2) ** 2))
    stain = _stains(width, height, sheet.stains, rng)
    tint = np.array([0.8, 0.95, 1.2])
    rgb = np.array(sheet.colour) + level[..., None] * tint
    rgb -= stain[..., None] * np.array([26.0, 40.0, 52.0])
    small = Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))
    return small.resize(size, Image.Resampling.BICUBIC)


def density(
    size: tuple[int, int], least: float, rng: np.random.Generator
) -> Image.Image:
    """A mask (mode L) of how much ink took, from ``least`` (0 … 1) to full."""
    width, height = size[0] // COARSE, size[1] // COARSE
    cloud = _cloud(width, height, 30, rng) + 0.5 * _cloud(width, height, 4, rng)
    level = np.clip(least + (1 - least) * (0.62 + 0.38 * cloud), 0, 1)
    small = Image.fromarray((level * 255).astype(np.uint8))
    return small.resize(size, Image.Resampling.BILINEAR)


def grain(size: tuple[int, int], sigma: float, rng: np.random.Generator) -> Image.Image:
    """Noise around 128 (mode L) with a standard deviation of ``sigma``."""
    tile = rng.normal(128, sigma, (TILE, TILE)).clip(0, 255).astype(np.uint8)
    repeats = -(-size[1] // TILE), -(-size[0] // TILE)
    return Image.fromarray(np.tile(tile, repeats)[: size[1], : size[0]])


def _cloud(
    width: int, height: int, scale: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Smooth noise of about unit strength with features of ``scale`` pixels."""
    shape = height // scale + 2, width // scale + 2
    knots = Image.fromarray(rng.normal(0, 1, shape).astype(np.float32))
    cloud = knots.resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(cloud, dtype=np.float64)


def _stains(
    width: int, height: int, count: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Round soft spots between 0 and 1, most of them small and faint."""
    stain = np.zeros((height, width))
    down, across = np.mgrid[0:height, 0:width]
    for _ in range(count):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        large = rng.random() < 0.1
        radius = rng.uniform(10, 30) if large else rng.uniform(0.6, 2.6)
        depth = rng.uniform(0.1, 0.25) if large else rng.uniform(0.25, 0.8)
        away = np.hypot(across - x, down - y) / radius
        stain = np.maximum(stain, depth * np.exp(-(away**2)))
    return stain
