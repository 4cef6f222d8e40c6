"""师资库 and 现场教学点 as the public sees them, by subject."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from wagtail.models import Page

from archive.models import Subject
from cms.blocks.sources import prefetch_renditions
from cms.languages import translated
from cms.languages.prefixes import ENGLISH


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A concept: ``label`` is its own, ``shown`` is in the reader's language."""

    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Entry:
    """``page`` may be read by everyone, or is None."""

    item: Any
    subjects: tuple[Named, ...]
    page: Any = None


@dataclass(frozen=True, slots=True)
class Listed:
    """``subjects`` are all that may be chosen; ``chosen`` is one of them or ""."""

    entries: tuple[Entry, ...]
    subjects: tuple[Named, ...]
    chosen: str


def teachers(subject: str = "") -> Listed:
    """Those who are shown, with their consent; a constant number of queries."""
    from cms.models import Teacher

    found = Teacher.objects.filter(is_shown=True, has_consent=True)
    people = list(found.select_related("photo"))
    prefetch_renditions([one.photo for one in people if one.photo])
    return _listed(Teacher, people, subject, {})


def points(subject: str = "") -> Listed:
    """Those that are shown; a constant number of queries."""
    from cms.models import TeachingPoint

    found = list(TeachingPoint.objects.filter(is_shown=True))
    return _listed(TeachingPoint, found, subject, _pages(found))


def _listed(
    model: Any, items: list[Any], subject: str, pages: dict[int, Any]
) -> Listed:
    through = model.subjects.through
    owner = model._meta.model_name
    rows = through.objects.filter(**{f"{owner}__in": [one.pk for one in items]})
    labels = _labels()
    by_item: dict[int, list[Named]] = {}
    for pk, concept in rows.values_list(f"{owner}_id", "subject_id"):
        if concept in labels:
            by_item.setdefault(pk, []).append(labels[concept])
    every = tuple(sorted({one for found in by_item.values() for one in found}))
    chosen = subject if any(one.label == subject for one in every) else ""
    entries = tuple(
        Entry(
            one,
            tuple(sorted(by_item.get(one.pk, ()))),
            pages.get(getattr(one, "page_id", None) or 0),
        )
        for one in items
        if not chosen or any(chosen == has.label for has in by_item.get(one.pk, ()))
    )
    return Listed(entries, every, chosen)


def _labels() -> dict[int, Named]:
    """The concepts in use. What an editor can choose, everybody may know of."""
    english = get_language() == ENGLISH
    used = Subject.objects.filter(status=Subject.Status.APPROVED)
    return {
        pk: Named(label, (english and label_en) or label)
        for pk, label, label_en in used.values_list("pk", "label", "label_en")
    }


def _pages(found: list[Any]) -> dict[int, Any]:
    ids = {one.page_id for one in found if one.page_id}
    if not ids:
        return {}
    pages = list(Page.objects.filter(pk__in=ids).live().public())
    return dict(zip([one.pk for one in pages], translated.readable(pages), strict=True))
