"""Descriptions out of the archive, as tables that an import reads back exactly.

Only for people of the house: the tables hold records that are not open.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import override

from archive import materials
from archive.description import derived_dates
from archive.elements import FIELDS
from archive.finding_aids import FILING_LIST as FORM
from archive.finding_aids import STAFF, lines
from archive.links import LINKS, cells
from archive.models import FormerReferenceCode, Record
from archive.reading_order import in_order
from archive.tables.cells import EMPTIES
from archive.tables.writing import FORMATS, write_csv, write_xlsx

__all__ = ["CATALOGUE", "FILING_LIST", "FORMATS", "Exported", "export"]

CATALOGUE = "catalogue"
FILING_LIST = "filing_list"
_CHUNK = 500
# The elements in the order of the standard, the parent after the code.
_AT = FIELDS.index("reference_code") + 1
_ELEMENTS = (*FIELDS[:_AT], "parent", *FIELDS[_AT:], "is_demonstration")
# Told, and never imported: decided by two people, or kept by the archive.
_TOLD = (
    "publication_right",
    "personal_information",
    "copyright_status",
    "catalogue_approved",
    "former_codes",
)

Advance = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Exported:
    """``roots`` counts the exported records of each tree by the id of its root."""

    count: int
    roots: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to the records of a chunk, by their ids."""

    parents: dict[int, str]
    links: dict[str, dict[int, str]]
    former: dict[int, list[str]]


def export(
    records: QuerySet[Record],
    path: Path,
    file_format: str,
    layout: str = CATALOGUE,
    advance: Advance = lambda rows: None,
) -> Exported:
    """Write ``records`` to ``path`` as ``csv`` or ``xlsx``.

    Parents come before their children, siblings in their order. Raises
    ``TooBigForXlsx``. Ids alone are held in memory. The caller logs what was
    exported.
    """
    ordered = in_order(records)
    ids = ordered.ids
    write = write_csv if file_format == "csv" else write_xlsx
    if layout == FILING_LIST:
        count = write(path, FORM.heads, _filing_lines(ids, advance))
    else:
        count = write(path, heads(), catalogue_lines(ids, advance))
    return Exported(count, ordered.roots)


def heads() -> list[str]:
    """The heads of the catalogue, in the language of the standard."""
    with override("zh-hans"):
        # 日期 alone is read as the original: date_display goes by its own name.
        special = {
            "parent": "上级档号",
            "former_codes": "曾用档号",
            "date_display": "date_display",
        }
        elements = [special.get(name) or _label(name) for name in _ELEMENTS]
        links = [str(link.label) for link in LINKS.values()]
        particulars = list(_particulars())
        told = [special.get(name) or _label(name) for name in _TOLD]
    return [*elements, *particulars, *links, *told]


def catalogue_lines(
    ids: Sequence[int], advance: Advance = lambda rows: None
) -> Iterator[list[str]]:
    """All elements of each record, in the order of ``ids``."""
    for chunk in _chunks(ids):
        found = Record.objects.in_bulk(chunk)
        around = _around(found)
        for pk in chunk:
            # A record may be deleted while the others are written.
            if pk in found:
                yield _line(found[pk], around)
        advance(len(chunk))


def _filing_lines(ids: Sequence[int], advance: Advance) -> Iterator[Sequence[str]]:
    for number, row in enumerate(lines(FORM, ids, STAFF), start=1):
        yield row.cells
        if number % _CHUNK == 0:
            advance(_CHUNK)
    advance(len(ids) % _CHUNK)


def _around(records: Mapping[int, Record]) -> _Around:
    ids = list(records)
    above = {record.parent_id for record in records.values() if record.parent_id}
    rows = FormerReferenceCode.objects.filter(record__in=ids).order_by("pk")
    former: defaultdict[int, list[str]] = defaultdict(list)
    for record_id, code in rows.values_list("record_id", "code"):
        former[record_id or 0].append(code)
    named = Record.objects.filter(pk__in=above)
    return _Around(
        dict(named.values_list("pk", "reference_code")),
        {name: _linked(name, ids) for name in LINKS},
        former,
    )


def _linked(name: str, ids: Sequence[int]) -> dict[int, str]:
    """The links of each record as cells, in the language of the standard."""
    found = LINKS[name].read(ids)
    with override("zh-hans"):
        return dict(zip(found, cells(name, list(found.values())), strict=True))


def _line(record: Record, around: _Around) -> list[str]:
    emptied = _emptied_dates(record)
    line = [
        around.parents.get(record.parent_id or 0, "")
        if name == "parent"
        else (EMPTIES if name in emptied else _chosen(record, name))
        for name in _ELEMENTS
    ]
    line += [record.particulars.get(name, "") for name in _particulars().values()]
    line += [around.links[name].get(record.pk, "") for name in LINKS]
    line += [_chosen(record, name) for name in _TOLD[:-1]]
    line.append("；".join(around.former.get(record.pk, ())))
    return line


def _emptied_dates(record: Record) -> set[str]:
    """Blank fields that an import would fill from what the others say."""
    dates = {"date_original": record.date_original, "date_edtf": record.date_edtf}
    said = {name: text for name, text in dates.items() if text}
    derived = derived_dates(said)
    emptied = set()
    if derived.get("date_edtf") and not record.date_edtf:
        emptied.add("date_edtf")
        derived = derived_dates({**said, "date_edtf": ""})
    names = ("date_display", "calendar", "date_certainty")
    return emptied | {
        name for name in names if derived.get(name) and not getattr(record, name)
    }


def _chosen(record: Record, name: str) -> str:
    """The value as a cell; one of a vocabulary by its word in the standard."""
    value = getattr(record, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return _words().get(name, {}).get(value, str(value))


@cache
def _particulars() -> dict[str, str]:
    """Head → name of a particular, whatever its material."""
    prefix = "particulars."
    return {
        head: path.removeprefix(prefix)
        for head, path in materials.columns().items()
        if path.startswith(prefix)
    }


@cache
def _words() -> dict[str, dict[str, str]]:
    """The words of each vocabulary, by field and value."""
    with override("zh-hans"):
        return {
            field.name: {value: str(word) for value, word in field.flatchoices}
            for field in Record._meta.concrete_fields
            if field.flatchoices
        }


def _label(name: str) -> str:
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
