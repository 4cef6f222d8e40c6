"""The text of the draft regulation, read from a file that the institution supplies.

``settings.REGULATION_FILE`` names a text file in UTF-8. An article begins a line with
``第…条`` and its title in 【】 (or a blank); ``（一）`` begins an item; ``第…章`` a
chapter. What stands before the first article is the head. Numbers may have gaps.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from archive.errors import ArchiveError
from cms.knowledge.numerals import NUMERAL, read

MOST_BYTES: Final = 2_000_000

_ARTICLE: Final = re.compile(rf"第({NUMERAL})条(?:\s*【([^】]*)】|\s+|$)(.*)")
_CHAPTER: Final = re.compile(rf"第{NUMERAL}[章节编](?:\s.*|$)")
_ITEM: Final = re.compile(rf"[（(]({NUMERAL})[)）]")
# What word processors leave behind when a document is saved as text.
_LEFT_BEHIND: Final = re.compile(r"\[bookmark:[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the items that follow it, each with its own mark."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article to the letter; ``chapter`` is the heading that it stands under."""

    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class Regulation:
    """``head``: the lines before the first article."""

    head: tuple[str, ...]
    articles: tuple[ArticleText, ...]

    def of(self, number: int) -> ArticleText | None:
        return next((one for one in self.articles if one.number == number), None)


class RegulationUnreadable(ArchiveError):
    """The file cannot be used; the message says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("条例文本（REGULATION_FILE）无法使用：%s") % reason)


def supplied() -> Regulation | None:
    """The text, or None where the institution has supplied none.

    Raises ``RegulationUnreadable``. The file is read again when it changes.
    """
    name = settings.REGULATION_FILE
    if not name:
        return None
    path = Path(name)
    try:
        state = path.stat()
    except OSError as error:
        reason = _("找不到文件 %(path)s（%(error)s）")
        told = {"path": path, "error": error.strerror}
        raise RegulationUnreadable(reason % told) from error
    if state.st_size > MOST_BYTES:
        raise RegulationUnreadable(_("文件过大，请检查是否选错了文件"))
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Regulation:
    try:
        return parse(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RegulationUnreadable(_("不是 UTF-8 编码的文本，请另存一次")) from error
    except OSError as error:
        raise RegulationUnreadable(error.strerror or str(error)) from error


def parse(text: str) -> Regulation:
    """Raises ``RegulationUnreadable`` where there is no article, or two of a number."""
    head: list[str] = []
    found: list[_Draft] = []
    chapter = ""
    for line in _lines(text):
        if _CHAPTER.fullmatch(line):
            chapter = line
        elif (match := _ARTICLE.fullmatch(line)) and (number := read(match[1])):
            _require_order(number, found)
            title = (match[2] or "").strip()
            found.append(_Draft(number, title, chapter, [], []))
            if first := match[3].strip():
                found[-1].add(first)
        elif found:
            found[-1].add(line)
        else:
            head.append(line)
    if not found:
        raise RegulationUnreadable(_("其中没有以“第…条”起行的条文"))
    return Regulation(tuple(head), tuple(one.done() for one in found))


@dataclass(slots=True)
class _Draft:
    number: int
    title: str
    chapter: str
    paragraphs: list[str]
    items: list[list[str]]

    def add(self, line: str) -> None:
        """An item goes to the paragraph above it; it never begins an article."""
        if _ITEM.match(line) and self.paragraphs:
            self.items[-1].append(line)
        else:
            self.paragraphs.append(line)
            self.items.append([])

    def done(self) -> ArticleText:
        told = zip(self.paragraphs, self.items, strict=True)
        paragraphs = tuple(Paragraph(text, tuple(items)) for text, items in told)
        return ArticleText(self.number, self.title, paragraphs, self.chapter)


def _lines(text: str) -> list[str]:
    cleaned = _LEFT_BEHIND.sub("", text)
    return [line for raw in cleaned.splitlines() if (line := raw.strip())]


def _require_order(number: int, found: list[_Draft]) -> None:
    if found and number <= found[-1].number:
        reason = _("第 %(number)d 条排在第 %(before)d 条之后")
        told = {"number": number, "before": found[-1].number}
        raise RegulationUnreadable(reason % told)
