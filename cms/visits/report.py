"""How often pages were read, by day, month, page, section and language."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.models import VisitCount

DAYS = 30
MONTHS = 12
TOP = 30
HEIGHT = 120
"""Of the highest bar, in the units of its drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A day or a month: ``top`` and ``height`` are for drawing, ``HEIGHT`` in all."""

    name: str
    count: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A page, a section or a language, and how often it was read."""

    name: str
    count: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``first`` to ``last`` are the days reported on, both included."""

    first: date
    last: date
    total: int
    bars: tuple[Bar, ...]
    pages: tuple[Line, ...]
    page_count: int
    sections: tuple[Line, ...]
    languages: tuple[Line, ...]


def report(by_month: bool = False) -> Report:
    """The last ``MONTHS`` months or ``DAYS`` days, today included; few queries."""
    last = timezone.localdate()
    first = _months_back(last) if by_month else last - timedelta(days=DAYS - 1)
    visits = VisitCount.objects.filter(day__range=(first, last))
    totals = visits.aggregate(total=Sum("count"), pages=Count("path", distinct=True))
    by_path = visits.values_list("path").annotate(n=Sum("count")).order_by("-n", "path")
    return Report(
        first=first,
        last=last,
        total=totals["total"] or 0,
        bars=_by_month(visits, first, last) if by_month else _by_day(visits, first),
        pages=tuple(Line(path, count, path) for path, count in by_path[:TOP]),
        page_count=totals["pages"],
        sections=_sections(by_path.iterator(chunk_size=2000)),
        languages=_languages(visits),
    )


def rows(by_month: bool = False) -> Iterator[tuple[str, str, str, int]]:
    """Every count of the time reported on, as day, path, language and number."""
    last = timezone.localdate()
    first = _months_back(last) if by_month else last - timedelta(days=DAYS - 1)
    found = VisitCount.objects.filter(day__range=(first, last))
    for row in found.order_by("day", "path", "language").iterator(chunk_size=2000):
        yield row.day.isoformat(), row.path, row.language, row.count


def _months_back(last: date) -> date:
    month = last.year * 12 + last.month - 1 - (MONTHS - 1)
    return date(month // 12, month % 12 + 1, 1)


def _by_day(visits: QuerySet[VisitCount], first: date) -> tuple[Bar, ...]:
    counts = dict(visits.order_by().values_list("day").annotate(Sum("count")))
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return _bars([(day.isoformat(), counts.get(day, 0)) for day in days])


def _by_month(visits: QuerySet[VisitCount], first: date, last: date) -> tuple[Bar, ...]:
    months = visits.order_by().annotate(month=TruncMonth("day")).values_list("month")
    counts = dict(months.annotate(Sum("count")))
    begun = [
        date(
            (first.year * 12 + first.month - 1 + n) // 12,
            (first.month - 1 + n) % 12 + 1,
            1,
        )
        for n in range(MONTHS)
    ]
    return _bars([(f"{month:%Y-%m}", counts.get(month, 0)) for month in begun])


def _bars(counts: list[tuple[str, int]]) -> tuple[Bar, ...]:
    highest = max((count for _name, count in counts), default=0) or 1
    heights = [(name, n, -(-n * HEIGHT // highest)) for name, n in counts]
    return tuple(Bar(name, n, HEIGHT - height, height) for name, n, height in heights)


def _sections(by_path: Iterable[tuple[str, int]]) -> tuple[Line, ...]:
    counts: Counter[str] = Counter()
    for path, count in by_path:
        counts[path.split("/", 2)[1]] += count
    names = {"": _("首页"), "catalogue": _("馆藏"), "search": _("检索")}
    names["takedown"] = _("纠错与下架申请")
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None:
        below = site.root_page.get_children().values_list("slug", "title")
        names |= dict(below)
    return tuple(
        Line(names.get(slug, slug), count, f"/{slug}/" if slug else "/")
        for slug, count in counts.most_common(TOP)
    )


def _languages(visits: QuerySet[VisitCount]) -> tuple[Line, ...]:
    found = visits.order_by().values_list("language").annotate(n=Sum("count"))
    names = {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}
    return tuple(
        Line(names.get(language.lower(), language or "—"), count)
        for language, count in sorted(found, key=lambda row: -row[1])
    )
