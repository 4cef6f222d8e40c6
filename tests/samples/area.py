"""A page's geometry, and what lies on it once it is set.

Text flows along ``u`` (the line) and lines follow each other along ``v``, in
pixels. Horizontal pages map (u, v) to (x, y); on vertical ones u runs down and
v from right to left.
"""

from dataclasses import dataclass, field

from .breaking import Set, Type
from .document import Document
from .truth import Box, Direction

# Sizes in millimetres.
PAPERS = {"a4": (210, 297), "16k": (185, 260), "a5": (148, 210), "32k": (130, 184)}
# Margins as shares of width and height: left, top, right, bottom.
MARGINS = (0.13, 0.115, 0.13, 0.115)


@dataclass(frozen=True, slots=True)
class Placed:
    """A character whose em box has its top left corner at (x, y)."""

    char: str
    x: float
    y: float
    width: float
    kind: Type


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of placed characters in the order of reading."""

    role: str
    glyphs: tuple[Placed, ...]
    red: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn bar; a faint one is printed with little ink."""

    box: Box
    red: bool = False
    faint: bool = False


@dataclass(slots=True)
class SetPage:
    """A page as it goes to the press."""

    width: int
    height: int
    direction: Direction
    lines: list[SetLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Area:
    """Where a document's text stands on each of its pages.

    ``measure`` is the length of a line, ``depth`` what all lines of a page take
    together, ``pitch`` the distance between lines.
    """

    direction: Direction
    width: int
    height: int
    left: int
    top: int
    measure: float
    depth: float
    pitch: float

    def line(
        self, text: list[Set], kind: Type, role: str, v: float, red: bool = False
    ) -> SetLine:
        """Place a line whose em boxes start at ``v``."""
        placed = []
        for char in text:
            x, y = self._corner(char.u, v, kind.size)
            placed.append(Placed(char.char, x, y, char.width, kind))
        return SetLine(role, tuple(placed), red)

    def bar(self, u: float, v: float, length: float, thick: float) -> Box:
        """A bar from (u, v), ``length`` along the line and ``thick`` across."""
        x, y = self._corner(u, v, thick)
        if self.direction == "v":
            return Box(round(x), round(y), round(thick), round(length))
        return Box(round(x), round(y), round(length), round(thick))

    def _corner(self, u: float, v: float, across: float) -> tuple[float, float]:
        if self.direction == "v":
            return self.left + self.depth - v - across, self.top + u
        return self.left + u, self.top + v


def of(document: Document) -> Area:
    """The text area that the document's paper and type ask for."""
    across, down = PAPERS[document.paper]
    width = round(across / 25.4 * document.dpi)
    height = round(down / 25.4 * document.dpi)
    pitch = document.size * document.leading
    left, top, right, bottom = MARGINS
    room = width * (1 - left - right), height * (1 - top - bottom)
    along, deep = room[::-1] if document.direction == "v" else room
    return Area(
        direction=document.direction,
        width=width,
        height=height,
        left=round(width * left),
        top=round(height * top),
        measure=document.size * int(along / document.size),
        depth=pitch * int(deep / pitch),
        pitch=pitch,
    )
