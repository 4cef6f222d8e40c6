"""The words of a PDF that Chromium wrote, page by page."""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cached_property

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\b(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_REFERENCE = re.compile(rb"/(\w+)\s+(\d+) 0 R")
_BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]")
_SHOWN = re.compile(
    rb"/(\w+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f]*)>\s*Tj|(\[.*?\])\s*TJ", re.S
)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[(.*?)\])", re.S)
_PAIR = re.compile(rb"<(\w+)>\s*<(\w+)>")
_SECTION = re.compile(rb"begin(bf\w+)\s(.*?)endbf", re.S)

# A font with one glyph for a character and its radical names the radical.
_RADICALS = str.maketrans(
    "⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰",
    "见角贝车长门青韦页风飞食马骨鬼鱼鸟黄齐齿龙",
)
_KANGXI = range(0x2F00, 0x2FE0)

Glyphs = dict[int, str]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """``size``: width and height in whole points. ``text`` has no blanks."""

    size: tuple[int, int]
    text: str


class Pdf:
    """Only what Chromium writes: no object streams, fonts with two-byte codes."""

    def __init__(self, data: bytes) -> None:
        self._objects = {int(n): body for n, body in _OBJECT.findall(data)}

    @cached_property
    def pages(self) -> list[PdfPage]:
        found = [b for b in self._objects.values() if re.search(rb"/Type\s*/Page\b", b)]
        return [self._page(body) for body in found]

    def _page(self, body: bytes) -> PdfPage:
        box = _BOX.search(body)
        assert box is not None
        size = (round(float(box[1])), round(float(box[2])))
        references = {name: int(n) for name, n in _REFERENCE.findall(body)}
        fonts = re.search(rb"/Font\s*<<(.*?)>>", body, re.DOTALL)
        assert fonts is not None
        named = {name: int(n) for name, n in _REFERENCE.findall(fonts[1])}
        glyphs = {name: self._glyphs(number) for name, number in named.items()}
        return PdfPage(size, _text(self._stream(references[b"Contents"]), glyphs))

    def _stream(self, number: int) -> bytes:
        body = self._objects[number]
        match = _STREAM.search(body)
        assert match is not None
        return zlib.decompress(match[1]) if b"FlateDecode" in body else match[1]

    def _glyphs(self, font: int) -> Glyphs:
        """From the ToUnicode map of the font: what each glyph stands for."""
        to_unicode = dict(_REFERENCE.findall(self._objects[font]))[b"ToUnicode"]
        glyphs: Glyphs = {}
        for kind, section in _SECTION.findall(self._stream(int(to_unicode))):
            if kind.startswith(b"bfchar"):
                glyphs |= {int(a, 16): _word(b) for a, b in _PAIR.findall(section)}
                continue
            for first, last, start, listed in _RANGE.findall(section):
                codes = range(int(first, 16), int(last, 16) + 1)
                words = (
                    [_word(one) for one in _HEX.findall(listed)]
                    if listed
                    else [chr(ord(_word(start)) + n) for n in range(len(codes))]
                )
                glyphs |= dict(zip(codes, words, strict=True))
        return glyphs


def _text(content: bytes, fonts: dict[bytes, Glyphs]) -> str:
    words: list[str] = []
    glyphs: Glyphs = {}
    for font, single, several in _SHOWN.findall(content):
        if font:
            glyphs = fonts[font]
        for shown in [single] if single else _HEX.findall(several):
            codes = [int(shown[at : at + 4], 16) for at in range(0, len(shown), 4)]
            words += [glyphs.get(code, "\ufffd") for code in codes]
    return "".join("".join(words).split())


def _word(code: bytes) -> str:
    word = bytes.fromhex(code.decode()).decode("utf-16-be").translate(_RADICALS)
    return "".join(
        unicodedata.normalize("NFKC", char) if ord(char) in _KANGXI else char
        for char in word
    )
