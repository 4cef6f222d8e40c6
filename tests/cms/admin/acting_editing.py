"""What people do with reviews, wordings, passages and redirects; see ``acting``."""

from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, TaskState

from cms.editing import rules
from cms.models import FixedWording, ReusableText, SignOff, User
from tests.cms.admin.acting import ACTIONS, Actor, action, others_page
from tests.factories import UserFactory

__all__ = ["ACTIONS"]


def _gives(actor: Actor, stage: int, author: User | None = None) -> bool:
    """Whether the actor gives this review (0, 1, 2) of a page."""
    page = others_page(owner=author)
    page.get_workflow().start(page, page.owner)
    for _before in range(stage):
        by = UserFactory.create(is_superuser=True)
        rules.decide(_waiting(page), by, "approve", secrecy_checked=True)
    state = _waiting(page)
    sent = {"action": "approve", "secrecy_checked": "on"}
    actor.post("editing_review", state.pk, **sent)
    status = TaskState.objects.get(pk=state.pk).status
    return bool(status == TaskState.STATUS_APPROVED)


def _waiting(page: Page) -> TaskState:
    return TaskState.objects.get(
        workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS
    )


@action("give the first review")
def first_review(actor: Actor) -> bool:
    return _gives(actor, 0)


@action("give the second review")
def second_review(actor: Actor) -> bool:
    return _gives(actor, 1)


@action("give the last review")
def last_review(actor: Actor) -> bool:
    return _gives(actor, 2)


@action("review one's own page")
def own_review(actor: Actor) -> bool:
    return any(_gives(actor, stage, actor.user) for stage in range(3))


@action("print a review sheet")
def print_sheet(actor: Actor) -> bool:
    page = others_page()
    page.get_workflow().start(page, page.owner)
    for _stage in range(3):
        by = UserFactory.create(is_superuser=True)
        rules.decide(_waiting(page), by, "approve", secrecy_checked=True)
    sheet = SignOff.objects.get(page=page.pk)
    return sheet.digest in actor.get("editing_sheet", sheet.pk).text


@action("look at reports on pages")
def reports(actor: Actor) -> bool:
    return bool(actor.get("editing_report_gaps").status_code == 200)


@action("edit a fixed wording")
def edit_wording(actor: Actor) -> bool:
    one = FixedWording.objects.create(wording="标准写法", variants="别的写法")
    sent = {"wording": "标准写法", "variants": "另一种写法"}
    actor.post("wagtailsnippets_cms_fixedwording:edit", one.pk, **sent)
    return FixedWording.objects.get(pk=one.pk).variants == "另一种写法"


@action("write a reusable text")
def write_reusable(actor: Actor) -> bool:
    content = '{"blocks": [], "entityMap": {}}'
    actor.post("wagtailsnippets_cms_reusabletext:add", name="一段", text=content)
    return ReusableText.objects.filter(name="一段", live=False).exists()


@action("edit a redirect")
def edit_redirect(actor: Actor) -> bool:
    one = Redirect.add_redirect("/old", redirect_to="https://example.org/")
    address = reverse("wagtailredirects:edit", args=[one.pk])
    sent = {
        "old_path": "/older",
        "redirect_link": "https://example.org/",
        "is_permanent": "on",
    }
    actor.client.post(address, {**sent, "site": ""})
    return Redirect.objects.filter(pk=one.pk, old_path="/older").exists()
