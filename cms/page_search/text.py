"""What a page says, as search reads it.

Read are the ``SearchField``s of its model, as Wagtail does: of a stream every text in
it, but nothing of what is chosen in it. So of a record that a page shows nothing is
kept, and nothing of it stays when it is closed; nor what is said of it only where it
is shown (captions, places to look at, explanations of quoted words). A block that must
not be found (an instruction, a choice of layout) is made with ``search_index=False``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.search import index

from cms.models.base import SitePage

# The title is a field of its own.
_APART = ("title",)


@dataclass(frozen=True, slots=True)
class Said:
    """``parts`` in the order they are read in, none of them blank."""

    parts: tuple[str, ...]
    summary: str
    day: date | None
    is_demonstration: bool


def read(page: SitePage) -> Said:
    """All of it; costs the queries that streams and relations cost."""
    parts = (part.strip() for part in _parts(page))
    return Said(
        parts=tuple(dict.fromkeys(filter(None, parts))),
        summary=page.summary,
        day=_day(page),
        is_demonstration=page.is_demonstration,
    )


def _day(page: SitePage) -> date | None:
    """Its own day, where its kind has one, else that of its first publication."""
    if page.search_day is not None:
        return page.search_day
    first = page.first_published_at
    return timezone.localdate(first) if first else None


def _parts(page: SitePage) -> Iterator[str]:
    for field in page.get_search_fields():
        if getattr(field, "field_name", "") not in _APART:
            yield from _of_field(field, page)


def _of_field(field: Any, holder: Any) -> Iterator[str]:
    if isinstance(field, index.RelatedFields):
        for related in _listed(field.get_value(holder)):
            for inner in field.fields:
                yield from _of_field(inner, related)
    elif isinstance(field, index.SearchField):
        yield from _texts(field.get_value(holder))


def _listed(related: Any) -> Iterable[Any]:
    if related is None:
        return ()
    return related.all() if hasattr(related, "all") else (related,)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
