"""Dividing a volume that was scanned as a whole into its items.

``archive.volumes`` says whose pages are whose; here they are given out. Nothing that
is done here opens a page: ``PagesWouldOpen`` where it would.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Max, QuerySet

from archive import records, tree, workflow
from archive.codes.proposals import propose
from archive.errors import PageNotThere, RangesRefused
from archive.models import Record, Review
from archive.vocabulary import DescriptionStatus, Level

Range = tuple[int | None, int | None]
"""First and last page; both None: no pages."""

_NAMES = ("first_page", "last_page")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the volume and its pages; with ``waiting`` a change of them waits
    for review, and the pages are as they will be.
    """

    record_id: int
    code: str
    title: str
    first: int | None
    last: int | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A new item, and the one before it that now ends earlier.

    ``waits``: that one's description is published, so its new end waits for review.
    """

    item: Record
    cut: Record | None
    waits: bool


def items_of(volume: Record, limit: int) -> list[Item]:
    """By page, those without pages last; two queries."""
    rows = list(_items(volume).order_by(F("first_page").asc(nulls_last=True), "pk"))
    shown = rows[:limit]
    reviews = Review.objects.filter(record__in=[one.pk for one in shown])
    waiting = dict(reviews.values_list("record_id", "values"))
    return [_item(one, waiting.get(one.pk, {})) for one in shown]


def set_ranges(
    volume: Record, ranges: Mapping[int, Range], by: AbstractBaseUser
) -> int:
    """Give items (by id) their pages; returns how many were changed.

    All or none. Those of published items wait for review. Raises ``RangesRefused``,
    which names each item that is wrong, and ``PagesWouldOpen``.
    """
    with transaction.atomic():
        held = _items(volume).in_bulk(list(ranges))
        last = _last_page(volume)
        problems = {
            pk: problem
            for pk, wanted in ranges.items()
            if (problem := _problem(held.get(pk), wanted, last))
        }
        if problems:
            raise RangesRefused(problems)
        edits = [
            (held[pk], dict(zip(_NAMES, wanted, strict=True)))
            for pk, wanted in ranges.items()
        ]
        return workflow.edit_many(edits, by)


def begin_item(
    volume: Record,
    page: int,
    title: str,
    by: AbstractBaseUser,
    *,
    code: str = "",
    cut: bool = True,
) -> Begun:
    """A new item from ``page`` to where the next one begins, in its place.

    An item that held ``page`` ends before it, unless not ``cut``: then both hold it.
    Without a ``code`` the next free one. Raises ``PageNotThere`` and what
    ``records.create`` raises.
    """
    with transaction.atomic():
        if not volume.folios.filter(sequence=page).exists():
            raise PageNotThere(page)
        items = _items(volume)
        before = items.filter(first_page__lt=page, last_page__gte=page)
        holder = before.order_by("first_page", "pk").last()
        following = items.filter(first_page__gt=page).order_by("first_page", "pk")
        after = following.first()
        end = _end(page, holder, after, _last_page(volume))
        # First the new one, then the cut: no page is held by nobody in between.
        item = records.create(
            volume,
            by=by,
            level=Level.ITEM.value,
            reference_code=code or propose(volume, Level.ITEM),
            title=title,
            first_page=page,
            last_page=end,
        )
        if after is not None:
            tree.insert_before(item, after, by)
        if holder is None or not cut:
            return Begun(item, None, waits=False)
        workflow.edit(holder, {"last_page": page - 1}, by)
        waits = holder.description_status == DescriptionStatus.PUBLISHED
        return Begun(item, holder, waits)


def _end(page: int, holder: Record | None, after: Record | None, last: int) -> int:
    ends = [last]
    if holder is not None and holder.last_page:
        ends = [holder.last_page]
    if after is not None and after.first_page:
        ends.append(after.first_page - 1)
    return max(page, min(ends))


def _items(volume: Record) -> QuerySet[Record]:
    return Record.objects.filter(parent=volume, level=Level.ITEM)


def _last_page(volume: Record) -> int:
    return volume.folios.aggregate(last=Max("sequence"))["last"] or 0


def _problem(item: Record | None, wanted: Range, last: int) -> str:
    if item is None:
        return RangesRefused.NOT_HERE
    first, end = wanted
    if first is None and end is None:
        return ""
    if first is None or end is None or first < 1 or first > end:
        return RangesRefused.NO_RANGE
    return RangesRefused.OUTSIDE if end > last else ""


def _item(record: Record, waiting: Mapping[str, object]) -> Item:
    pages = {name: getattr(record, name) for name in _NAMES}
    changed = {name: waiting[name] for name in _NAMES if name in waiting}
    pages |= changed
    return Item(
        record.pk,
        record.reference_code,
        record.title,
        pages["first_page"],
        pages["last_page"],
        bool(changed),
    )
