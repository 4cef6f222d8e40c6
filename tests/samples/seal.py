"""Draws a round red seal: ring, star, a body's name, what the seal is for."""

from functools import cache
from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import paper
from .fonts import glyph
from .truth import Script

# The arc between two characters of the ring, in degrees.
STEP = 36
USE = {"hans": "演示专用章", "hant": "演示專用章"}


@cache
def drawn(body: str, script: Script, diameter: int) -> Image.Image:
    """The upright seal as a mask (mode L)."""
    use = USE[script]
    face = "song-bold" if script == "hans" else "ming-bold"
    seal = Image.new("L", (diameter, diameter), 0)
    draw = ImageDraw.Draw(seal)
    middle = diameter / 2
    edge = round(diameter * 0.028)
    draw.ellipse((2, 2, diameter - 3, diameter - 3), outline=255, width=edge)
    star = []
    for point in range(10):
        radius = diameter * (0.15 if point % 2 == 0 else 0.058)
        angle = pi * point / 5 - pi / 2
        star.append((middle + radius * cos(angle), middle + radius * sin(angle)))
    draw.polygon(star, fill=255)
    size = round(diameter * 0.13)
    for number, char in enumerate(body):
        degrees = STEP * ((len(body) - 1) / 2 - number)
        _stamp(seal, face, size, char, degrees, diameter * 0.37)
    size = round(diameter * 0.095)
    start = middle - size * len(use) / 2
    for number, char in enumerate(use):
        ink = glyph(face, size, char, "h")
        left = round(start + number * size) + ink.left
        seal.paste(255, (left, round(diameter * 0.715) + ink.top), ink.mask)
    return seal


def stamped(
    upright: Image.Image, degrees: float, rng: np.random.Generator
) -> Image.Image:
    """The seal as it came out on paper: turned and unevenly inked (mode L)."""
    seal = upright.rotate(degrees, Image.Resampling.BICUBIC)
    return ImageChops.multiply(seal, paper.density(seal.size, 0.6, rng))


def _stamp(
    seal: Image.Image, face: str, size: int, char: str, degrees: float, radius: float
) -> None:
    """Set one character on the ring, ``degrees`` to the left of its top."""
    ink = glyph(face, size, char, "h")
    cell = Image.new("L", (2 * size, 2 * size), 0)
    cell.paste(255, (size // 2 + ink.left, size // 2 + ink.top), ink.mask)
    cell = cell.rotate(degrees, Image.Resampling.BICUBIC)
    angle = degrees * pi / 180
    x = seal.width / 2 - radius * sin(angle) - size
    y = seal.height / 2 - radius * cos(angle) - size
    seal.paste(255, (round(x), round(y)), cell)
