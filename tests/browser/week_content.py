"""What the page types of the publicity week need; see ``site_content``."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from archive.models import Record
from cms import sections
from cms.demonstration import week
from cms.models import EventPage, Occasion, ProgrammePage
from cms.registration import running, taking
from cms.registration.occasions import call_off
from tests.browser.sample_site import VERTICAL
from tests.cms.exhibitions import building as blocks
from tests.cms.exhibitions.building import block, listed
from tests.cms.registration.building import person
from tests.cms.week import building


def week_made() -> None:
    """The demonstration's weeks; one event with every block, and one to come.

    The year to come has an event in each state that visitors meet.
    """
    sections.provide()
    if ProgrammePage.objects.exists():
        return
    week.add()
    _every_block()
    _states()


def _every_block() -> None:
    record = Record.objects.get(reference_code=VERTICAL)
    event = EventPage.objects.get(slug="registers", day__year=2026)
    above: Page = event.get_parent()
    event.map_url = "https://example.org/map"
    event.access = "入口有坡道。"
    picture = {"image": blocks.image().pk, "alt_text": "海报", "decorative": False}
    event.before = [
        block("heading", "海报"),
        block("picture", {"image": picture, "caption": "海报", "source": "自绘"}),
        block("text", "<p>请提前十分钟到场。</p>"),
    ]
    event.after = [
        block("heading", "录像"),
        block("audio", blocks.audio()),
        block("video", blocks.video()),
        block("text", "<p>一段纪要。</p>"),
        block(
            "file", {"document": blocks.document("m.txt", b"text").pk, "title": "纪要"}
        ),
    ]
    event.related = [
        block("records", {"records": listed({"record": record.pk, "note": "一句话"})}),
        block("pages", {"title": "相关页面", "pages": listed(above.pk)}),
    ]
    event.save_revision().publish()


def _states() -> None:
    year = timezone.localdate().year + 1
    coming = building.programme(year, is_demonstration=True, summary="将来的一年。")
    for number, slug in enumerate(("free", "open", "full", "later", "off")):
        building.event(
            coming,
            slug,
            title=f"第 {number + 1} 场",
            day=coming.week.first + timedelta(days=number),
            is_demonstration=True,
        )
    occasions = {
        one.event_page.slug: one
        for one in Occasion.objects.filter(event_page__day__year=year)
    }
    for slug, capacity in (("open", 20), ("full", 1), ("later", 5)):
        one = occasions[slug]
        values: dict[str, Any] = {"takes_registrations": True, "capacity": capacity}
        if slug == "later":
            values["opens_at"] = one.starts_at - timedelta(days=1)
        running.change(one.pk, values, user=None)
    taking.take(occasions["full"].pk, person())
    call_off(occasions["off"].pk, "改期再办")
