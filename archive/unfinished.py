"""Whose a description is that is neither submitted nor published: my work."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.models import Change, Record, Review
from archive.vocabulary import DescriptionStatus

_WRITTEN = (Change.Action.CREATE, Change.Action.EDIT)


def of_author(user: AbstractBaseUser) -> QuerySet[Record]:
    """The records with something unfinished that this person wrote last.

    All of them: takes the longer the more the person has written.
    """
    # One list: with OR between two, PostgreSQL goes through all records.
    drafts, reviews = _drafts(user).order_by(), _reviews(user).order_by()
    return Record.objects.filter(
        pk__in=drafts.values("record").union(reviews.values("record"))
    )


def newest_of_author(user: AbstractBaseUser, most: int) -> list[int]:
    """Ids of at most ``most`` of them, those written last first.

    Found from the end of the person's own changes, however many there are. What was
    returned to the person is ``returned_to``.
    """
    waiting = _reviews(user).filter(comment="").order_by("-saved_at")
    ids = list(waiting.values_list("record", flat=True)[:most])
    drafts = _drafts(user).exclude(record__review__comment__gt="").order_by("-pk")
    ids += drafts.values_list("record", flat=True)[:most]
    return list(dict.fromkeys(ids))[:most]


def returned_to(user: AbstractBaseUser) -> QuerySet[Record]:
    """Those of ``of_author`` that a reviewer gave back with a reason."""
    back = Record.objects.filter(review__comment__gt="", review__submitted_at=None)
    written = Exists(_mine(user).filter(record=OuterRef("pk")))
    draft = Q(description_status=DescriptionStatus.DRAFT)
    return back.filter(Q(review__author=user.pk) | (draft & written))


def _mine(user: AbstractBaseUser) -> QuerySet[Change]:
    """The person's changes after which nobody else wrote."""
    written = Change.objects.filter(action__in=_WRITTEN)
    later = written.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
    by_others = later.filter(~Q(by=user.pk) | Q(by=None))
    return written.filter(~Exists(by_others), by=user.pk)


def _drafts(user: AbstractBaseUser) -> QuerySet[Change]:
    return _mine(user).filter(record__description_status=DescriptionStatus.DRAFT)


def _reviews(user: AbstractBaseUser) -> QuerySet[Review]:
    return Review.objects.filter(author=user.pk, submitted_at=None)
