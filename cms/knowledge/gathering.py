"""What there is on a subject: records and pages of every kind, counted and listed.

Only what everyone may see: records by the search index as a stranger asks it (a
closed record counts nowhere), pages that are published and not private. A page's own
kind, and what hangs below the concept, comes in by itself: a page model that has
subjects (``cms.models.subjects``) and a ``search_kind``, or a ``Source`` that
``register`` is told of.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from django.apps import apps
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from archive.models import Subject
from archive.models.subjects import PATH_STEP
from cms.knowledge.open_records import NEWEST, Records, count_records
from cms.languages import translated
from cms.models.base import SitePage
from cms.models.subjects import HasSubjects
from cms.page_search.kinds import label_of

# A question about few concepts is narrowed by the database, one about many here.
_FEW: Final = 20

ORDER: Final = ("case", "course", "exhibition", "output", "term", "chronicle", "news")
"""Kinds in the order in which readers meet them; others come after them."""

TALLIED: Final[Mapping[str, Promise | str]] = {
    "case": _("案例"),
    "course": _("课程"),
    "exhibition": _("展览"),
    "output": _("成果"),
}
"""The kinds that are counted beside an article, also while there are none."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Item:
    """Something to read: ``note`` tells it from others (a kind, a year)."""

    title: str
    url: str
    note: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Bearing:
    """An item of some source bears a concept: the concept's path, and when it came."""

    item: int
    path: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Material:
    """What there is of one kind; ``newest`` are at most ``NEWEST``."""

    kind: str
    label: str
    count: int
    newest: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that there is on one concept and on what is narrower."""

    records: Records
    materials: tuple[Material, ...] = ()

    @property
    def by_kind(self) -> dict[str, Material]:
        return {one.kind: one for one in self.materials}

    @property
    def is_empty(self) -> bool:
        return self.records.count == 0 and not any(one.count for one in self.materials)


class Source(Protocol):
    """A kind of material; each call costs a constant number of queries."""

    @property
    def kind(self) -> str: ...

    @property
    def label(self) -> str: ...

    def bearings(self, paths: Sequence[str]) -> Iterable[Bearing]:
        """Who bears a concept at or below one of ``paths``; () asks for all."""
        ...

    def items(self, ids: Sequence[int]) -> Mapping[int, Item]:
        """How these are shown, in the reader's language."""
        ...


@dataclass(frozen=True, slots=True)
class PageSource:
    """The pages of one model."""

    model: Any

    @property
    def kind(self) -> str:
        return str(self.model.search_kind)

    @property
    def label(self) -> str:
        return label_of(self.model)

    def bearings(self, paths: Sequence[str]) -> Iterable[Bearing]:
        """See ``Source``."""
        pages = translated.originals(self.model).filter(subjects__isnull=False)
        rows = pages.filter(at_or_below("subjects__path", paths)).order_by()
        for row in rows.values_list("pk", "subjects__path", "first_published_at"):
            yield Bearing(*row)

    def items(self, ids: Sequence[int]) -> Mapping[int, Item]:
        """See ``Source``."""
        pages = list(self.model.objects.filter(pk__in=list(ids)))
        shown = translated.readable(pages)
        return {page.pk: item_of(one) for page, one in zip(pages, shown, strict=True)}


_registered: list[Callable[[], Source]] = []


def register(source: Callable[[], Source]) -> None:
    """Gather from another source than pages; called once, when the site starts."""
    _registered.append(source)


def sources() -> list[Source]:
    """All kinds, in the order of ``ORDER``."""
    found: list[Source] = [
        PageSource(model)
        for model in apps.get_models()
        if issubclass(model, HasSubjects)
        and issubclass(model, SitePage)
        and model.search_kind
    ]
    found += [make() for make in _registered]
    places = {kind: place for place, kind in enumerate(ORDER)}
    return sorted(found, key=lambda one: places.get(one.kind, len(places)))


def item_of(page: Page) -> Item:
    """A page may tell itself from others by a property ``gathered_note``."""
    return Item(
        title=page.title,
        url=page.get_url() or "",
        note=str(getattr(page, "gathered_note", "")),
        is_demonstration=bool(getattr(page, "is_demonstration", False)),
    )


def at_or_below(column: str, paths: Sequence[str]) -> Q:
    """A condition on the path of a concept; no ``paths``: none."""
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{column}__startswith": path})
    return condition


def gather(
    subjects: Mapping[Key, Subject], *, newest: int = NEWEST
) -> dict[Key, Gathered]:
    """For each key what there is on its concept and on all that is narrower.

    A constant number of queries, however many concepts, pages and records there are.
    The records are counted, not listed (``records_on``).
    """
    counts = count_records(one.label for one in subjects.values())
    found: dict[Key, list[Material]] = {key: [] for key in subjects}
    for source in sources():
        for key, material in _materials(source, subjects, newest).items():
            found[key].append(material)
    return {
        key: Gathered(
            Records(counts.get(subject.label, 0) if counts is not None else None),
            tuple(found[key]),
        )
        for key, subject in subjects.items()
    }


def _materials(
    source: Source, subjects: Mapping[Key, Subject], newest: int
) -> dict[Key, Material]:
    borne = _borne(source, subjects)
    chosen = {key: ids[:newest] for key, ids in borne.items()}
    wanted = list(dict.fromkeys(one for ids in chosen.values() for one in ids))
    items = source.items(wanted) if wanted else {}
    return {
        key: Material(
            source.kind,
            source.label,
            len(borne[key]),
            tuple(items[one] for one in chosen[key] if one in items),
        )
        for key in subjects
    }


def _borne(source: Source, subjects: Mapping[Key, Subject]) -> dict[Key, list[int]]:
    """By key the ids of who bears its concept or a narrower one, newest first."""
    paths = {subject.path for subject in subjects.values()}
    met: dict[str, dict[int, datetime | None]] = {path: {} for path in paths}
    for one in source.bearings(sorted(paths) if len(paths) <= _FEW else ()):
        for end in range(PATH_STEP, len(one.path) + 1, PATH_STEP):
            if (at := met.get(one.path[:end])) is not None:
                at[one.item] = one.since
    ordered = {path: _newest_first(found) for path, found in met.items()}
    return {key: ordered[subject.path] for key, subject in subjects.items()}


def _newest_first(found: Mapping[int, datetime | None]) -> list[int]:
    def age(item: int) -> tuple[float, int]:
        since = found[item]
        return (since.timestamp() if since else 0.0, item)

    return sorted(found, key=age, reverse=True)
