"""Prints a set page: layers of ink, and the exact box of every glyph."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, cos, floor, radians, sin

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .area import Placed, SetPage
from .fonts import ASCENT, Glyph, glyph
from .truth import Box, CharTruth, LineTruth, around

FAINT = 90


@dataclass(frozen=True, slots=True)
class Turn:
    """A rotation about the middle of a page, degrees counter-clockwise."""

    degrees: float
    width: int
    height: int

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where (x, y) points of the upright page end up."""
        if not self.degrees:
            return points
        angle = radians(self.degrees)
        middle = np.array([self.width / 2, self.height / 2])
        matrix = np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]])
        turned_points: NDArray[np.float64] = (points - middle) @ matrix + middle
        return turned_points

    def image(self, layer: Image.Image) -> Image.Image:
        """The layer turned; what comes in at the corners is blank."""
        if not self.degrees:
            return layer
        return layer.rotate(self.degrees, Image.Resampling.BICUBIC)


@dataclass(frozen=True, slots=True)
class Layers:
    """Masks (mode L, 255 = full ink) of what is printed black and red."""

    black: Image.Image
    red: Image.Image


def layers(page: SetPage, turn: Turn) -> Layers:
    """Print the page's lines and rules and turn the result."""
    size = (page.width, page.height)
    black, red = Image.new("L", size, 0), Image.new("L", size, 0)
    for rule in page.rules:
        box = rule.box
        bar = (box.x, box.y, box.x + box.w, box.y + box.h)
        (red if rule.red else black).paste(FAINT if rule.faint else 255, bar)
    for line in page.lines:
        for placed in line.glyphs:
            ink, left, top = _ink(placed)
            (red if line.red else black).paste(255, (left, top), ink.mask)
    return Layers(turn.image(black), turn.image(red))


def lines(page: SetPage, turn: Turn) -> tuple[LineTruth, ...]:
    """The page's lines with the boxes of their ink after the turn."""
    found = []
    for line in page.lines:
        chars = tuple(CharTruth(p.char, _box(p, turn)) for p in line.glyphs)
        text = "".join(char.char for char in chars)
        box = around(char.box for char in chars)
        found.append(LineTruth(text, line.role, box, chars))
    return tuple(found)


def turned(corners: Iterable[tuple[float, float]], turn: Turn) -> Box:
    """The box of some points of the upright page after the turn."""
    return _around(turn.points(np.array(list(corners), dtype=np.float64)))


def _ink(placed: Placed) -> tuple[Glyph, int, int]:
    kind = placed.kind
    ink = glyph(kind.face, kind.size, placed.char, kind.direction)
    return ink, round(placed.x) + ink.left, round(placed.y) + ink.top


def _box(placed: Placed, turn: Turn) -> Box:
    ink, _, _ = _ink(placed)
    x, y = round(placed.x), round(placed.y)
    if len(ink.outline):
        return _around(turn.points(ink.outline + np.array([x, y])))
    if placed.kind.direction == "v":
        right, bottom = float(x + placed.kind.size), y + placed.width
    else:
        right, bottom = x + placed.width, y + placed.kind.size * ASCENT
    return turned([(x, y), (right, y), (x, bottom), (right, bottom)], turn)


def _around(points: NDArray[np.float64]) -> Box:
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    x, y = floor(left + 1e-6), floor(top + 1e-6)
    return Box(x, y, ceil(right - 1e-6) - x, ceil(bottom - 1e-6) - y)
