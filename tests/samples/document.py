"""Reads a sample document: a few settings, then text in a plain format.

A file starts with ``key: value`` lines up to an empty line. After that, each
line is one block, told by its first characters::

    ! 红头            a red head with a red rule below it
    # 题名            the title
    ## 第一章         a centred heading
    = 样调〔2026〕3号  a centred line
    / 各样本调解组：   a paragraph without indent
    > 样本调解委员会   a line at the right (at the foot in vertical text)
    ---               a red rule across the text
    | 甲 | 乙 |        a table row; rows that follow each other are one table
    anything else     a paragraph, its first line indented by two characters

Empty lines only part tables. The order of the text is the reading order.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from .errors import DocumentError
from .truth import Direction, Script

MARKS = {
    "!": "red_head",
    "#": "title",
    "##": "heading",
    "=": "centre",
    "/": "flush",
    ">": "right",
    "---": "rule",
}
FOLDER = Path(__file__).parent / "documents"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a head, or a table (then ``rows`` holds its cells)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text and how it is to be set.

    ``size`` is the height of a body character in pixels, ``paper`` a name in
    ``layout.PAPERS``, ``frame`` one of ``none``, ``box``, ``columns``. Page *n*
    takes the *n*-th of ``looks`` and of ``formats``, starting again after the
    last. ``body`` is whose name a seal bears, ``notice`` what every page says
    of itself.
    """

    slug: str
    script: Script
    direction: Direction
    paper: str
    dpi: int
    size: int
    leading: float
    font: str
    frame: str
    formats: tuple[str, ...]
    looks: tuple[str, ...]
    body: str
    notice: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All blocks in reading order, one a line, without the page notices."""
        parts: list[str] = []
        for block in self.blocks:
            if block.rows:
                parts.extend(cell for row in block.rows for cell in row if cell)
            elif block.text:
                parts.append(block.text)
        return "\n".join(parts)


def load_all() -> list[Document]:
    """The documents of the collection in the order of their names."""
    return [load(path) for path in sorted(FOLDER.glob("*.md"))]


def load(path: Path) -> Document:
    """Read one document; ``DocumentError`` names the file and what is wrong."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    try:
        given = dict(line.split(": ", 1) for line in head.splitlines())
        return Document(
            slug=path.stem,
            script=cast(Script, given["script"]),
            direction=cast(Direction, given["direction"]),
            paper=given["paper"],
            dpi=int(given["dpi"]),
            size=int(given["size"]),
            leading=float(given["leading"]),
            font=given["font"],
            frame=given["frame"],
            formats=tuple(given["formats"].split(", ")),
            looks=tuple(given["looks"].split(", ")),
            body=given["body"],
            notice=given["notice"],
            blocks=_blocks(body),
        )
    except (KeyError, ValueError) as error:
        raise DocumentError(f"{path.name}: {error}") from error


def _blocks(body: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block("table", rows=tuple(rows)))
            rows = []
        if line.strip():
            blocks.append(_block(line))
    return tuple(blocks)


def _block(line: str) -> Block:
    mark, _, text = line.partition(" ")
    if mark in MARKS:
        return Block(MARKS[mark], text.strip())
    return Block("body", line.strip())
