"""What people do with registrations; see ``acting``."""

from cms.models.occasions import Occasion, Registration
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.cms.registration.building import occasion, registered

__all__ = ["ACTIONS"]

_CLASS = Occasion.Kind.CLASS


def _sees(actor: Actor, made: Occasion) -> bool:
    registered(made)
    listed = actor.get("registration_occasions")
    answer = actor.get("registration_occasion", made.pk)
    told = listed.status_code == 200 and made.title in listed.text
    seen = answer.status_code == 200 and "某甲1" in answer.text
    assert told == seen
    return bool(seen)


def _checks_in(actor: Actor, made: Occasion) -> bool:
    one = registered(made)
    actor.post("check-in", one.number)
    return Registration.objects.get(pk=one.pk).checked_in_at is not None


@action("see registrations for events")
def see_of_events(actor: Actor) -> bool:
    return _sees(actor, occasion(title="活动一场"))


@action("see registrations for classes")
def see_of_classes(actor: Actor) -> bool:
    return _sees(actor, occasion(_CLASS, title="班次一期"))


@action("check in at events")
def check_in_at_events(actor: Actor) -> bool:
    return _checks_in(actor, occasion())


@action("check in at classes")
def check_in_at_classes(actor: Actor) -> bool:
    return _checks_in(actor, occasion(_CLASS))


@action("set how people register for events")
def set_event(actor: Actor) -> bool:
    made = occasion(capacity=5)
    sent = {**actor.form("registration_edit", made.pk), "capacity": "7"}
    sent.update(takes_registrations="on", has_waiting_list="on")
    actor.post("registration_edit", made.pk, **sent)
    return Occasion.objects.get(pk=made.pk).capacity == 7


@action("call off an event")
def call_off(actor: Actor) -> bool:
    made = occasion()
    actor.post("registration_call_off", made.pk, reason="天气原因")
    return Occasion.objects.get(pk=made.pk).is_cancelled


@action("export registrations for events")
def export(actor: Actor) -> bool:
    made = occasion()
    registered(made)
    answer = actor.client.post(f"/admin/registrations/{made.pk}/export/", {"as": "csv"})
    return answer.status_code == 200 and "某甲1" in answer.text


@action("cancel a registration for an event")
def cancel(actor: Actor) -> bool:
    one = registered(occasion())
    actor.post("registration_step", one.pk, "cancel")
    return Registration.objects.get(pk=one.pk).status == "cancelled"


@action("register somebody at the door of an event")
def walk_in(actor: Actor) -> bool:
    made = occasion()
    actor.post("registration_walk_in", made.pk, name="某乙", consent="on")
    return made.registrations.filter(name="某乙").exists()
