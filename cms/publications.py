"""How to cite what somebody published: GB/T 7714, RIS, BibTeX, CSL-JSON.

The sister of ``cms.citation``, which cites records; of a publication the title page
speaks, not an archive.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from cms.citation import Edition, braced, names, one_line, written_date

Kind = Literal["paper", "book", "project", "report"]

KINDS: Final[dict[str, Kind]] = {
    "paper": "paper",
    "book": "book",
    "project": "project",
    "report": "report",
}

_MARK: Final[dict[Kind, str]] = {
    "paper": "J",
    "book": "M",
    "project": "R",
    "report": "R",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """What a citation is made of; an empty part is left out.

    ``container`` is the journal, ``publisher`` who published or commissioned it at
    ``place``; ``number`` that of a report or project. ``first`` and ``last`` bound the
    date. ``url`` is set, with the day of access, where the text can be read online.
    """

    kind: Kind
    title: str
    authors: tuple[str, ...]
    first: date | None
    last: date | None
    container: str = ""
    place: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    doi: str = ""
    isbn: str = ""
    url: str = ""
    accessed: date | None = None
    key: str = ""

    @property
    def year(self) -> str:
        return str(self.first.year) if self.first else ""


@dataclass(frozen=True, slots=True)
class Export:
    """A citation for a reference manager: how it is named, typed and written."""

    suffix: str
    name: str
    media_type: str
    write: Callable[[Publication], str]


def gbt7714(one: Publication, edition: Edition = "2025") -> str:
    """``责任者. 题名[J]. 刊名，年，卷（期）：页码.`` and its sisters [M] and [R].

    The edition of 2025 has full-width punctuation, that of 2015 half-width.
    """
    signs = _FULL if edition == "2025" else _HALF
    online = "/OL" if one.url else ""
    number = signs.colon + one.number if one.number and one.kind != "paper" else ""
    parts = [names(one.authors, signs.comma)] if one.authors else []
    parts.append(f"{one.title}{number}[{_MARK[one.kind]}{online}]")
    whence = _in_journal(one, signs) if one.kind == "paper" else _by(one, signs)
    if online and one.accessed:
        whence += f"[{one.accessed.isoformat()}]"
    parts += [whence] if whence else []
    parts += [one.url] if one.url else []
    parts += [f"DOI{signs.colon.strip()}{one.doi}"] if one.doi else []
    return ". ".join(parts) + "."


@dataclass(frozen=True, slots=True)
class _Signs:
    colon: str
    comma: str
    opening: str
    closing: str


_FULL: Final = _Signs("：", "，", "（", "）")
_HALF: Final = _Signs(": ", ", ", "(", ")")


def _in_journal(one: Publication, signs: _Signs) -> str:
    issue = f"{signs.opening}{one.issue}{signs.closing}" if one.issue else ""
    told = [one.container, one.year, one.volume + issue]
    if one.issue and not one.volume:
        # Without a volume the issue follows the year.
        told = [one.container, one.year + issue]
    whole = signs.comma.join(part for part in told if part)
    return f"{whole}{signs.colon}{one.pages}" if one.pages else whole


def _by(one: Publication, signs: _Signs) -> str:
    house = signs.colon.join(part for part in (one.place, one.publisher) if part)
    when = one.year if one.kind == "book" else written_date(one.first, one.last)
    whole = signs.comma.join(part for part in (house, when) if part)
    return f"{whole}{signs.colon}{one.pages}" if one.pages else whole


_RIS: Final[dict[Kind, str]] = {
    "paper": "JOUR",
    "book": "BOOK",
    "project": "RPRT",
    "report": "RPRT",
}


def ris(one: Publication) -> str:
    """A record in RIS, lines ended by CR LF."""
    start, _dash, end = re.sub("[–—~]", "-", one.pages).partition("-")
    fields = [("TY", _RIS[one.kind]), *(("AU", name) for name in one.authors)]
    fields += [("TI", one.title), ("JO", one.container), ("PY", one.year)]
    fields += [("VL", one.volume), ("IS", one.issue), ("SP", start), ("EP", end)]
    fields += [("PB", one.publisher), ("CY", one.place), ("M1", one.number)]
    fields += [("SN", one.isbn), ("DO", one.doi), ("UR", one.url)]
    rows = [f"{tag}  - {one_line(value)}\r\n" for tag, value in fields if value]
    return "".join((*rows, "ER  - \r\n"))


_BIBTEX: Final[dict[Kind, str]] = {
    "paper": "article",
    "book": "book",
    "project": "techreport",
    "report": "techreport",
}


def bibtex(one: Publication) -> str:
    """An entry of the kind that fits; names and titles verbatim in two braces."""
    house = "institution" if _BIBTEX[one.kind] == "techreport" else "publisher"
    fields = {
        "author": " and ".join(f"{{{braced(name)}}}" for name in one.authors),
        "title": f"{{{braced(one.title)}}}",
        "journal": braced(one.container),
        "year": one.year,
        "volume": braced(one.volume),
        "number": braced(one.issue or one.number),
        "pages": braced(one.pages),
        house: f"{{{braced(one.publisher)}}}" if one.publisher else "",
        "address": braced(one.place),
        "doi": braced(one.doi),
        "isbn": braced(one.isbn),
        "url": one.url,
    }
    rows = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{_BIBTEX[one.kind]}{{{one.key},\n{''.join(rows)}}}\n"


_CSL: Final[dict[Kind, str]] = {
    "paper": "article-journal",
    "book": "book",
    "project": "report",
    "report": "report",
}


def csl_json(one: Publication) -> str:
    """A list of one item, as reference managers import it."""
    item: dict[str, Any] = {
        "id": one.key,
        "type": _CSL[one.kind],
        "title": one.title,
        "author": [{"literal": name} for name in one.authors],
        "container-title": one.container,
        "publisher": one.publisher,
        "publisher-place": one.place,
        "volume": one.volume,
        "issue": one.issue,
        "page": one.pages,
        "number": one.number,
        "DOI": one.doi,
        "ISBN": one.isbn,
        "URL": one.url,
    }
    when = written_date(one.first, one.last)
    if when:
        ends = [[int(part) for part in end.split("-")] for end in when.split("/")]
        item["issued"] = {"date-parts": ends}
    item = {name: value for name, value in item.items() if value}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


EXPORTS: Final = {
    export.suffix: export
    for export in (
        Export("ris", "RIS", "application/x-research-info-systems", ris),
        Export("bib", "BibTeX", "application/x-bibtex", bibtex),
        Export("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}
