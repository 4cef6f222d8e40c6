"""What is new, for readers of feeds: records that were opened, and pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.urls import reverse
from wagtail.models import Page, Site

from archive.models import OpennessDecision, Record
from archive.openness import Access
from archive.readers import ANONYMOUS
from archive.seen import RecordView, see

MOST = 30
# Decisions looked at for records that are open: most of the latest ones open some.
_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed; ``path`` is the address below the site's root."""

    title: str
    path: str
    summary: str
    published: datetime
    updated: datetime


def opened_records() -> list[Item]:
    """The records that were opened last and that the public reads in full."""
    # Without a join: the database would begin with all records that are open.
    decisions = OpennessDecision.objects.filter(
        outcome=OpennessDecision.Outcome.APPROVED
    ).order_by("-pk")
    latest: dict[int, datetime] = {}
    for record_id, decided_at in decisions.values_list("record_id", "decided_at")[
        :_LOOKED_AT
    ]:
        if decided_at is not None:
            latest.setdefault(record_id, decided_at)
    open_now = Record.objects.filter(pk__in=latest, public_access=Access.FULL)
    known = set(open_now.values_list("pk", flat=True))
    wanted = list(islice((one for one in latest if one in known), MOST))
    views = see(wanted, ANONYMOUS, pages=False)
    return [_of_record(views[one], latest[one]) for one in wanted if one in views]


def section(slug: str) -> Page | None:
    """The page of that slug right below the front page, if it is there for all."""
    home = Site.objects.get(is_default_site=True).root_page
    found: Page | None = home.get_children().live().public().filter(slug=slug).first()
    return found


def pages(below: Page | None = None) -> list[Item]:
    """What was published last of the whole site, or below a page of it."""
    top = below or Site.objects.get(is_default_site=True).root_page
    found = top.get_descendants().live().public().exclude(first_published_at=None)
    shown: Iterable[Page] = found.order_by("-first_published_at", "-pk").specific()
    return [_of_page(page) for page in shown[:MOST] if page.get_url_parts()]  # type: ignore[index]


def _of_record(view: RecordView, at: datetime) -> Item:
    said = dict(view.fields).get("scope_content", "")
    known = " · ".join(
        part for part in (view.reference_code, view.date_display) if part
    )
    path = reverse("record", args=[view.reference_code])
    return Item(view.title, path, said or known, at, at)


def _of_page(page: Page) -> Item:
    return Item(
        title=page.title,
        path=page.get_url_parts()[2],
        summary=getattr(page, "summary", "") or page.search_description,
        published=page.first_published_at,
        updated=page.last_published_at or page.first_published_at,
    )
