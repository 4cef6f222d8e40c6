"""A description on its way: draft, review, published, by different people.

A draft is edited in place. A published description stays as readers know it: changes
wait in its ``Review`` until another person publishes them. Openness asks that a
description is published (``archive.decisions``); published means complete.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive import completeness, records
from archive.description import described, label, with_dates
from archive.errors import (
    IncompleteDescription,
    NothingToReview,
    NothingToSubmit,
    OwnDescription,
    ReasonMissing,
    SubmittedAnew,
    ValueTooLong,
)
from archive.history import Noted, note
from archive.links import LINKS, apart, read
from archive.models import Batch, Change, Record, Review
from archive.vocabulary import DescriptionStatus

_CHUNK = 500
_COMMENT_LENGTH = 500
Values = Mapping[str, Any]
Edits = Iterable[tuple[Record, Values]]
_T = TypeVar("_T")


def edit(record: Record, changes: Mapping[str, Any], by: AbstractBaseUser) -> None:
    """``edit_many`` for one record."""
    edit_many([(record, changes)], by)


def edit_many(
    edits: Edits, by: AbstractBaseUser | None, batch: Batch | None = None
) -> int:
    """Change drafts at once; changes to published descriptions wait for review.

    All or none. A draft that was submitted comes back to its author. Returns how
    many records were changed or have changes waiting. Raises as ``records.edit``.
    """
    wanted = [(record, dict(changes)) for record, changes in edits]
    published = DescriptionStatus.PUBLISHED
    with transaction.atomic():
        # Held first: one that is published meanwhile must not be edited in place.
        held = _held(record for record, _changes in wanted)
        status = {record.pk: record.description_status for record in held}
        kept = [one for one in wanted if status.get(one[0].pk) == published]
        direct = [one for one in wanted if status.get(one[0].pk) != published]
        done = records.edit_many(direct, by, batch)
        _back_to_draft([record for record, _changes in direct])
        return done + _keep(kept, by, batch)


def submit(chosen: Iterable[Record], by: AbstractBaseUser) -> int:
    """Hand descriptions to a reviewer. Raises ``NothingToSubmit``; all or none."""
    with transaction.atomic():
        held = _held(chosen)
        reviews = _reviews(held)
        for record in held:
            review = reviews.get(record.pk)
            if record.description_status == DescriptionStatus.PUBLISHED and (
                review is None or not review.values
            ):
                raise NothingToSubmit(record.reference_code)
        missing = [Review(record=one) for one in held if one.pk not in reviews]
        Review.objects.bulk_create(missing, batch_size=_CHUNK)
        for rows in _in_chunks(held):
            Review.objects.filter(record__in=rows).update(
                submitted_by_id=by.pk,
                submitted_at=timezone.now(),
                returned_by=None,
                comment="",
            )
        _set_status(_drafts(held), DescriptionStatus.REVIEW)
        note(_steps(held, Change.Action.SUBMIT), by, None)
    return len(held)


def send_back(chosen: Iterable[Record], by: AbstractBaseUser, comment: str) -> int:
    """Return what was submitted, with the reason. Raises ``NothingToReview``."""
    if not comment.strip():
        raise ReasonMissing
    if len(comment) > _COMMENT_LENGTH:
        raise ValueTooLong("comment", _COMMENT_LENGTH)
    with transaction.atomic():
        held = _held(chosen)
        _submitted(held)
        for rows in _in_chunks(held):
            Review.objects.filter(record__in=rows).update(
                submitted_at=None, returned_by_id=by.pk, comment=comment
            )
        _set_status(_drafts(held), DescriptionStatus.DRAFT)
        note(_steps(held, Change.Action.RETURN, {"comment": comment}), by, None)
    return len(held)


def mark(chosen: Iterable[Record]) -> str:
    """Stands for what was submitted of these: another after each submission."""
    return _mark(_reviews(list(chosen)))


def publish(chosen: Iterable[Record], by: AbstractBaseUser, looked_at: str = "") -> int:
    """Put submitted descriptions in force; all or none.

    ``looked_at``: their ``mark`` when a person read them; ``SubmittedAnew`` where it is
    another now. Raises ``NothingToReview``, ``OwnDescription`` where ``by`` submitted
    it or wrote anything in it since it was last published, ``IncompleteDescription``.
    """
    with transaction.atomic():
        held = _held(chosen)
        reviews = _submitted(held)
        if looked_at and looked_at != _mark(reviews):
            raise SubmittedAnew
        authors = _authors(reviews)
        for record in held:
            review = reviews[record.pk]
            known = {review.author_id, review.submitted_by_id}
            if by.pk in known | authors[record.pk]:
                raise OwnDescription(record.reference_code)
        for record in held:
            _overlay(record, reviews[record.pk].values)
        _require_complete(held)
        for record in held:
            review = reviews[record.pk]
            if review.values:
                values = with_dates(record, review.values)
                records.edit(record, values, review.author)
        _set_status(held, DescriptionStatus.PUBLISHED)
        note(_steps(held, Change.Action.PUBLISH), by, None)
        for rows in _in_chunks(held):
            Review.objects.filter(record__in=rows).delete()
    return len(held)


def discard(record: Record, by: AbstractBaseUser | None) -> None:
    """Drop the changes that wait; what is published stays as it is.

    The history keeps what they were, and who dropped them.
    """
    with transaction.atomic():
        reviews = Review.objects.select_for_update().exclude(values={})
        review = reviews.filter(record=record).first()
        if review is None:
            return
        after = live(record, review.values)
        note([Noted(record.pk, Change.Action.PROPOSE, review.values, after)], by, None)
        review.delete()


def pending(record: Record) -> Mapping[str, Any]:
    """The values that wait, by name; empty for a draft, whose values are its own."""
    review = Review.objects.filter(record=record).first()
    return review.values if review is not None else {}


def present(name: str, ids: Sequence[int]) -> dict[int, Any]:
    """The value of a field as its next author sees it: what waits before what is
    published. The records are held until the transaction ends.
    """
    records.hold(ids)
    values: dict[int, Any] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        values.update(Record.objects.filter(pk__in=chunk).values_list("pk", name))
        waiting = Review.objects.filter(record__in=chunk, values__has_key=name)
        for pk, kept in waiting.values_list("record", "values"):
            values[pk] = kept[name]
    return values


def live(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """The published values of these fields and links."""
    return {
        name: read(name, record.pk) if name in LINKS else getattr(record, name)
        for name in names
    }


def waiting() -> QuerySet[Record]:
    """The records with something submitted."""
    return Record.objects.filter(review__submitted_at__isnull=False)


_WRITTEN = (Change.Action.CREATE, Change.Action.EDIT)


def _keep(
    kept: Sequence[tuple[Record, Mapping[str, Any]]], by: Any, batch: Batch | None
) -> int:
    """Lay changes to published descriptions by; how many have some waiting."""
    ids = [record.pk for record, _changes in kept]
    reviews = {one.record_id: one for one in Review.objects.filter(record__in=ids)}
    linked = {name: link.read(ids) for name, link in LINKS.items()}
    lives = Record.objects.in_bulk(ids)
    noted: list[Noted] = []
    done = 0
    parted = apart([changes for _record, changes in kept])
    for (record, _changes), (fields, links) in zip(kept, parted, strict=True):
        review = reviews.get(record.pk) or Review(record=record)
        wanted = _derived(fields, links)
        published = {
            name: linked[name].get(record.pk, [])
            if name in LINKS
            else getattr(lives[record.pk], name)
            for name in (*review.values, *wanted)
        }
        now = {**published, **review.values}
        new = {name: value for name, value in wanted.items() if value != now[name]}
        if not new:
            continue  # what waits stays its author's, and with the reviewer
        old = {name: now[name] for name in new}
        noted.append(Noted(record.pk, Change.Action.PROPOSE, old, new))
        _wait(review, {**review.values, **new}, published, by)
        done += bool(review.values)
    note(noted, by, batch)
    return done


def _wait(review: Review, values: Values, published: Values, by: Any) -> None:
    """Let these values wait, as far as they differ from what is published."""
    review.values = {
        name: value for name, value in values.items() if value != published[name]
    }
    if not review.values:
        if review.pk:
            review.delete()
        return
    review.author_id = by.pk if by is not None else None
    review.submitted_at = review.submitted_by = None
    review.save()


def put_back(record: Record, values: Values, by: AbstractBaseUser | None) -> None:
    """Let wait again what waited before these changes; part of undoing them."""
    if not values:
        return
    review = Review.objects.filter(record=record).first() or Review(record=record)
    wanted = {**review.values, **values}
    _wait(review, wanted, live(record, wanted), by)


def _derived(fields: Values, links: Values) -> dict[str, Any]:
    """The changes as they would be written, but for what follows from them."""
    derived = described(fields, creating=False)
    return {
        name: value
        for name, value in {**derived, **links}.items()
        if name not in ("date_min", "date_max")
    }


def _back_to_draft(edited: Sequence[Record]) -> None:
    for rows in _in_chunks(edited):
        ids = [record.pk for record in rows]
        Record.objects.filter(
            pk__in=ids, description_status=DescriptionStatus.REVIEW
        ).update(description_status=DescriptionStatus.DRAFT)
        Review.objects.filter(record__in=ids).update(
            submitted_at=None, submitted_by=None
        )


def _held(chosen: Iterable[Record]) -> list[Record]:
    ids = sorted(record.pk for record in chosen)
    held: list[Record] = []
    for start in range(0, len(ids), _CHUNK):
        rows = Record.objects.select_for_update().order_by("pk")
        held += rows.filter(pk__in=ids[start : start + _CHUNK])
    return held


def _reviews(held: Sequence[Record]) -> dict[int, Review]:
    return {
        one.record_id: one
        for rows in _in_chunks(held)
        for one in Review.objects.filter(record__in=rows).select_related("author")
    }


def _submitted(held: Sequence[Record]) -> dict[int, Review]:
    reviews = _reviews(held)
    for record in held:
        review = reviews.get(record.pk)
        if review is None or review.submitted_at is None:
            raise NothingToReview(record.reference_code)
    return reviews


def _mark(reviews: Mapping[int, Review]) -> str:
    told = sorted((pk, str(one.submitted_at)) for pk, one in reviews.items())
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _authors(reviews: Mapping[int, Review]) -> dict[int, set[int | None]]:
    """By record, who wrote in it since it was last published.

    Of proposals those that still wait, whoever changed the rest of them after.
    """
    authors: dict[int, set[int | None]] = {pk: set() for pk in reviews}
    actions = (*_WRITTEN, Change.Action.PROPOSE, Change.Action.PUBLISH)
    for rows in _in_chunks(list(reviews)):
        log = Change.objects.filter(record__in=rows, action__in=actions)
        lines = log.order_by("pk").values_list("record_id", "action", "by_id", "after")
        for pk, action, by_id, after in lines.iterator(chunk_size=2000):
            if action == Change.Action.PUBLISH:
                authors[pk].clear()
            elif action in _WRITTEN or not reviews[pk].values.keys().isdisjoint(after):
                authors[pk].add(by_id)
    return authors


def _overlay(record: Record, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in LINKS:
            setattr(record, name, value)


def _require_complete(held: Sequence[Record]) -> None:
    answers = completeness.check_many(held)
    for record in held:
        missing = answers[record.pk].missing
        if missing:
            raise IncompleteDescription(record.reference_code, map(label, missing))


def _drafts(held: Iterable[Record]) -> list[Record]:
    published = DescriptionStatus.PUBLISHED
    return [record for record in held if record.description_status != published]


def _set_status(held: Sequence[Record], status: DescriptionStatus) -> None:
    for rows in _in_chunks(held):
        Record.objects.filter(pk__in=[record.pk for record in rows]).update(
            description_status=status
        )
    for record in held:
        record.description_status = status


def _steps(
    held: Iterable[Record],
    action: Change.Action,
    after: Mapping[str, Any] | None = None,
) -> Iterable[Noted]:
    return (Noted(record.pk, action, after=after or {}) for record in held)


def _in_chunks(held: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (held[start : start + _CHUNK] for start in range(0, len(held), _CHUNK))
