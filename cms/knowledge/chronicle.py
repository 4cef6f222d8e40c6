"""The chronicle as readers see it, and what happened in a week of the year.

A fact without a source is not shown, whatever is in the database; a record that is
evidence is shown only as the public sees it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from django.apps import apps
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.models import Locale

from archive.models import Record, Subject
from archive.openness import Access
from archive.readers import ANONYMOUS
from archive.seen import RecordView, see, visible
from cms.knowledge.gathering import Bearing, Item, at_or_below

_PLAIN: Final = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)

MOST_DAYS: Final = 7
"""A fact has its day in a week only if its date is known this closely."""


@dataclass(frozen=True, slots=True)
class Told:
    """A source; ``says`` which date it gives, ``record`` the evidence in the hall."""

    text: str
    says: str
    url: str
    record: RecordView | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """A fact and its sources, at least one."""

    pk: int
    edtf: str
    display: str
    title: str
    text: str
    is_disputed: bool
    year: int
    first: date | None
    last: date | None
    sources: tuple[Told, ...]
    subjects: tuple[Subject, ...]

    @property
    def anchor(self) -> str:
        return f"event-{self.pk}"

    @property
    def plain_date(self) -> str:
        """A year, month or day that HTML knows, "" for what is less sure."""
        return self.edtf if _PLAIN.fullmatch(self.edtf) else ""


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Decade:
    """``first`` is its first year."""

    first: int
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chronicle:
    """``years`` of the decade that was chosen, or of all."""

    decades: tuple[Decade, ...]
    years: tuple[Year, ...]
    total: int

    @property
    def is_narrowed(self) -> bool:
        return any(one.is_chosen for one in self.decades)


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A fact whose day falls in a week; made of what JSON can hold."""

    date: str
    display: str
    title: str
    text: str
    is_disputed: bool
    years_ago: int
    url: str
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def chronicle(page: Any, decade: str = "") -> Chronicle:
    """The facts of a chronicle page; a constant number of queries."""
    events = _shown(list(page.events.all()))
    counts: dict[int, int] = {}
    for one in events:
        first = one.year // 10 * 10
        counts[first] = counts.get(first, 0) + 1
    chosen = int(decade) if decade.isascii() and decade.isdecimal() else None
    chosen = chosen if chosen in counts else None
    decades = tuple(
        Decade(
            first, _("%(year)s 年代") % {"year": first}, counts[first], first == chosen
        )
        for first in sorted(counts)
    )
    kept = [one for one in events if chosen is None or one.year // 10 * 10 == chosen]
    years = tuple(
        Year(number, tuple(found))
        for number, found in groupby(kept, key=lambda one: one.year)
    )
    return Chronicle(decades, years, len(events))


def events_on(first: date, days: int = 7) -> list[Anniversary]:
    """What happened on the days of a year that these days are, the oldest first.

    Only facts of published chronicles whose date is known to ``MOST_DAYS`` days; of a
    disputed one it is enough that one reading falls in the week.
    """
    page_model: Any = apps.get_model("cms", "ChroniclePage")
    event_model: Any = apps.get_model("cms", "ChronicleEvent")
    pages = {page.pk: page for page in _published(page_model)}
    rows = event_model.objects.filter(
        page__in=pages, date_min__isnull=False, date_max__isnull=False
    )
    week = {first + timedelta(days=n) for n in range(days)}
    kept = [row for row in rows if _falls(row.date_min, row.date_max, week)]
    owners = {row.pk: row.page_id for row in kept}
    return [_anniversary(one, pages[owners[one.pk]], first) for one in _shown(kept)]


def _published(model: Any) -> Any:
    pages = model.objects.live().public()
    return pages.filter(locale_id=Locale.get_default().pk)


def _falls(start: date, end: date, week: Iterable[date]) -> bool:
    length = (end - start).days
    if length > MOST_DAYS:
        return False
    days = {start + timedelta(days=n) for n in range(length + 1)}
    marks = {(day.month, day.day) for day in days}
    return any((day.month, day.day) in marks and day.year > end.year for day in week)


def _anniversary(event: Event, page: Any, day: date) -> Anniversary:
    return Anniversary(
        date=event.edtf,
        display=event.display,
        title=event.title,
        text=event.text,
        is_disputed=event.is_disputed,
        years_ago=day.year - event.year,
        url=f"{page.get_url()}#{event.anchor}",
        sources=tuple(one.text for one in event.sources),
    )


def _shown(rows: Sequence[Any]) -> list[Event]:
    """In the order of their dates; three queries for any number."""
    _with_sources(rows)
    codes = [
        source.reference[0]
        for row in rows
        for source in row.sources.all()
        if source.record_code
    ]
    records = public_records(codes) if codes else {}
    told = [_event(row, records) for row in rows if row.sources.all() and row.date_min]
    return sorted(told, key=lambda one: (one.first or date.max, one.last or date.max))


def _with_sources(rows: Sequence[Any]) -> None:
    """Rows of the database bring their sources and subjects along."""
    saved = [row for row in rows if row.pk and not row._state.adding]
    if saved and len(saved) == len(rows):
        prefetch_related_objects(saved, "sources", "subjects")


def _event(row: Any, records: Mapping[str, RecordView]) -> Event:
    sources = []
    for one in row.sources.all():
        code, page = one.reference
        sources.append(Told(one.text, one.says, one.url, records.get(code), page))
    return Event(
        pk=row.pk or 0,
        edtf=row.edtf,
        display=row.display,
        title=row.title,
        text=row.text,
        is_disputed=row.is_disputed,
        year=row.date_min.year,
        first=row.date_min,
        last=row.date_max,
        sources=tuple(sources),
        subjects=tuple(row.subjects.all()),
    )


def public_records(codes: Iterable[str]) -> dict[str, RecordView]:
    """Those of these records that everyone may read in full; three queries."""
    asked = Record.objects.filter(reference_code__in=list(codes))
    open_ids = visible(ANONYMOUS, asked).filter(public_access=Access.FULL)
    seen = see(list(open_ids.values_list("pk", flat=True)), ANONYMOUS, pages=False)
    return {view.reference_code: view for view in seen.values()}


class ChronicleSource:
    """Facts on a concept, for ``cms.knowledge.gathering``."""

    kind = "chronicle"

    @property
    def label(self) -> str:
        return str(apps.get_model("cms", "ChroniclePage")._meta.verbose_name)

    def bearings(self, paths: Sequence[str]) -> Iterator[Bearing]:
        rows = _facts().filter(at_or_below("subjects__path", paths)).order_by()
        rows = rows.filter(subjects__isnull=False, sources__isnull=False).distinct()
        for pk, path in rows.values_list("pk", "subjects__path"):
            yield Bearing(pk, path, None)

    def items(self, ids: Sequence[int]) -> dict[int, Item]:
        rows = _facts().filter(pk__in=list(ids)).select_related("page")
        return {
            row.pk: Item(
                row.title,
                f"{row.page.get_url()}#event-{row.pk}",
                row.display,
                row.page.is_demonstration,
            )
            for row in rows
        }


def _facts() -> Any:
    event_model: Any = apps.get_model("cms", "ChronicleEvent")
    page_model: Any = apps.get_model("cms", "ChroniclePage")
    return event_model.objects.filter(
        page__in=_published(page_model), date_min__isnull=False
    )
