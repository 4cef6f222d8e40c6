"""A publicity week as its editors would have published it."""

from datetime import date, time
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from cms.models import (
    EventPage,
    Honour,
    HonourList,
    Occasion,
    ProgrammePage,
    Registration,
    WeekIndexPage,
)
from cms.publicity_week import access

YEAR = 2026
FIRST = date(2026, 11, 16)


def section() -> WeekIndexPage:
    found: WeekIndexPage | None = WeekIndexPage.objects.filter(
        locale__language_code="zh-hans"
    ).first()
    if found is not None:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    page = WeekIndexPage(
        title="宣传周", slug="publicity-week", show_in_menus=True, locale=home.locale
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    access.give(page)
    page.refresh_from_db()
    return page


def programme(
    year: int = YEAR, *, published: bool = True, **fields: Any
) -> ProgrammePage:
    fields = {"title": f"{year} 年宣传周", **fields}
    parent = section()
    page = ProgrammePage(year=year, locale=parent.locale, **fields)
    page.live = published
    parent.refresh_from_db()
    parent.add_child(instance=page)
    revision = page.save_revision()
    if published:
        revision.publish()
    page.refresh_from_db()
    return page


def event(
    below: ProgrammePage,
    slug: str = "opening",
    *,
    day: date | None = None,
    hours: tuple[str, str] = ("09:00", "11:00"),
    published: bool = True,
    **fields: Any,
) -> EventPage:
    """Below a programme; read again, so with its occasion once it is published."""
    starts, ends = (time.fromisoformat(one) for one in hours)
    fields = {"title": "开幕宣讲", "place": "报告厅", "kind": "lecture", **fields}
    page = EventPage(
        slug=slug,
        day=day or below.week.first,
        starts=starts,
        ends=ends,
        locale=below.locale,
        **fields,
    )
    page.live = published
    below.refresh_from_db()
    below.add_child(instance=page)
    revision = page.save_revision()
    if published:
        revision.publish()
    found: EventPage = EventPage.objects.get(pk=page.pk)
    return found


def occasion_of(page: EventPage) -> Occasion:
    return Occasion.objects.get(event_page=page)


def honours(
    *names: str, year: int = 2025, award: str = "先进（示例）", **fields: Any
) -> HonourList:
    """Published with a source, unless told otherwise."""
    fields = {"source": "演示", "is_published": True, **fields}
    made = HonourList(year=year, award=award, **fields)
    made.honours = [
        Honour(sort_order=n, name=name, kind="individual", unit="某县")
        for n, name in enumerate(names)
    ]
    made.full_clean()
    made.save()
    return made


def text_of(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def signed_up(occasion: Occasion, count: int, status: str = "confirmed") -> None:
    for _ in range(count):
        turn = occasion.registrations.count() + 1
        Registration.objects.create(
            occasion=occasion,
            number=f"{occasion.pk}-{turn}",
            turn=turn,
            status=status,
            name=f"某{turn}",
            contact=f"000-{turn}",
            consent="同意",
            keep_until=date(2030, 1, 1),
        )


def coming_year() -> int:
    """A year whose week is not over, whenever the tests run."""
    return timezone.localdate().year + 1
