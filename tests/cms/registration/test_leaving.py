"""Leaving, moving up, coming, and being forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from archive.worker import registered_steps
from cms.models.occasions import Occasion, Registration
from cms.registration import coming, errors, forgetting, leaving, occasions, running
from cms.registration.occasions import Told
from tests.cms.registration.building import occasion, registered, statuses
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(of: Occasion) -> Told:
    return Told(of.title, of.starts_at, of.ends_at, of.place, of.url, of.is_public)


def test_exactly_one_moves_up_for_one_who_leaves() -> None:
    made = occasion(capacity=2)
    people = [registered(made, n) for n in range(5)]
    assert leaving.place_in_line(people[4]) == 3
    leaving.cancel(people[0].pk)
    leaving.cancel(people[0].pk)
    after = ["cancelled", "confirmed", "confirmed", "waiting", "waiting"]
    assert statuses(made) == after
    people[2].refresh_from_db()
    assert people[2].moved_up_at is not None
    assert leaving.place_in_line(people[4]) == 2


def test_who_leaves_the_line_moves_nobody_up() -> None:
    made = occasion(capacity=1)
    people = [registered(made, n) for n in range(3)]
    leaving.cancel(people[1].pk)
    assert statuses(made) == ["confirmed", "cancelled", "waiting"]


def test_with_more_places_as_many_move_up() -> None:
    made = occasion(capacity=1)
    for number in range(4):
        registered(made, number)
    running.change(made.pk, {"capacity": 3}, None)
    assert statuses(made) == ["confirmed"] * 3 + ["waiting"]
    running.change(made.pk, {"capacity": None}, None)
    assert statuses(made) == ["confirmed"] * 4


def test_with_fewer_places_nobody_loses_theirs_and_nobody_moves_up() -> None:
    made = occasion(capacity=3)
    people = [registered(made, n) for n in range(4)]
    running.change(made.pk, {"capacity": 1}, None)
    leaving.cancel(people[0].pk)
    assert statuses(made) == ["cancelled", "confirmed", "confirmed", "waiting"]


def test_nobody_is_called_to_what_has_begun_but_may_be_let_in_by_hand() -> None:
    made = occasion(capacity=1)
    people = [registered(made, n) for n in range(3)]
    begun = timezone.now() - timedelta(minutes=5)
    Occasion.objects.filter(pk=made.pk).update(starts_at=begun)
    with pytest.raises(errors.NoPlace):
        leaving.move_up_one(people[2].pk)
    leaving.cancel(people[0].pk)
    assert statuses(made) == ["cancelled", "waiting", "waiting"]
    leaving.move_up_one(people[2].pk)
    assert statuses(made) == ["cancelled", "waiting", "confirmed"]
    with pytest.raises(errors.NotWaiting):
        leaving.move_up_one(people[2].pk)


def test_one_is_checked_in_once_and_it_can_be_undone() -> None:
    user, other = UserFactory.create(), UserFactory.create()
    one = registered(occasion())
    first = coming.check_in(one.pk, user)
    again = coming.check_in(one.pk, other)
    assert again.checked_in_at == first.checked_in_at
    assert again.checked_in_by == user
    with pytest.raises(errors.CheckedIn):
        leaving.cancel(one.pk)
    assert coming.undo(one.pk).checked_in_at is None


def test_who_waits_or_has_cancelled_is_not_checked_in() -> None:
    made = occasion(capacity=1)
    first, second = registered(made, 1), registered(made, 2)
    with pytest.raises(errors.NotConfirmed, match="候补"):
        coming.check_in(second.pk, None)
    leaving.cancel(first.pk)
    with pytest.raises(errors.NotConfirmed, match="已取消"):
        coming.check_in(first.pk, None)


def test_what_is_kept_no_longer_is_deleted_by_the_worker() -> None:
    made = occasion(keep_days=1)
    kept, old = registered(made, 1), registered(made, 2)
    yesterday = timezone.localdate() - timedelta(days=1)
    Registration.objects.filter(pk=old.pk).update(keep_until=yesterday)
    Registration.objects.filter(pk=kept.pk).update(keep_until=timezone.localdate())
    registered_steps()["registrations"].next = 0.0  # type: ignore[attr-defined]
    assert registered_steps()["registrations"]() == 1
    assert list(Registration.objects.all()) == [kept]


def test_the_promised_days_count_from_the_end_also_when_it_moves() -> None:
    made = occasion(keep_days=30)
    one = registered(made)
    later = replace(
        told(made),
        starts_at=made.starts_at + timedelta(days=7),
        ends_at=made.ends_at + timedelta(days=7),
    )
    moved = occasions.tell(made.pk, later)
    one.refresh_from_db()
    assert one.keep_until == timezone.localdate(moved.ends_at) + timedelta(days=30)
    assert moved.sequence == made.sequence + 1


def test_fewer_days_count_for_all_and_more_only_for_those_who_come() -> None:
    made = occasion(keep_days=30)
    one = registered(made, 1)
    end = timezone.localdate(made.ends_at)
    running.change(made.pk, {"keep_days": 90}, None)
    two = registered(made, 2)
    one.refresh_from_db()
    assert (one.keep_until, two.keep_until) == (
        end + timedelta(days=30),
        end + timedelta(days=90),
    )
    running.change(made.pk, {"keep_days": 10}, None)
    assert {row.keep_until for row in made.registrations.all()} == {
        end + timedelta(days=10)
    }
    assert forgetting.forget() == 0


def test_what_those_who_run_it_change_is_logged_without_anybodys_name() -> None:
    user = UserFactory.create()
    made = occasion()
    one = registered(made)
    running.change(made.pk, {"capacity": 5}, user)
    running.change(made.pk, {"capacity": 5}, user)
    running.call_off(made.pk, "场地检修", user)
    running.take_back(made.pk, user)
    entries = ModelLogEntry.objects.filter(object_id=str(made.pk))
    assert [entry.action for entry in entries.order_by("pk")] == [
        "wagtail.edit",
        "registration.call_off",
        "registration.take_back",
    ]
    assert one.name not in str([(entry.label, entry.data) for entry in entries])
