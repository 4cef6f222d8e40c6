"""What people do for the publicity week; see ``acting``."""

from typing import Any

from wagtail.models import Page

from cms.models import HonourList, ProgrammePage
from cms.publicity_week import rollover
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.cms.week.building import event, honours, programme, section
from tests.factories import UserFactory

__all__ = ["ACTIONS"]

_COUNTS = {
    f"comments-{name}": "0"
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
}


def _streams(*names: str) -> dict[str, str]:
    return {f"{name}-count": "0" for name in names}


_PROGRAMME = {
    **_COUNTS,
    **_streams("introduction", "before", "after", "related"),
    "title": "2030 年宣传周",
    "year": "2030",
    "subjects": "",
}


@action("write a page of the week")
def write_page(actor: Actor) -> bool:
    actor.post(
        "wagtailadmin_pages:add",
        *("cms", "programmepage", section().pk),
        **_PROGRAMME,
    )
    return ProgrammePage.objects.filter(year=2030, live=False).exists()


@action("change another's page of the week")
def change_page(actor: Actor) -> bool:
    page = programme(2030)
    Page.objects.filter(pk=page.pk).update(owner=UserFactory.create())
    changed: dict[str, Any] = {**_PROGRAMME, "title": "改过的标题"}
    actor.post("wagtailadmin_pages:edit", page.pk, **changed)
    draft = ProgrammePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return bool(draft.title == "改过的标题")


@action("roll the week over to another year")
def roll_over(actor: Actor) -> bool:
    page = programme(2030)
    event(page)
    chosen = [one.pk for one in rollover.events_of(page)]
    actor.post("week_roll_over", page.pk, year="2031", events=chosen, apply="1")
    return ProgrammePage.objects.filter(year=2031).exists()


@action("write a list of honours")
def write_honours(actor: Actor) -> bool:
    made = honours("某甲")
    row = made.honours.get()
    form = {
        "honours-TOTAL_FORMS": "1",
        "honours-INITIAL_FORMS": "1",
        "honours-0-id": row.pk,
        "honours-0-kind": "individual",
        "honours-0-name": "某乙",
        "honours-0-ORDER": "1",
    }
    said = {"year": "2025", "award": made.award, "source": "另一来源"}
    actor.post("honours:edit", made.pk, **said, **form)
    return HonourList.objects.get(pk=made.pk).source == "另一来源"
