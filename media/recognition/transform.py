"""Where a pixel of the prepared page lies on the original."""

from math import cos, radians, sin
from typing import NamedTuple

from media.values import Box


class Point(NamedTuple):
    """A place in pixels, origin at the top left corner of the image."""

    x: float
    y: float


class Transform(NamedTuple):
    """An affine map: ``x' = a·x + b·y + c`` and ``y' = d·x + e·y + f``."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def apply(self, point: Point) -> Point:
        """The image of ``point``."""
        return Point(
            self.a * point.x + self.b * point.y + self.c,
            self.d * point.x + self.e * point.y + self.f,
        )

    def after(self, first: "Transform") -> "Transform":
        """The map that does ``first``, then this one."""
        return Transform(
            self.a * first.a + self.b * first.d,
            self.a * first.b + self.b * first.e,
            self.a * first.c + self.b * first.f + self.c,
            self.d * first.a + self.e * first.d,
            self.d * first.b + self.e * first.e,
            self.d * first.c + self.e * first.f + self.f,
        )

    def inverse(self) -> "Transform":
        """The map back; ``ZeroDivisionError`` if this one is not invertible."""
        det = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Transform(
            a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f)
        )

    def map_box(self, box: Box, width: int, height: int) -> Box:
        """The upright box around the image of ``box``, cut to ``width`` × ``height``.

        Under a small rotation the rectangle's corners are empty of ink, so the
        box keeps its turned sides' lengths instead of growing to the corners.
        """
        centre = self.apply(Point(box.x + box.w / 2, box.y + box.h / 2))
        if abs(self.a) + abs(self.e) >= abs(self.b) + abs(self.d):
            w = (self.a**2 + self.d**2) ** 0.5 * box.w
            h = (self.b**2 + self.e**2) ** 0.5 * box.h
        else:
            w = (self.b**2 + self.e**2) ** 0.5 * box.h
            h = (self.a**2 + self.d**2) ** 0.5 * box.w
        left = min(max(round(centre.x - w / 2), 0), width - 1)
        top = min(max(round(centre.y - h / 2), 0), height - 1)
        right = min(max(round(centre.x + w / 2), left + 1), width)
        bottom = min(max(round(centre.y + h / 2), top + 1), height)
        return Box(left, top, right - left, bottom - top)


def scaling(factor: float) -> Transform:
    """Enlarge by ``factor`` about the origin."""
    return Transform(a=factor, e=factor)


def rotation(degrees: float, width: int, height: int) -> Transform:
    """Turn clockwise about the centre of an image of this size, which is kept."""
    angle = radians(degrees)
    c, s = cos(angle), sin(angle)
    x, y = width / 2, height / 2
    return Transform(c, -s, x - c * x + s * y, s, c, y - s * x - c * y)


def quarter_turns(degrees: int, width: int, height: int) -> Transform:
    """Turn clockwise by 0, 90, 180 or 270; the corner comes back to the origin."""
    return {
        0: Transform(),
        90: Transform(0, -1, height, 1, 0, 0),
        180: Transform(-1, 0, width, 0, -1, height),
        270: Transform(0, 1, 0, -1, 0, width),
    }[degrees % 360]
