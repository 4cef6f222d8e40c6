"""How to cite a record or one of its pages: GB/T 7714, RIS, BibTeX, CSL-JSON."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Edition = Literal["2025", "2015"]

_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation is made of.

    ``page`` counts from 1; None cites the whole. ``first`` and ``last`` bound the
    date of the record, None on both sides means undated.
    """

    reference_code: str
    title: str
    creators: tuple[str, ...]
    first: date | None
    last: date | None
    place: str
    holder: str
    url: str
    accessed: date
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A citation for a reference manager: how it is named, typed and written."""

    suffix: str
    name: str
    media_type: str
    write: Callable[[Source], str]


def gbt7714(source: Source, edition: Edition = "2025") -> str:
    """``责任者. 题名：档号[A/OL]. 收藏地：收藏者，日期：页[引用日期]. 网址.``

    The edition of 2025 has full-width punctuation, that of 2015 half-width.
    """
    colon, comma = ("：", "，") if edition == "2025" else (": ", ", ")
    parts = []
    if source.creators:
        parts.append(names(source.creators, comma))
    parts.append(f"{source.title}{colon}{source.reference_code}[A/OL]")
    held = colon.join(part for part in (source.place, source.holder) if part)
    when = written_date(source.first, source.last)
    where = comma.join(part for part in (held, when) if part)
    if source.page is not None:
        where = f"{where}{colon}{source.page}"
    parts.append(f"{where}[{source.accessed.isoformat()}]")
    parts.append(source.url)
    return ". ".join(parts) + "."


def ris(source: Source) -> str:
    """A record in RIS, lines ended by CR LF."""
    fields = [("TY", "UNPB"), *(("AU", name) for name in source.creators)]
    fields += [("TI", source.title), ("CN", source.reference_code)]
    if source.first:
        fields.append(("PY", str(source.first.year)))
        fields.append(
            (
                "DA",
                written_date(source.first, source.last)
                .partition("/")[0]
                .replace("-", "/"),
            )
        )
    fields += [("PB", source.holder), ("CY", source.place)]
    if source.page is not None:
        fields.append(("SP", str(source.page)))
    fields += [("UR", source.url), ("Y2", source.accessed.strftime("%Y/%m/%d"))]
    rows = [f"{tag}  - {one_line(value)}\r\n" for tag, value in fields if value]
    return "".join((*rows, "ER  - \r\n"))


def bibtex(source: Source) -> str:
    """An ``@misc`` entry; every value stands in two pairs of braces, verbatim."""
    fields = {
        "author": " and ".join(f"{{{braced(name)}}}" for name in source.creators),
        "title": f"{{{braced(source.title)}}}",
        "year": str(source.first.year) if source.first else "",
        "number": braced(source.reference_code),
        "publisher": f"{{{braced(source.holder)}}}" if source.holder else "",
        "address": braced(source.place),
        "pages": str(source.page) if source.page is not None else "",
        "url": source.url,
        "urldate": source.accessed.isoformat(),
    }
    code = source.reference_code
    key = "".join(c if c.isascii() and c.isalnum() else "-" for c in code)
    rows = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{''.join(rows)}}}\n"


def csl_json(source: Source) -> str:
    """A list of one item, as reference managers import it."""
    item: dict[str, Any] = {
        "id": source.reference_code,
        "type": "document",
        "title": source.title,
        "author": [{"literal": name} for name in source.creators],
        "archive": source.holder,
        "archive_location": source.reference_code,
        "archive-place": source.place,
        "URL": source.url,
        "accessed": {"date-parts": [_parts(source.accessed)]},
    }
    if source.first and source.last:
        ends = written_date(source.first, source.last).split("/")
        item["issued"] = {
            "date-parts": [[int(part) for part in end.split("-")] for end in ends]
        }
    if source.page is not None:
        item["page"] = str(source.page)
    item = {name: value for name, value in item.items() if value}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


EXPORTS = {
    export.suffix: export
    for export in (
        Export("ris", "RIS", "application/x-research-info-systems", ris),
        Export("bib", "BibTeX", "application/x-bibtex", bibtex),
        Export("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}


def names(creators: tuple[str, ...], comma: str) -> str:
    """The first three, as GB/T 7714 has it, and 等 for the others."""
    if len(creators) <= _MOST_NAMES:
        return comma.join(creators)
    return comma.join((*creators[:_MOST_NAMES], "等"))


def written_date(first: date | None, last: date | None) -> str:
    """``1953``, ``1953-11`` or ``1953-11-20``; a range has a slash between."""
    first, last = first or last, last or first
    if first is None or last is None:
        return ""
    if first == last:
        return first.isoformat()
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        years = (first.year, last.year)
        return "/".join(str(year) for year in dict.fromkeys(years))
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and first.day == 1 and _ends_month(last):
        return first.strftime("%Y-%m")
    return f"{first.isoformat()}/{last.isoformat()}"


def _ends_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def one_line(value: str) -> str:
    """Without line ends: they would end a field of RIS."""
    return " ".join(value.split())


def braced(value: str) -> str:
    """``value`` fit to stand between braces: BibTeX counts them."""
    return one_line(value).replace("\\", "/").replace("{", "(").replace("}", ")")
