"""The articles of the draft regulation: number, title and our own summary.

The text is not ours to ship (``regulation_text`` reads it where the institution
supplies it). A draft is cited as a draft: never as a rule in force.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.knowledge.numerals import written

NAME: Final = "《绍兴市“枫桥经验”传承发展条例（草案送审稿）》"
_TABLE: Final = Path(__file__).parent / "articles.csv"

PARTS: Final[Mapping[str, Promise | str]] = {
    "general": gettext_lazy("总则与职责"),
    "themes": gettext_lazy("治理主题"),
    "institutions": gettext_lazy("研究、陈列与宣传"),
    "closing": gettext_lazy("其他规定"),
}
"""The groups that we put the articles in, in their order; the draft has none."""


@dataclass(frozen=True, slots=True)
class Article:
    """``subject``: the label of the concept that the article is about, if the
    thesaurus has it; ``slug`` of its subject page, "" where there is none.

    ``is_missing``: the draft has no article of this number.
    """

    number: int
    title: str = ""
    title_en: str = ""
    part: str = ""
    summary: str = ""
    summary_en: str = ""
    subject: str = ""
    slug: str = ""
    is_missing: bool = False

    @property
    def anchor(self) -> str:
        return f"article-{self.number}"

    @property
    def chinese_name(self) -> str:
        """``第二十一条``."""
        return f"第{written(self.number)}条"

    @property
    def name(self) -> str:
        """``第二十一条`` in the language of the reader."""
        if in_english():
            return _("第 %(number)d 条") % {"number": self.number}
        return self.chinese_name

    @property
    def heading(self) -> str:
        return self.title_en if in_english() else self.title

    @property
    def gist(self) -> str:
        """The summary in the language of the reader."""
        return self.summary_en if in_english() else self.summary

    @property
    def citation(self) -> str:
        """As it is to be cited, in Chinese."""
        return f"{NAME}{self.chinese_name}"


def in_english() -> bool:
    return (get_language() or "").startswith("en")


@cache
def articles() -> tuple[Article, ...]:
    """All of them by number; a gap in the numbers is there as a missing one."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    told = [Article(**{**row, "number": int(row["number"])}) for row in rows]
    known = {one.number: one for one in told}
    parts = {one.number: one.part for one in told}
    found: list[Article] = []
    for number in range(1, max(known) + 1):
        part = parts.setdefault(number, parts.get(number + 1, ""))
        missing = Article(number, part=part, is_missing=True)
        found.append(known.get(number, missing))
    return tuple(found)


def article(number: int) -> Article | None:
    """The article of this number; None for a number that there is no place for."""
    return next((one for one in articles() if one.number == number), None)
