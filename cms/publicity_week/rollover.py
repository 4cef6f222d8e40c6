"""The programme of another year, made of one that there is.

Events keep their weekday, their hours, what is said of them and how people sign up;
nobody is signed up for the copies, and nothing of what came of the old ones goes along.
All of it are drafts: they pass the reviews like any page.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import EventPage, Occasion, ProgrammePage
from cms.models.publicity_week import FIRST_YEAR, LAST_YEAR
from cms.publicity_week.dates import Week, same_weekday, week_of
from cms.publicity_week.telling import told_by
from cms.registration.occasions import make

_KEPT: Final = ("capacity", "has_waiting_list", "consent", "keep_days")
"""What the occasion of a copy takes over."""
_UNSCHEDULED: Final = {"go_live_at": None, "expire_at": None}


class RollOverError(Exception):
    """What is wrong, and what to do about it, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Move:
    """An event, its day now and the day that it gets."""

    event: int
    title: str
    old: date
    new: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Plan:
    year: int
    week: Week
    moves: tuple[Move, ...]


def events_of(programme: ProgrammePage) -> list[EventPage]:
    """Those that may be taken along, in order; of a draft its latest words."""
    events = [_latest(one) for one in EventPage.objects.child_of(programme)]
    return sorted(events, key=lambda one: (one.day, one.starts, one.path))


def plan(programme: ProgrammePage, year: int, events: Collection[int]) -> Plan:
    """What would be made; ``RollOverError`` when it cannot be."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = _("年份须在 %(first)s 至 %(last)s 之间。")
        raise RollOverError(message % {"first": FIRST_YEAR, "last": LAST_YEAR})
    there = ProgrammePage.objects.child_of(programme.get_parent()).filter(year=year)
    if there.exists():
        message = _("%(year)s 年已有日程，未作改动：请改那一页，或先删除它再滚动。")
        raise RollOverError(message % {"year": year})
    chosen = [one for one in events_of(programme) if one.pk in set(events)]
    if len(chosen) != len(set(events)):
        raise RollOverError(_("所选的活动有的已不在这一年，请重新选择。"))
    week = week_of(year)
    return Plan(year, week, tuple(_move(one, week) for one in chosen))


def roll_over(
    programme: ProgrammePage, year: int, events: Iterable[int], user: Any
) -> ProgrammePage:
    """Make the drafts of ``year``, all of them or none; ``RollOverError`` if not."""
    with transaction.atomic():
        # Two at once: the second waits here, and then finds the year taken.
        section = Page.objects.select_for_update().get(pk=programme.get_parent().pk)
        planned = plan(programme, year, set(events))
        made = _programme(programme, section.specific, year, user)
        for move in planned.moves:
            event = EventPage.objects.get(pk=move.event)
            _event(_latest(event), made, move, user)
    made.refresh_from_db()
    return made


def _latest(page: Any) -> Any:
    return page if page.live else page.get_latest_revision_as_object()


def _move(event: EventPage, week: Week) -> Move:
    new = same_weekday(event.day, week)
    return Move(event.pk, event.title, event.day, new, event.starts, event.ends)


def _programme(
    programme: ProgrammePage, section: Page, year: int, user: Any
) -> ProgrammePage:
    old, new = str(programme.year), str(year)
    made: ProgrammePage = _latest(programme).copy(
        to=section,
        update_attrs={
            "year": year,
            "slug": new,
            "title": programme.title.replace(old, new),
            "draft_title": programme.title.replace(old, new),
            # What it says is of the old dates.
            "summary": "",
            "search_description": "",
            "seo_title": "",
            "theme": "",
            "first_day": None,
            "last_day": None,
            "after": [],
            **_UNSCHEDULED,
        },
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    return made


def _event(event: EventPage, parent: ProgrammePage, move: Move, user: Any) -> None:
    made: EventPage = event.copy(
        to=parent,
        update_attrs={
            "day": move.new,
            "slug": event.slug,
            "after": [],
            **_UNSCHEDULED,
        },
        copy_revisions=False,
        keep_live=False,
        user=user,
    )
    if event.occasion is None:
        return
    occasion = make(Occasion.Kind.EVENT, told_by(made))
    for name in _KEPT:
        setattr(occasion, name, getattr(event.occasion, name))
    occasion.save(update_fields=_KEPT)
    EventPage.objects.filter(pk=made.pk).update(occasion=occasion)
