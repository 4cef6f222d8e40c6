"""The one predicate: what may an audience see of a record?

Every way out of the house asks ``access`` (or ``seen``, which stands on it). It is
a total function: any combination of values has an answer, and a value that it
does not know means staff only.

    public = not classified ∧ 开放 ∧ not 不予公开 ∧ publication right
             ∧ personal information cleared ∧ copyright cleared

(standards, section 3; 依申请公开 is open in the reading room, not on line, see
docs/decisions/0004). A record is never more open than its ancestors.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import reduce
from typing import Protocol

from archive.vocabulary import Clearance, Disclosure, OpenStatus, Secrecy


class Audience(IntEnum):
    """Who is looking; a higher audience sees at least as much."""

    PUBLIC = 0
    READING_ROOM = 1
    STAFF = 2


class Access(IntEnum):
    """What they get: nothing, the approved catalogue entry, or everything."""

    NONE = 0
    CATALOGUE = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class Openness:
    """Everything the decision depends on, of one record."""

    open_status: str
    secrecy: str
    disclosure_status: str
    publication_right: str
    personal_information: str
    copyright_status: str
    catalogue_approved: bool


OPENNESS_FIELDS = tuple(field.name for field in fields(Openness))


class HasOpenness(Protocol):
    """A record, or anything else from which the fields of ``Openness`` can be read."""

    @property
    def open_status(self) -> str: ...
    @property
    def secrecy(self) -> str: ...
    @property
    def disclosure_status(self) -> str: ...
    @property
    def publication_right(self) -> str: ...
    @property
    def personal_information(self) -> str: ...
    @property
    def copyright_status(self) -> str: ...
    @property
    def catalogue_approved(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class AccessTable:
    """What each audience gets, from the public to staff."""

    public: Access
    reading_room: Access
    staff: Access = Access.FULL

    def of(self, audience: Audience) -> Access:
        return (self.public, self.reading_room, self.staff)[audience]

    def strictest(self, other: "AccessTable") -> "AccessTable":
        return AccessTable(
            min(self.public, other.public),
            min(self.reading_room, other.reading_room),
            min(self.staff, other.staff),
        )

    @property
    def distinct_views(self) -> tuple[tuple[Audience, Audience, Access], ...]:
        """(lowest audience, highest audience, access) of each view with content."""
        views: list[tuple[Audience, Audience, Access]] = []
        for audience in Audience:
            answer = self.of(audience)
            if answer is Access.NONE:
                continue
            if views and views[-1][2] is answer:
                views[-1] = (views[-1][0], audience, answer)
            else:
                views.append((audience, audience, answer))
        return tuple(views)


STAFF_ONLY = AccessTable(Access.NONE, Access.NONE)

_KNOWN = {
    "open_status": frozenset(OpenStatus.values) - {OpenStatus.UNREVIEWED.value},
    "secrecy": frozenset({Secrecy.PUBLIC.value}),
    "disclosure_status": frozenset(Disclosure.values),
    "publication_right": frozenset(Clearance.values),
    "personal_information": frozenset(Clearance.values),
    "copyright_status": frozenset(Clearance.values),
}


def openness_of(record: HasOpenness) -> Openness:
    return Openness(*(getattr(record, name) for name in OPENNESS_FIELDS))


def own_access(openness: Openness) -> AccessTable:
    """The table for one record taken by itself."""
    if any(getattr(openness, name) not in known for name, known in _KNOWN.items()):
        return STAFF_ONLY
    catalogue = Access.CATALOGUE if openness.catalogue_approved else Access.NONE
    readable = (
        openness.open_status == OpenStatus.OPEN
        and openness.disclosure_status != Disclosure.WITHHELD
        and openness.personal_information == Clearance.CLEARED
    )
    publishable = (
        readable
        and openness.disclosure_status != Disclosure.ON_REQUEST
        and openness.publication_right == Clearance.CLEARED
        and openness.copyright_status == Clearance.CLEARED
    )
    return AccessTable(
        public=Access.FULL if publishable else catalogue,
        reading_room=Access.FULL if readable else catalogue,
    )


def access(record: HasOpenness, ancestors: Iterable[HasOpenness]) -> AccessTable:
    """The strictest of a record and all its ancestors."""
    tables = (own_access(openness_of(one)) for one in (record, *ancestors))
    return reduce(AccessTable.strictest, tables)
