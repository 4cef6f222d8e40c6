"""What people do with evidence on pages and with the requests of groups."""

from datetime import timedelta

from django.utils import timezone

from cms.models import GroupBooking
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.factories import open_with_ancestors, record_with_pages

__all__ = ["ACTIONS", "booked"]


def booked(**fields: object) -> GroupBooking:
    """A request as somebody left it."""
    day = timezone.localdate() + timedelta(days=9)
    usual = {
        "number": "ABCDE-23456",
        "unit": "样本学校",
        "contact": "甲老师",
        "phone": "0000-1234567",
        "day": day,
        "people": 20,
        "consent": "同意",
        "keep_until": day + timedelta(days=30),
    }
    made: GroupBooking = GroupBooking.objects.create(**{**usual, **fields})
    return made


@action("choose a public record")
def choose(actor: Actor) -> bool:
    record = open_with_ancestors(record_with_pages("公开的字"))
    answer = actor.get("public_record_page", record.pk, 1)
    return bool(answer.status_code == 200 and "公开的字" in answer.content.decode())


@action("see broken evidence")
def see_report(actor: Actor) -> bool:
    return bool(actor.get("broken_evidence").status_code == 200)


@action("see group bookings")
def see_bookings(actor: Actor) -> bool:
    booked()
    answer = actor.get("bookings:index")
    return bool(answer.status_code == 200 and "样本学校" in answer.content.decode())


@action("answer a group booking")
def answer_booking(actor: Actor) -> bool:
    made = booked()
    sent = {"status": "confirmed", "answer": "请九点到", "note": ""}
    actor.post("bookings:edit", made.pk, **sent)
    made.refresh_from_db()
    return (made.status, made.answer) == ("confirmed", "请九点到")


@action("delete a group booking")
def delete_booking(actor: Actor) -> bool:
    made = booked()
    actor.post("bookings:delete", made.pk)
    return not GroupBooking.objects.exists()
