"""What stands on the sheets that are no tables: cover, note at the end, fonds guide."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Value
from django.db.models.functions import StrIndex, Substr

from archive.models import Record
from archive.openness import Audience
from archive.readers import Reader
from archive.seen import RecordView, count_pages, see, visible
from archive.vocabulary import DescriptionStatus, Level, Material

from .counting import pages_of_files
from .rows import file_number, retention, said, standard_date

_CHUNK = 500
_MAX_SERIES = 500
STAFF = Reader(Audience.STAFF)
# 图样材料 by their 文种: the vocabulary of materials has no kind for them.
_DRAWINGS = ("图样", "图纸", "平面图", "施工图", "设计图", "地图")
KINDS = ("文字材料", "图样材料", "照片", "其他材料")


@dataclass(frozen=True, slots=True)
class Kind:
    """How many items of one kind a file holds, and their pages."""

    name: str
    items: int
    pages: int


@dataclass(frozen=True, slots=True)
class FileNote:
    """卷内备考表 (GB/T 9705-2008): the counts; the rest is written by hand.

    ``pages`` counts a page that two items share once, ``kinds`` with each of them.
    """

    code: str
    title: str
    items: int
    pages: int
    kinds: tuple[Kind, ...]
    note: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """案卷封面 (GB/T 9705-2008), and what stands on the spine."""

    fonds: str
    series: str
    code: str
    fonds_code: str
    series_code: str
    number: str
    title: str
    dates: str
    retention: str
    items: int
    pages: int
    draft: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """A series of a fonds with the number of its files and items."""

    code: str
    title: str
    dates: str
    files: int
    items: int


@dataclass(frozen=True, slots=True)
class FondsGuide:
    """全宗介绍; ``left_out`` series are more than the sheet names."""

    code: str
    title: str
    dates: str
    creators: str
    files: int
    items: int
    extent: str
    history: str
    custody: str
    content: str
    arrangement: str
    note: str
    related: str
    series: tuple[Holdings, ...]
    left_out: int
    draft: bool


def file_note(record: Record) -> FileNote:
    """Of a file, for people of the house."""
    items = Record.objects.filter(parent=record, level=Level.ITEM).order_by("pk")
    of_kind = {name: [0, 0] for name in KINDS}
    rows = list(items.values_list("pk", "material", "genre"))
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        pages = count_pages([pk for pk, _material, _genre in chunk], STAFF)
        for pk, material, genre in chunk:
            counted = of_kind[_kind(material, genre)]
            counted[0] += 1
            counted[1] += pages.get(pk, 0)
    return FileNote(
        code=record.reference_code,
        title=record.title,
        items=len(rows),
        pages=pages_of_files([record.pk], STAFF).get(record.pk, 0),
        kinds=tuple(Kind(name, *counted) for name, counted in of_kind.items()),
        note=record.note,
        draft=_is_draft(record),
    )


def cover(record: Record) -> Cover:
    """Of a file, for people of the house."""
    view = see([record.pk], STAFF, pages=False)[record.pk]
    found = see(record.ancestor_ids, STAFF, pages=False)
    above = [found[pk] for pk in record.ancestor_ids if pk in found]
    fonds, series = above[:1], above[1:]
    items = Record.objects.filter(parent=record, level=Level.ITEM)
    return Cover(
        fonds=_titles(fonds),
        series=_titles(series),
        code=record.reference_code,
        fonds_code="".join(one.reference_code for one in fonds),
        series_code=_below(series[-1:], fonds),
        number=file_number(record.reference_code, record.code_components),
        title=record.title,
        dates=standard_date(view),
        retention=retention(said(view, above).get("retention_code", "")),
        items=items.count(),
        pages=pages_of_files([record.pk], STAFF).get(record.pk, 0),
        draft=_is_draft(record),
    )


def fonds_guide(record: Record, reader: Reader) -> FondsGuide | None:
    """Of a fonds, as ``reader`` may see it and what lies below; None: not at all."""
    view = see([record.pk], reader, pages=False).get(record.pk)
    if view is None:
        return None
    values = said(view, ())
    counts = _counts(record, reader)
    children = Record.objects.filter(parent=record, level=Level.SERIES)
    ordered = visible(reader, children).order_by("position", "pk")
    ids = list(ordered.values_list("pk", flat=True))
    series = see(ids[:_MAX_SERIES], reader, pages=False)
    return FondsGuide(
        code=view.reference_code,
        title=view.title,
        dates=standard_date(view),
        creators=values.get("creators", ""),
        files=sum(n for (_step, level), n in counts.items() if level == Level.FILE),
        items=sum(n for (_step, level), n in counts.items() if level == Level.ITEM),
        extent=values.get("extent_medium", ""),
        history=values.get("admin_bio_history", ""),
        custody=values.get("custodial_history", ""),
        content=values.get("scope_content", ""),
        arrangement=values.get("arrangement", ""),
        note=values.get("note", ""),
        related=values.get("related_units", ""),
        series=tuple(
            _holdings(series[pk], counts) for pk in ids[:_MAX_SERIES] if pk in series
        ),
        left_out=max(0, len(ids) - _MAX_SERIES),
        draft=reader.audience is Audience.STAFF and _is_draft(record),
    )


def _counts(record: Record, reader: Reader) -> dict[tuple[str, str], int]:
    """By the child (its id as text) and the level, what lies below; one query."""
    below = Record.objects.filter(
        path__startswith=record.path, level__in=(Level.FILE, Level.ITEM)
    )
    rest = Substr(F("path"), len(record.path) + 1)
    step = Substr(rest, 1, StrIndex(rest, Value("/")) - 1)
    rows = visible(reader, below).order_by().annotate(step=step)
    counted = rows.values_list("step", "level").annotate(n=Count("pk"))
    return {(step, level): n for step, level, n in counted}


def _holdings(view: RecordView, counts: dict[tuple[str, str], int]) -> Holdings:
    step = str(view.record_id)
    return Holdings(
        view.reference_code,
        view.title,
        standard_date(view),
        counts.get((step, Level.FILE.value), 0),
        counts.get((step, Level.ITEM.value), 0),
    )


def _kind(material: str, genre: str) -> str:
    if material == Material.PHOTOGRAPH:
        return "照片"
    if any(word in genre for word in _DRAWINGS):
        return "图样材料"
    return "文字材料" if material in ("", Material.DOCUMENT) else "其他材料"


def _titles(views: Iterable[RecordView]) -> str:
    return "　".join(view.title for view in views)


def _below(series: list[RecordView], fonds: list[RecordView]) -> str:
    """The series' code without that of the fonds: ``C038-001`` → ``001``."""
    if not series:
        return ""
    stem = f"{fonds[0].reference_code}-" if fonds else ""
    return series[0].reference_code.removeprefix(stem)


def _is_draft(record: Record) -> bool:
    return record.description_status != DescriptionStatus.PUBLISHED
