"""Sets a document on pages: every character gets its place in pixels."""

from dataclasses import dataclass
from math import ceil

from . import area, furniture, tables
from .area import Rule, SetPage
from .breaking import Set, Type, length, natural, paragraph
from .document import Block, Document
from .errors import LayoutError


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of block is set: size and pitch in units of the body's."""

    weight: str
    scale: float
    pitch: float
    align: str


STYLES = {
    "red_head": Style("-bold", 1.9, 2.6, "spread"),
    "title": Style("-bold", 1.45, 2.4, "centre"),
    "heading": Style("-bold", 1.0, 1.5, "centre"),
    "centre": Style("", 1.0, 1.2, "centre"),
    "flush": Style("", 1.0, 1.0, "flush"),
    "body": Style("", 1.0, 1.0, "indent"),
    "right": Style("", 1.0, 1.0, "end"),
}


def paginate(document: Document) -> list[SetPage]:
    """Set the whole document; each page ends with its notice."""
    flow = _Flow(document)
    for block in document.blocks:
        if block.kind == "rule":
            flow.rule()
        elif block.rows:
            flow.table(block)
        else:
            flow.block(block)
    for number, page in enumerate(flow.pages, start=1):
        page.lines.append(furniture.notice(document, flow.area, number))
        page.rules.extend(furniture.frame(document, flow.area))
    return flow.pages


class _Flow:
    """The pages so far and how much of the last one is used, in pixels."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.area = area.of(document)
        self.pages: list[SetPage] = []
        self.used = self.area.depth

    def block(self, block: Block) -> None:
        """Set a paragraph or a head; a heading stays with what follows it."""
        style = STYLES[block.kind]
        size = round(self.document.size * style.scale)
        kind = Type(self._face(style.weight), size, self.document.direction)
        columns = self.document.frame == "columns"
        pitch = self.area.pitch * (ceil(style.pitch) if columns else style.pitch)
        keep = self.area.pitch if block.kind == "heading" else 0.0
        role = "body" if block.kind == "flush" else block.kind
        red = block.kind == "red_head"
        for line in self._lines(block.text, kind, style):
            page = self._page(pitch + keep)
            v = self.used + (pitch - kind.size) / 2
            page.lines.append(self.area.line(line, kind, role, v, red))
            self.used += pitch

    def rule(self) -> None:
        """Draw a red rule across the text."""
        vertical = self.document.direction == "v"
        page = self._page(self.area.pitch)
        thick = max(3, self.document.size // 9)
        v = self.used + self.area.pitch * 0.15
        box = self.area.bar(0, v, self.area.measure, thick)
        page.rules.append(Rule(box, red=True))
        self.used += self.area.pitch * (1 if vertical else 0.6)

    def table(self, block: Block) -> None:
        """Set a ruled table, undivided; its first row is the head."""
        if self.document.direction == "v":
            raise LayoutError(f"{self.document.slug}: no tables in vertical text")
        pitch = self.area.pitch
        body = Type(self.document.font, self.document.size, "h")
        head = Type(self._face("-bold"), self.document.size, "h")
        thin = max(2, self.document.size // 20)
        widths = tables.widths(block.rows, head, self.area.measure)
        kinds = [head, *[body] * (len(block.rows) - 1)]
        rows = [
            tables.row(cells, widths, kind, pitch)
            for cells, kind in zip(block.rows, kinds, strict=True)
        ]
        page = self._page(sum(row.height for row in rows) + 0.4 * pitch)
        self.used += pitch * 0.3
        for row, kind in zip(rows, kinds, strict=True):
            for line, v in row.lines:
                page.lines.append(self.area.line(line, kind, "cell", self.used + v))
            for u, v, w, h in tables.ruling(widths, row.height, thin):
                page.rules.append(Rule(self.area.bar(u, self.used + v, w, h)))
            self.used += row.height
        self.used += pitch * 0.4

    def _lines(self, text: str, kind: Type, style: Style) -> list[list[Set]]:
        measure = self.area.measure
        if style.align in ("flush", "indent"):
            indent = 2.0 * kind.size if style.align == "indent" else 0.0
            return paragraph(text, kind, measure, indent)
        line = natural(text, kind)
        if style.align == "spread":
            room = measure * 0.86 - length(line)
            line = natural(text, kind, min(kind.size * 0.6, room / (len(text) - 1)))
        start = (measure - length(line)) / 2
        if style.align == "end":
            start = measure - length(line) - 2 * kind.size
        elif self.document.direction == "v":
            start = 3.0 * self.document.size
        if start < 0 or start + length(line) > measure:
            raise LayoutError(f"{self.document.slug}: too long for a line: {text}")
        return [[Set(char.char, char.u + start, char.width) for char in line]]

    def _face(self, weight: str) -> str:
        return self.document.font + weight

    def _page(self, room: float) -> SetPage:
        """The page that has ``room`` left: the last one or a new one."""
        if self.used + room > self.area.depth + 0.01:
            here = self.area
            self.pages.append(SetPage(here.width, here.height, here.direction))
            self.used = 0.0
        return self.pages[-1]
