"""What people do for the public site in the admin; see ``acting``."""

from django.utils import timezone

from cms import takedown
from cms.models import TakedownRequest, VisitCount
from tests.cms.admin.acting import ACTIONS, Actor, action

__all__ = ["ACTIONS"]


@action("work on a takedown request")
def work_on_takedown(actor: Actor) -> bool:
    asked = takedown.receive(takedown.Asked("X001", "text", "有误"))
    actor.post("takedown:edit", asked.pk, status="done", answer="已改")
    return TakedownRequest.objects.get(pk=asked.pk).is_closed


@action("see the visits")
def see_visits(actor: Actor) -> bool:
    today = timezone.localdate()
    VisitCount.objects.create(day=today, path="/读过/", language="zh-hans", count=1)
    return "/读过/" in actor.get("archive_visits").text
