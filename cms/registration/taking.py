"""Registering people: places and turns are given out one after the other.

Whoever changes who has a place locks the row of the occasion first; so two who ask
for the last place at one moment do not both get it, and nobody is passed over.
"""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.forms.numbers import unguessable
from cms.models.occasions import Occasion, Registration
from cms.registration import errors, numbers, seen, sending
from cms.registration.locking import locked
from cms.registration.people import Person, same_contact
from cms.registration.places import Places, State, places_of

_Status = Registration.Status


def take(
    occasion_id: int, person: Person, *, sent_as: str = "", liaison: str = ""
) -> Registration:
    """Register somebody: for a place, or at the end of the waiting list.

    ``sent_as`` is the digest of the form: what comes of the same form twice is one
    registration, the first. Raises ``RegistrationError`` where there is none to be
    had, ``AlreadyRegistered`` for who is on the list.
    """
    with transaction.atomic():
        occasion = locked(occasion_id)
        before = _of_form(occasion, sent_as)
        if before is not None:
            return before
        places = places_of([occasion])[occasion.pk]
        refuse(occasion, places)
        one = person.tidied()
        if _known(occasion, [one]):
            raise errors.AlreadyRegistered
        status = _status(places, 0)
        return _write(occasion, [(one, status)], sent_as=sent_as, liaison=liaison)[0]


def take_group(
    occasion_id: int, people: Sequence[Person], *, liaison: str, sent_as: str = ""
) -> list[Registration]:
    """Register everybody of a list, in its order, or nobody.

    They share a ``group``. Raises as ``take``; ``SomeRegistered`` names who is on the
    list already, ``TooFewLeft`` says how many places there are.
    """
    with transaction.atomic():
        occasion = locked(occasion_id)
        before = _of_form(occasion, sent_as)
        if before is not None:
            return list(occasion.registrations.filter(group=before.group))
        places = places_of([occasion])[occasion.pk]
        refuse(occasion, places)
        tidied = [one.tidied() for one in people]
        if known := _known(occasion, tidied):
            raise errors.SomeRegistered(known)
        left = places.left
        if not occasion.has_waiting_list and left is not None and left < len(tidied):
            raise errors.TooFewLeft(left, len(tidied))
        given = [(one, _status(places, n)) for n, one in enumerate(tidied)]
        return _write(
            occasion,
            given,
            sent_as=sent_as,
            liaison=liaison,
            group=unguessable(numbers.GROUP_LENGTH),
        )


def walk_in(occasion_id: int, person: Person) -> Registration:
    """Register somebody who stands at the door, also when signing up has ended.

    For those who run it. Raises ``NoPlace``, ``CalledOff``, ``AlreadyRegistered``.
    """
    with transaction.atomic():
        occasion = locked(occasion_id)
        places = places_of([occasion])[occasion.pk]
        if occasion.is_cancelled:
            raise errors.CalledOff(occasion.cancel_reason)
        if places.left == 0:
            raise errors.NoPlace
        one = person.tidied()
        if _known(occasion, [one]):
            raise errors.AlreadyRegistered
        return _write(occasion, [(one, _Status.CONFIRMED)])[0]


def digest(stamp: str, *fields: str) -> str:
    """What tells one form that was sent from another."""
    told = "\0".join((stamp, *fields))
    return hashlib.sha256(told.encode()).hexdigest() if stamp else ""


def refuse(occasion: Occasion, places: Places) -> None:
    """Raise what a visitor is told who cannot register now."""
    match places.state:
        case State.NONE:
            raise errors.NotTaken
        case State.NOT_YET:
            opens = timezone.localtime(places.opens_at)
            raise errors.NotYetOpen(formats.date_format(opens, "Y-m-d H:i"))
        case State.CLOSED:
            raise errors.Closed
        case State.OVER:
            raise errors.Over
        case State.CANCELLED:
            raise errors.CalledOff(occasion.cancel_reason)
        case State.FULL:
            raise errors.Full


def promised(occasion: Occasion) -> str:
    """What somebody consents to, with the day on which it is forgotten."""
    until = ngettext(
        "结束 %(n)d 天之后自动删除。",
        "结束 %(n)d 天之后自动删除。",
        occasion.keep_days,
    )
    # The house's usual words are known to the catalogue, its own are not.
    return f"{_(occasion.consent)}\n{until % {'n': occasion.keep_days}}"


def _status(places: Places, ahead: int) -> Registration.Status:
    """Of one who comes after ``ahead`` others of the same list."""
    if places.capacity is None:
        return _Status.CONFIRMED
    if places.waiting or places.taken + ahead >= places.capacity:
        return _Status.WAITING
    return _Status.CONFIRMED


def _of_form(occasion: Occasion, sent_as: str) -> Registration | None:
    if not sent_as:
        return None
    return occasion.registrations.filter(sent_as=sent_as).first()


def _known(occasion: Occasion, people: Sequence[Person]) -> list[str]:
    """The names of those who are on the list."""
    by_name: dict[str, list[str]] = {}
    rows = (
        occasion.registrations.exclude(status=_Status.CANCELLED)
        .filter(name__in={one.name for one in people})
        .values_list("name", "contact")
    )
    for name, contact in rows:
        by_name.setdefault(name, []).append(contact)
    return [
        one.name
        for one in people
        if any(same_contact(one.contact, known) for known in by_name.get(one.name, ()))
    ]


def _write(
    occasion: Occasion,
    given: Sequence[tuple[Person, Registration.Status]],
    *,
    sent_as: str = "",
    liaison: str = "",
    group: str = "",
) -> list[Registration]:
    ends = timezone.localdate(occasion.ends_at)
    made = []
    for offset, (person, status) in enumerate(given):
        made.append(
            Registration.objects.create(
                occasion=occasion,
                number=numbers.new_number(),
                turn=occasion.next_turn + offset,
                status=status,
                name=person.name,
                unit=person.unit,
                contact=person.contact,
                consent=promised(occasion),
                # The first of a list stands for the form that brought it.
                sent_as=sent_as if offset == 0 else "",
                liaison=liaison,
                group=group,
                keep_until=ends + timedelta(days=occasion.keep_days),
            )
        )
        sending.tell(made[-1], Registration.Notice(status.value))
    # Not saved as a whole: what its owner tells meanwhile stays.
    next_turn = occasion.next_turn + len(made)
    Occasion.objects.filter(pk=occasion.pk).update(next_turn=next_turn)
    seen.changed()
    return made
