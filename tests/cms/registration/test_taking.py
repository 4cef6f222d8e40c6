"""Who gets a place, who waits, and what is refused."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from archive import generation
from cms.models.occasions import Registration
from cms.registration import coming, errors, leaving, numbers, occasions, taking
from cms.registration.occasions import Told
from cms.registration.people import Person
from tests.cms.registration.building import occasion, person, registered, statuses
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def test_places_are_given_in_order_and_then_people_wait() -> None:
    made = occasion(capacity=2)
    for number in range(1, 4):
        registered(made, number)
    assert statuses(made) == ["confirmed", "confirmed", "waiting"]
    turns = made.registrations.order_by("pk").values_list("turn", flat=True)
    assert list(turns) == [1, 2, 3]


def test_while_somebody_waits_a_free_place_is_not_given_to_who_comes_later() -> None:
    made = occasion(capacity=1)
    registered(made, 1)
    registered(made, 2)
    type(made).objects.filter(pk=made.pk).update(capacity=2)
    assert registered(made, 3).status == "waiting"


@pytest.mark.parametrize(
    ("fields", "error", "told"),
    [
        ({"takes_registrations": False}, errors.NotTaken, "不用报名"),
        (
            {"opens_at": timezone.now() + timedelta(days=1)},
            errors.NotYetOpen,
            "尚未开始",
        ),
        ({"closes_at": timezone.now() - timedelta(days=1)}, errors.Closed, "截止"),
        (
            {
                "starts_at": timezone.now() - timedelta(days=2),
                "ends_at": timezone.now() - timedelta(days=1),
            },
            errors.Over,
            "已经结束",
        ),
        (
            {"is_cancelled": True, "cancel_reason": "场地检修"},
            errors.CalledOff,
            "场地检修",
        ),
    ],
)
def test_when_nobody_is_taken_it_is_said_why(
    fields: dict[str, Any], error: type[Exception], told: str
) -> None:
    made = occasion(**fields)
    with pytest.raises(error, match=told):
        registered(made)
    assert not Registration.objects.exists()


def test_without_a_waiting_list_full_is_full() -> None:
    made = occasion(capacity=1, has_waiting_list=False)
    registered(made, 1)
    with pytest.raises(errors.Full):
        registered(made, 2)


def test_the_same_person_is_refused_politely_without_the_number() -> None:
    made = occasion()
    first = registered(made)
    same = Person("某甲１ ", "另一单位", "+86 138-0000-0001")
    with pytest.raises(errors.AlreadyRegistered) as refused:
        taking.take(made.pk, same)
    assert first.number not in str(refused.value)
    # Another of the same family or office is another person.
    taking.take(made.pk, person(1, name="某乙"))
    assert made.registrations.count() == 2


def test_who_has_cancelled_may_come_back_at_the_end() -> None:
    made = occasion(capacity=1)
    first = registered(made, 1)
    registered(made, 2)
    leaving.cancel(first.pk)
    assert registered(made, 1).status == "waiting"
    assert statuses(made) == ["cancelled", "confirmed", "waiting"]


def test_the_form_that_comes_twice_is_one_and_after_cancelling_another() -> None:
    made = occasion()
    form = taking.digest("stamp", "某甲")
    first = taking.take(made.pk, person(), sent_as=form)
    assert taking.take(made.pk, person(), sent_as=form) == first
    leaving.cancel(first.pk)
    assert taking.take(made.pk, person(), sent_as=form) != first


def test_what_was_consented_to_and_until_when_it_is_kept_is_written_down() -> None:
    made = occasion(keep_days=30)
    one = registered(made)
    assert made.consent in one.consent
    assert "30 天" in one.consent
    ends = timezone.localdate(made.ends_at)
    assert one.keep_until == ends + timedelta(days=30)


def test_a_list_is_registered_whole_or_not_at_all() -> None:
    made = occasion(capacity=3, has_waiting_list=False)
    registered(made, 1)
    with pytest.raises(errors.TooFewLeft, match="只余 2 个名额"):
        taking.take_group(made.pk, [person(n) for n in (2, 3, 4)], liaison="某乙")
    with pytest.raises(errors.SomeRegistered, match="某甲1"):
        taking.take_group(made.pk, [person(n) for n in (2, 1)], liaison="某乙")
    assert made.registrations.count() == 1
    people = [person(n) for n in (2, 3)]
    group = taking.take_group(made.pk, people, liaison="某乙", sent_as="x")
    assert [one.turn for one in group] == [2, 3]
    assert len({one.group for one in group}) == 1
    assert taking.take_group(made.pk, people, liaison="某乙", sent_as="x") == group


def test_a_long_list_fills_the_places_and_then_the_line() -> None:
    made = occasion(capacity=2)
    taking.take_group(made.pk, [person(n) for n in range(1, 5)], liaison="某乙")
    assert statuses(made) == ["confirmed"] * 2 + ["waiting"] * 2


def test_who_stands_at_the_door_comes_in_while_there_is_a_place() -> None:
    now = timezone.now()
    made = occasion(
        capacity=1, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    with pytest.raises(errors.Closed):
        registered(made, 1)
    assert taking.walk_in(made.pk, person(1, contact="")).status == "confirmed"
    with pytest.raises(errors.NoPlace):
        taking.walk_in(made.pk, person(2))


@pytest.mark.parametrize(
    ("known", "given", "same"),
    [
        ("13800000001", "138 0000 0001", True),
        ("13800000001", "+86-138-0000-0001", True),
        ("0575-1234567", "05751234567", True),
        ("Jia@example.org", "jia@EXAMPLE.org", True),
        ("13800000001", "13800000002", False),
        ("jia@example.org", "yi@example.org", False),
        ("", "", False),
    ],
)
def test_a_number_and_the_contact_find_it_however_it_is_typed(
    known: str, given: str, same: bool
) -> None:
    one = registered(occasion(), contact=known)
    typed = f" {one.number.lower().replace('-', ' ')}"
    assert numbers.find(typed, given) == (one if same else None)


def test_pages_are_told_when_seats_change(
    django_capture_on_commit_callbacks: Any,
) -> None:
    made = occasion(capacity=1)
    changes: list[Callable[[], object]] = [
        lambda: registered(made, 1),
        lambda: leaving.cancel(made.registrations.get().pk),
    ]
    for change in changes:
        before = generation.current()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        assert generation.current() != before
    one = registered(made, 3)
    before = generation.current()
    with django_capture_on_commit_callbacks(execute=True):
        coming.check_in(one.pk, None)
    assert generation.current() == before


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_ten_get_the_ten_places() -> None:
    made = occasion(capacity=10)
    assert at_once(lambda n: registered(made, n), 50) == []
    assert statuses(made) == ["confirmed"] * 10 + ["waiting"] * 40
    turns = made.registrations.order_by("turn").values_list("turn", flat=True)
    assert list(turns) == list(range(1, 51))


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_ten_times_at_once_is_one_registration() -> None:
    made = occasion(capacity=1)
    taken: list[int] = []
    failures = at_once(
        lambda _n: taken.append(taking.take(made.pk, person(), sent_as="form").pk), 10
    )
    assert failures == []
    assert len(set(taken)) == 1
    assert made.registrations.count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_for_each_who_leaves_one_moves_up_in_order_also_at_once() -> None:
    made = occasion(capacity=10)
    for number in range(20):
        registered(made, number)
    leave = list(made.registrations.filter(turn__lte=5).values_list("pk", flat=True))

    def work(number: int) -> None:
        # Each leaves twice; others come meanwhile.
        if number < 10:
            leaving.cancel(leave[number // 2])
        else:
            registered(made, 100 + number)

    assert at_once(work, 15) == []
    assert statuses(made) == ["cancelled"] * 5 + ["confirmed"] * 10 + ["waiting"] * 10
    if connection.vendor == "postgresql":
        assert made.registrations.count() == 25


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_who_registers_and_who_publishes_do_not_wait_for_one_another() -> None:
    """Publishing holds the token of the pages and comes to the occasion then."""
    made = occasion(capacity=4)
    said = Told(made.title, made.starts_at, made.ends_at, "", made.url, True)

    def work(number: int) -> None:
        if number % 3:
            registered(made, number)
            return
        with transaction.atomic():
            generation.renew(generation.SITE)
            occasions.tell(made.pk, replace(said, place=f"{number} 号厅"))

    assert at_once(work, 15) == []
    assert statuses(made) == ["confirmed"] * 4 + ["waiting"] * 6


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_nobody_is_both_there_and_gone() -> None:
    made = occasion()
    people = [registered(made, number) for number in range(8)]

    def work(number: int) -> None:
        one = people[number // 2]
        with contextlib.suppress(errors.CheckedIn, errors.NotConfirmed):
            if number % 2:
                leaving.cancel(one.pk)
            else:
                coming.check_in(one.pk, None)

    assert at_once(work, 16) == []
    for one in made.registrations.all():
        assert (one.status == "cancelled") is (one.checked_in_at is None)
