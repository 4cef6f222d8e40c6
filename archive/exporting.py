"""Descriptions out of the archive, as tables that an import reads back exactly.

Only for people of the house: the tables hold records that are not open.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import override

from archive import materials
from archive.dates import to_standard
from archive.elements import FIELDS
from archive.links import LINKS
from archive.models import Folio, FormerReferenceCode, Record
from archive.tables.writing import FORMATS, write_csv, write_xlsx
from archive.vocabulary import Certainty

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
# 归档文件目录 (standards, section 2).
_FILING_HEADS = (
    "序号",
    "档号",
    "文号",
    "责任者",
    "题名",
    "日期",
    "密级",
    "页数",
    "备注",
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
    links: dict[str, dict[int, list[Any]]]
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
    ids, roots = _ordered(records)
    write = write_csv if file_format == "csv" else write_xlsx
    if layout == FILING_LIST:
        lines = _filing_lines(ids, advance)
        count = write(path, _FILING_HEADS, lines)
    else:
        count = write(path, heads(), catalogue_lines(ids, advance))
    return Exported(count, roots)


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


def _filing_lines(ids: Sequence[int], advance: Advance) -> Iterator[list[str]]:
    number = 0
    for chunk in _chunks(ids):
        found = Record.objects.in_bulk(chunk)
        counted = Folio.objects.filter(record__in=chunk).values_list("record")
        pages = dict(counted.annotate(pages=Count("pk")).order_by())
        for record in (found[pk] for pk in chunk if pk in found):
            number += 1
            yield [
                str(number),
                record.reference_code,
                record.document_number,
                record.creators,
                record.title,
                _filed_date(record),
                _chosen(record, "secrecy"),
                str(pages.get(record.pk, "")),
                record.note,
            ]
        advance(len(chunk))


def _filed_date(record: Record) -> str:
    """As DA/T 18 writes it, or in words where it has no form for it."""
    inferred = record.date_certainty == Certainty.INFERRED
    standard = to_standard(record.date_edtf, inferred=inferred)
    return standard or record.date_display or record.date_original


def _ordered(records: QuerySet[Record]) -> tuple[Sequence[int], dict[int, int]]:
    """Ids from the top down, siblings in their order; how many of each tree."""
    children: defaultdict[int, array[int]] = defaultdict(lambda: array("q"))
    roots: defaultdict[int, int] = defaultdict(int)
    chosen = records.order_by("position", "pk").values_list("pk", "parent_id", "path")
    everything = set()
    parents: dict[int, int] = {}
    for pk, parent, path in chosen.distinct().iterator(chunk_size=5000):
        everything.add(pk)
        parents[pk] = parent or 0
        roots[int(path.partition("/")[0])] += 1
    for pk, parent in parents.items():
        children[parent if parent in everything else 0].append(pk)
    ordered = array("q")
    waiting = list(reversed(children[0]))
    while waiting:
        pk = waiting.pop()
        ordered.append(pk)
        if pk in children:
            waiting.extend(reversed(children[pk]))
    return ordered, dict(roots)


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
        {name: link.read(ids) for name, link in LINKS.items()},
        former,
    )


def _line(record: Record, around: _Around) -> list[str]:
    cells = [
        around.parents.get(record.parent_id or 0, "")
        if name == "parent"
        else _chosen(record, name)
        for name in _ELEMENTS
    ]
    cells += [record.particulars.get(name, "") for name in _particulars().values()]
    cells += [
        link.to_cell(around.links[name].get(record.pk, []))
        for name, link in LINKS.items()
    ]
    cells += [_chosen(record, name) for name in _TOLD[:-1]]
    cells.append("；".join(around.former.get(record.pk, ())))
    return cells


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
