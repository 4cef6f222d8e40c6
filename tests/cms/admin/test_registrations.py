"""The screens of those who run events and classes."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from cms.models.occasions import Occasion, Registration
from cms.registration import coming, taking
from cms.registration.people import Person
from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.screens import (
    DATA,
    OWN_NAMES,
    let_in,
    lines_in_chinese,
    lines_in_latin,
)
from tests.cms.registration.building import occasion, registered, statuses
from tests.factories import (
    ADMINISTRATOR,
    EDITOR,
    UserFactory,
)

ORGANISER, TRAINER = "组织者 organiser", "教师 trainer"
CLASS = Occasion.Kind.CLASS


class World:
    """An event and a class, each with somebody who comes and one who waits."""

    def __init__(self) -> None:
        words: dict[str, Any] = {"title": "Title", "place": "Text", "consent": "Text"}
        self.event = occasion(capacity=1, **words)
        self.klass = occasion(CLASS, capacity=1, **words)
        self.coming: list[Registration] = []
        for made in (self.event, self.klass):
            for name in ("Name", "Text"):
                person = Person(name, "Source", "13800000000")
                one = taking.take(made.pk, person, liaison="Name")
                # Without letters, which would be words of a language.
                one.number = f"23456-7892{len(self.coming)}"
                one.save(update_fields=["number"])
                self.coming.append(one)


def to(name: str, which: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[getattr(world, which).pk])


SCREENS: dict[str, tuple[Callable[[World], str], str]] = {
    "occasions": (
        lambda _world: reverse("registration_occasions"),
        "organiser trainer admin",
    ),
    "event": (to("registration_occasion", "event"), "organiser admin"),
    "class": (to("registration_occasion", "klass"), "trainer admin"),
    "settings of an event": (to("registration_edit", "event"), "organiser admin"),
    "settings of a class": (to("registration_edit", "klass"), "trainer admin"),
    "call off": (to("registration_call_off", "event"), "organiser admin"),
    "walk in": (to("registration_walk_in", "event"), "organiser admin"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_those_groups_only_that_work_with_it(
    client_of: ClientOf, screen: str
) -> None:
    address, groups = SCREENS[screen]
    world = World()
    assert let_in(client_of, address(world)) == set(groups.split())


@pytest.mark.parametrize("screen", SCREENS)
def test_nobody_gets_anywhere_without_signing_in(groups: None, screen: str) -> None:
    response = Client().get(SCREENS[screen][0](World()))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_chinese(client_of: ClientOf, screen: str) -> None:
    response = client_of(ADMINISTRATOR).get(SCREENS[screen][0](World()))
    assert response.status_code == 200
    assert not lines_in_latin(response, DATA)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_english_to_an_english_reader(
    client_of: ClientOf, screen: str
) -> None:
    response = client_of(ADMINISTRATOR, language="en").get(SCREENS[screen][0](World()))
    assert response.status_code == 200
    assert not lines_in_chinese(response) - OWN_NAMES


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"某甲1", "某甲2", "某甲3"}),
        ("status=confirmed", {"某甲1", "某甲2"}),
        ("status=waiting", {"某甲3"}),
        ("status=there", {"某甲1"}),
        ("status=absent", {"某甲2"}),
        ("q=某甲2", {"某甲2"}),
        ("q=13800000003", {"某甲3"}),
        ("q=nobody", set()),
    ],
)
def test_the_list_is_filtered_and_searched(
    client_of: ClientOf, query: str, names: set[str]
) -> None:
    made = occasion(capacity=2)
    people = [registered(made, n) for n in (1, 2, 3)]
    coming.check_in(people[0].pk, None)
    client = client_of(ORGANISER)
    page = client.get(f"{reverse('registration_occasion', args=[made.pk])}?{query}")
    assert {one.name for one in page.context["people"]} == names
    found = client.get(
        f"{reverse('registration_occasion', args=[made.pk])}?q={people[1].number}"
    )
    assert [one.pk for one in found.context["people"]] == [people[1].pk]


def test_occasions_are_listed_by_kind_and_time(client_of: ClientOf) -> None:
    past = timezone.now() - timedelta(days=3)
    occasion(title="将来的活动")
    occasion(title="过去的活动", starts_at=past, ends_at=past + timedelta(hours=1))
    occasion(CLASS, title="班次一期")
    client = client_of(ADMINISTRATOR)
    for query, told in (
        ("", {"将来的活动", "班次一期"}),
        ("?kind=event", {"将来的活动"}),
        ("?when=past", {"过去的活动"}),
        ("?when=all&q=活动", {"将来的活动", "过去的活动"}),
    ):
        page = client.get(reverse("registration_occasions") + query)
        assert {one.title for one, _places in page.context["rows"]} == told, query


def test_lists_cost_as_many_queries_for_many_as_for_few(client_of: ClientOf) -> None:
    client = client_of(ORGANISER)
    made = occasion(capacity=3)
    addresses = [
        reverse("registration_occasions"),
        reverse("registration_occasion", args=[made.pk]),
    ]
    registered(made, 0)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = [cost(address) for address in addresses]
    user = UserFactory.create()
    for number in range(1, 9):
        one = registered(made, number)
        registered(occasion(), number)
        if one.status == "confirmed":
            coming.check_in(one.pk, user)
    assert [cost(address) for address in addresses] == before


def test_more_places_are_filled_at_once_and_what_is_wrong_is_told(
    client_of: ClientOf,
) -> None:
    made = occasion(capacity=1)
    for number in range(3):
        registered(made, number)
    client = client_of(ORGANISER)
    address = reverse("registration_edit", args=[made.pk])
    sent = {
        "takes_registrations": "on",
        "capacity": "2",
        "has_waiting_list": "on",
        "opens_at": "",
        "closes_at": "2999-01-01 10:00",
        "consent": made.consent,
        "keep_days": "30",
    }
    wrong = client.post(address, sent)
    assert "报名截止不能晚于结束时间" in wrong.text
    assert statuses(made) == ["confirmed", "waiting", "waiting"]
    assert client.post(address, {**sent, "closes_at": ""}).status_code == 302
    assert statuses(made) == ["confirmed", "confirmed", "waiting"]


def steps(client: Client, one: Registration, *names: str) -> None:
    for name in names:
        address = reverse("registration_step", args=[one.pk, name])
        assert client.get(address).status_code == 405
        assert client.post(address).status_code == 302


def test_each_step_is_done_and_logged_by_the_number_alone(
    client_of: ClientOf,
) -> None:
    made = occasion(capacity=1)
    first, second = registered(made, 1), registered(made, 2)
    client = client_of(ORGANISER)
    steps(client, first, "check-in", "undo", "cancel")
    assert statuses(made) == ["cancelled", "confirmed"]
    steps(client, second, "check-in", "cancel")
    assert statuses(made) == ["cancelled", "confirmed"], "who is there stays"
    entries = ModelLogEntry.objects.filter(action__startswith="registration.")
    assert [one.action for one in entries.order_by("pk")] == [
        "registration.check_in",
        "registration.undo",
        "registration.cancel",
        "registration.check_in",
    ]
    assert {one.label for one in entries} == {first.number, second.number}


def test_who_waits_is_moved_up_by_hand_once_there_is_a_place(
    client_of: ClientOf,
) -> None:
    made = occasion(capacity=1)
    people = [registered(made, n) for n in range(3)]
    client = client_of(ORGANISER)
    steps(client, people[2], "move-up")
    assert statuses(made) == ["confirmed", "waiting", "waiting"]
    Occasion.objects.filter(pk=made.pk).update(capacity=2)
    steps(client, people[2], "move-up")
    assert statuses(made) == ["confirmed", "waiting", "confirmed"]


def test_who_walks_in_is_registered_and_there(client_of: ClientOf) -> None:
    made = occasion(capacity=1)
    client = client_of(ORGANISER)
    address = reverse("registration_walk_in", args=[made.pk])
    asked = {"name": "某乙", "check_in": "on"}
    assert "请先告知本人" in client.post(address, asked).text
    client.post(address, {**asked, "consent": "on"})
    assert made.registrations.get().checked_in_at is not None
    full = client.post(address, {**asked, "name": "某丙", "consent": "on"})
    assert "名额已满" in full.text


def test_called_off_and_back_again(client_of: ClientOf) -> None:
    made = occasion()
    client = client_of(ORGANISER)
    client.post(
        reverse("registration_call_off", args=[made.pk]), {"reason": "天气原因"}
    )
    made.refresh_from_db()
    assert (made.is_cancelled, made.cancel_reason) == (True, "天气原因")
    client.post(reverse("registration_take_back", args=[made.pk]))
    made.refresh_from_db()
    assert not made.is_cancelled


FORMULA = '=HYPERLINK("http://x","y")'


def exported(client: Client, made: Occasion, suffix: str, query: str = "") -> Any:
    address = reverse("registration_export", args=[made.pk])
    assert client.get(address).status_code == 405
    return client.post(f"{address}?{query}", {"as": suffix})


def test_the_list_goes_out_as_csv_and_xlsx_without_formulas_and_is_logged(
    client_of: ClientOf,
) -> None:
    made = occasion(capacity=1)
    registered(made, 1, name=FORMULA, unit="@SUM(1)")
    registered(made, 2)
    client = client_of(ORGANISER)
    table = exported(client, made, "csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert len(rows) == 3
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)
    assert "HYPERLINK" in rows[1][1]
    book = load_workbook(
        io.BytesIO(exported(client, made, "xlsx", "status=waiting").content)
    )
    sheet = list(book.active.iter_rows())
    assert [cell.value for cell in sheet[1]][1] == "某甲2"
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    entries = ModelLogEntry.objects.filter(action="registration.export").order_by("pk")
    assert [one.data["count"] for one in entries] == [2, 1]


def test_at_the_door_a_code_is_read_once(client_of: ClientOf) -> None:
    one = registered(occasion())
    address = reverse("check-in", args=[one.number])
    staff = client_of(ORGANISER)
    page = staff.get(address)
    assert "某甲1" in page.text
    assert "样本单位" in page.text
    assert one.contact not in page.text
    assert "签到成功" in staff.post(address, follow=True).text
    again = staff.post(address, follow=True).text
    assert "已于" in again
    assert "签到成功" not in again
    assert ModelLogEntry.objects.filter(action="registration.check_in").count() == 1
    typed = staff.post(reverse("check-in-box"), {"number": one.number.lower()})
    assert typed["Location"] == address
    assert "没有这个查询号" in staff.post(reverse("check-in-box"), {"number": "X"}).text


def test_who_waits_is_not_let_in_by_the_code(client_of: ClientOf) -> None:
    made = occasion(capacity=1)
    registered(made, 1)
    two = registered(made, 2)
    staff = client_of(ORGANISER)
    address = reverse("check-in", args=[two.number])
    assert "没有名额" in staff.get(address).text
    assert "不能签到" in staff.post(address).text
    two.refresh_from_db()
    assert two.checked_in_at is None


def test_to_everybody_else_all_codes_are_alike(client_of: ClientOf) -> None:
    one = registered(occasion())
    absent = "ZZZZZ-ZZZZZ"
    for client, status in ((Client(), 200), (client_of(EDITOR), 404)):
        for method in (client.get, client.post):
            there = method(reverse("check-in", args=[one.number]))
            missing = method(reverse("check-in", args=[absent]))
            assert there.status_code == missing.status_code == status
            assert there.text.replace(one.number, absent) == missing.text
    one.refresh_from_db()
    assert one.checked_in_at is None
    assert client_of(TRAINER).get(
        reverse("check-in", args=[one.number])
    ).status_code == (404)
