"""What the agreements behind a record allow, in words; for people of the house."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.authorisation import expired, sources_of, unpublishable
from archive.models import Acquisition, AcquisitionItem, Record
from archive.models.acquisitions import Permit


class Source(NamedTuple):
    """Where a record, or one above it, came from, and what may be done with it."""

    number: str
    url: str
    summary: str
    permits: list[tuple[str, str]]
    warning: str


def sources(record: Record, today: date) -> list[Source]:
    """Each acquisition once."""
    found: dict[int, AcquisitionItem] = {}
    for item in sources_of(record):
        found.setdefault(item.acquisition_id, item)
    return [_source(item.acquisition, today) for item in found.values()]


def warning(acquisition: Acquisition, today: date) -> str:
    """Why it may not be published online now; "" where it may."""
    said = {"number": acquisition.number}
    if acquisition.may_publish == Permit.NO:
        return _("协议不许网上公布（征集号 %(number)s）。") % said
    if acquisition.may_publish == Permit.UNKNOWN:
        return _("协议未约定可否网上公布（征集号 %(number)s）。") % said
    if expired(acquisition, today):
        return _("协议的授权已到期（征集号 %(number)s）。") % said
    return ""


def warnings_for(
    records: Iterable[Record], *, below: bool = False
) -> dict[int, list[str]]:
    """By record id, why it (with ``below``: or a record under it) may not be."""
    today = timezone.localdate()
    doubtful = unpublishable(records, today, below=below)
    return {
        pk: [warning(one, today) for one in behind] for pk, behind in doubtful.items()
    }


def _source(acquisition: Acquisition, today: date) -> Source:
    permits = [
        (label_of(name), getattr(acquisition, f"get_{name}_display")())
        for name in ("may_publish", "may_exhibit", "may_copy", "may_study")
    ]
    permits += [
        (label_of(name), str(value))
        for name in ("restriction", "authorised_until", "return_due")
        if (value := getattr(acquisition, name))
    ]
    return Source(
        acquisition.number,
        reverse("acquisition:inspect", args=(acquisition.pk,)),
        str(acquisition.get_basis_display()),
        permits,
        warning(acquisition, today),
    )


def label_of(name: str) -> str:
    return str(getattr(Acquisition._meta.get_field(name), "verbose_name", name))
