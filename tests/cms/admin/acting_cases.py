"""What people do with kinds of disputes and with the texts of cases; see ``acting``."""

from cms.models import DisputeType, PersonalDataClearance, User
from tests.cms.admin.acting import ACTIONS, Actor, action
from tests.cms.cases.building import draft, index
from tests.factories import UserFactory

__all__ = ["ACTIONS"]


def _clears(actor: Actor, author: User | None = None) -> bool:
    page = index().add_child(instance=draft(live=False))
    revision = page.save_revision(user=author or UserFactory.create())
    sent = {"revision": revision.pk, "note": "逐段读过。"}
    actor.post("editing_personal_data", page.pk, **sent)
    return PersonalDataClearance.objects.filter(page=page.pk, by=actor.user).exists()


@action("clear another's case of personal data")
def clear_another_s(actor: Actor) -> bool:
    return _clears(actor)


@action("clear one's own case of personal data")
def clear_one_s_own(actor: Actor) -> bool:
    return _clears(actor, actor.user)


@action("add a kind of dispute")
def add_kind(actor: Actor) -> bool:
    actor.post("wagtailsnippets_cms_disputetype:add", name="新的一类", position="1")
    return DisputeType.objects.filter(name="新的一类").exists()


@action("delete a kind of dispute")
def delete_kind(actor: Actor) -> bool:
    one = DisputeType.objects.create(name="不用的一类")
    actor.post("wagtailsnippets_cms_disputetype:delete", one.pk)
    return not DisputeType.objects.filter(pk=one.pk).exists()
