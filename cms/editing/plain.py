"""Stored rich text, taken apart: its words, and its links with theirs."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "li", "ul", "ol", "h2", "h3", "h4", "br", "hr", "blockquote"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """``kind`` is "page", "document", "" for an address; ``target`` its id or href."""

    kind: str
    target: str
    text: str


@dataclass(slots=True)
class Parts:
    """``text`` without the quotations of others, which nobody rewrites."""

    text: str = ""
    anchors: list[Anchor] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.parts = Parts()
        self.quoted = 0
        self.link: dict[str, str] | None = None
        self.linked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quoted += tag == "blockquote"
        if tag in _BLOCKS:
            self.words.append("\n")
        if tag == "a":
            self.link, self.linked = {key: value or "" for key, value in attrs}, []

    def handle_endtag(self, tag: str) -> None:
        self.quoted -= tag == "blockquote" and self.quoted > 0
        if tag in _BLOCKS:
            self.words.append("\n")
        if tag == "a" and self.link is not None:
            kind = self.link.get("linktype", "")
            target = self.link.get("id" if kind else "href", "")
            anchor = Anchor(kind, target, "".join(self.linked).strip())
            self.parts.anchors.append(anchor)
            self.link = None

    def handle_data(self, data: str) -> None:
        if not self.quoted:
            self.words.append(data)
        if self.link is not None:
            self.linked.append(data)


def read(html: str) -> Parts:
    """The parts of ``html`` as the database stores it; broken HTML is read on."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.parts.text = "".join(reader.words).strip()
    return reader.parts
