"""What events tell the occasions that people sign up for, whenever they are published.

Drafts tell nothing. An event that was taken down, or that not everyone may read, is
not public; its occasion stays, with those who signed up.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.languages.prefixes import DEFAULT
from cms.models import EventPage, Occasion
from cms.registration.occasions import Told, make, tell

_ID = "publicity_week.telling"


def connect() -> None:
    """Called once, when the site starts."""
    for signal in (page_published, page_unpublished):
        signal.connect(_changed, sender=EventPage, dispatch_uid=_ID)
    post_delete.connect(_deleted, sender=EventPage, dispatch_uid=_ID)
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid=_ID)
    post_page_move.connect(_moved, dispatch_uid=_ID)


def told_by(page: EventPage) -> Told:
    """What the page says now."""
    parts = page.get_url_parts()
    return Told(
        title=page.title,
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        place=page.place,
        url=(parts[2] or "") if parts else "",
        is_public=bool(page.live) and not page.get_view_restrictions().exists(),
    )


def tell_occasion(page: EventPage) -> None:
    """Make the occasion of an event, or tell it what the page says now."""
    with transaction.atomic():
        if page.occasion_id is not None:
            tell(page.occasion_id, told_by(page))
            return
        occasion = make(Occasion.Kind.EVENT, told_by(page))
        # Past the model's own save: the page is what it was.
        EventPage.objects.filter(pk=page.pk).update(occasion=occasion)
        page.occasion = occasion


def _changed(sender: Any, instance: EventPage, **_sent: Any) -> None:
    if instance.locale.language_code == DEFAULT:
        tell_occasion(instance)


def _deleted(sender: Any, instance: EventPage, **_sent: Any) -> None:
    """An occasion that nobody signed up for goes with its event."""
    if instance.occasion_id is None:
        return
    occasion = Occasion.objects.filter(pk=instance.occasion_id).first()
    if occasion is not None and occasion.registrations.exists():
        tell(occasion.pk, replace(told_by(instance), is_public=False))
    elif occasion is not None:
        occasion.delete()


def _restricted(sender: Any, instance: PageViewRestriction, **_sent: Any) -> None:
    _tell_below(instance.page)


def _moved(sender: Any, instance: Page, **_sent: Any) -> None:
    _tell_below(instance)


def _tell_below(page: Page) -> None:
    below = EventPage.objects.descendant_of(page, inclusive=True)
    for event in below.exclude(occasion=None).select_related("locale"):
        if event.live:
            tell_occasion(event)
