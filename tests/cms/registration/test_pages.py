"""The pages on which people sign up, look it up, and leave."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from cms.forms.registration import OF_A_HALL, RegistrationForm
from cms.models import VisitCount
from cms.models.occasions import Occasion, Registration
from cms.registration import leaving, mine, occasions, taking
from cms.visits import counting
from tests.cms.registration.asking import send, sent, stamp_of
from tests.cms.registration.building import occasion, person, registered, statuses

pytestmark = pytest.mark.django_db

ASKED = {
    "name": "某甲",
    "unit": "样本单位",
    "contact": "138 0000 0000",
    "consent": "on",
}


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def form_of(made: Occasion) -> str:
    return reverse("registration", args=[made.uid])


def mine_of(one: Registration) -> str:
    return reverse("registration-mine", args=[one.number])


def test_who_signs_up_gets_a_number_and_a_code(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion(capacity=2)
    shown = client.get(form_of(made)).text
    assert "还有 2 个名额" in shown
    assert made.consent in shown
    assert "90 天" in shown
    answer = send(client, monkeypatch, form_of(made), **ASKED)
    one = Registration.objects.get()
    done = reverse("registration-done", args=[made.uid, one.number])
    assert (answer.status_code, answer["Location"]) == (302, done)
    page = client.get(done)
    assert one.number in page.text
    assert "<svg" in page.text
    assert "某甲" not in page.text
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "请写姓名"),
        ({"contact": ""}, "请写电话或电子邮箱"),
        ({"contact": "找我"}, "请写电话号码"),
        ({"consent": ""}, "需要您同意"),
        ({"website": "http://x"}, "留空"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    told: str,
) -> None:
    answer = send(client, monkeypatch, form_of(occasion()), **{**ASKED, **change})
    assert answer.status_code == 200
    assert told in answer.text
    assert 'role="alert"' in answer.text
    assert 'value="样本单位"' in answer.text
    assert not Registration.objects.exists()


def test_the_form_that_comes_twice_leads_to_the_same_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion()
    data = {**ASKED, "stamp": stamp_of(client.get(form_of(made)).text)}
    first, second = (sent(client, monkeypatch, form_of(made), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Registration.objects.count() == 1


def test_who_is_on_the_list_is_told_so_without_the_number(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion()
    send(client, monkeypatch, form_of(made), **ASKED)
    again = send(client, monkeypatch, form_of(made), **ASKED)
    assert "已经报过名" in again.text
    assert Registration.objects.get().number not in again.text


def test_a_hall_full_of_people_behind_one_address_is_not_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion()
    assert OF_A_HALL >= 240
    for number in range(60):
        fields = {**ASKED, "contact": f"139{number:08d}"}
        answer = send(client, monkeypatch, form_of(made), **fields)
        assert answer.status_code == 302, number
    monkeypatch.setattr(RegistrationForm, "most_an_hour", 60)
    assert "次数太多" in send(client, monkeypatch, form_of(made), **ASKED).text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"capacity": 1}, "登记候补"),
        ({"capacity": 1, "has_waiting_list": False}, "不接受候补"),
        ({"takes_registrations": False}, "不用报名"),
        ({"is_cancelled": True, "cancel_reason": "场地检修"}, "场地检修"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "已经截止"),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "开始。"),
    ],
)
def test_the_page_says_what_one_can_do_now(
    client: Client, fields: dict[str, object], told: str
) -> None:
    made = occasion()
    registered(made)
    Occasion.objects.filter(pk=made.pk).update(**fields)
    page = client.get(form_of(made))
    assert page.status_code == 200
    assert told in page.text
    assert ('name="contact"' in page.text) is (told == "登记候补")


def test_what_is_not_public_answers_as_what_does_not_exist(client: Client) -> None:
    hidden = occasion(is_public=False, title="未公开的一场")
    one = Registration.objects.create(
        occasion=hidden,
        number="ABCDE-23456",
        turn=1,
        status="confirmed",
        name="某甲",
        contact="1",
        group="G",
        keep_until=timezone.localdate(),
    )
    for name, args in (
        ("registration", []),
        ("registration-ics", []),
        ("registration-group", []),
        ("registration-template", []),
        ("registration-done", [one.number]),
        ("registration-group-done", ["G"]),
    ):
        for method in (client.get, client.post):
            there = method(reverse(name, args=[hidden.uid, *args]))
            absent = method(reverse(name, args=[uuid.UUID(int=0), *args]))
            assert there.status_code == absent.status_code == 404, name
            uid = str(hidden.uid)
            assert there.text.replace(uid, str(uuid.UUID(int=0))) == absent.text


def test_number_and_contact_lead_to_the_registration(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = registered(occasion())
    find = reverse("registration-find")
    typed = one.number.lower().replace("-", "")
    found = send(client, monkeypatch, find, number=typed, contact="138-0000-0001")
    assert found["Location"] == mine_of(one)
    wrong = send(client, monkeypatch, find, number=typed, contact="13900000000")
    absent = send(
        client, monkeypatch, find, number="ZZZZZ-ZZZZZ", contact="13900000000"
    )
    assert "没有找到" in wrong.text
    assert "没有找到" in absent.text


def test_who_waits_sees_their_place_in_the_line_and_moves_up(client: Client) -> None:
    made = occasion(capacity=1)
    people = [registered(made, n) for n in range(3)]
    assert "排在第 2 位" in client.get(mine_of(people[2])).text
    leaving.cancel(people[0].pk)
    assert "由候补递补" in client.get(mine_of(people[1])).text
    assert "排在第 1 位" in client.get(mine_of(people[2])).text
    assert "某甲" not in client.get(mine_of(people[2])).text


def test_to_leave_takes_the_contact_and_a_second_step(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion(capacity=1)
    one, _two = registered(made, 1), registered(made, 2)
    client.get(mine_of(one) + "?cancel")
    wrong = send(client, monkeypatch, mine_of(one), contact="13900000000")
    assert "与报名时写的不同" in wrong.text
    assert statuses(made) == ["confirmed", "waiting"]
    left = send(client, monkeypatch, mine_of(one), contact=one.contact)
    assert left["Location"] == mine_of(one)
    assert statuses(made) == ["cancelled", "confirmed"]
    after = client.get(mine_of(one)).text
    assert "报名已取消" in after
    assert "确认取消" not in after


def test_called_off_it_says_so_to_everybody_registered(client: Client) -> None:
    made = occasion()
    one = registered(made)
    occasions.call_off(made.pk, "天气原因")
    page = client.get(mine_of(one)).text
    assert "这一场已取消" in page
    assert "天气原因" in page
    assert "<svg" not in page.partition('id="h-ticket"')[2].partition("</section>")[0]


def test_other_parts_of_the_site_add_to_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = registered(occasion())

    def panel(of: Registration, request: HttpRequest) -> SafeString | str:
        if of != one:
            return ""
        return mark_safe(f"<p>课程 {request.path}</p>")  # noqa: S308

    monkeypatch.setattr(mine, "_panels", [])
    mine.register_panel(panel)
    mine.register_panel(panel)
    mine.register_panel(lambda _of, _request: "<script>")
    shown = client.get(mine_of(one)).text
    assert shown.count(f"<p>课程 {mine_of(one)}</p>") == 1
    assert "&lt;script&gt;" in shown
    assert "课程" not in client.get(mine_of(registered(one.occasion, 2))).text


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_pages_stay_in_the_readers_language(
    client: Client, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    made = occasion()
    answer = send(client, monkeypatch, prefix + form_of(made), **ASKED)
    assert answer["Location"].startswith(f"{prefix}/registration/")
    page = client.get(answer["Location"])
    assert page.status_code == 200
    # The code leads to one address, whatever is being read.
    one = Registration.objects.get()
    assert client.get(f"{prefix}/registration/mine/{one.number}/").status_code == 200


def test_pages_with_a_number_are_not_counted_and_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion()
    one = registered(made)
    Registration.objects.update(group="GGGGGGGGGGGGGGGG")
    browser = {"User-Agent": "Mozilla/5.0"}
    for address in (
        mine_of(one),
        reverse("registration-done", args=[made.uid, one.number]),
        reverse("registration-group-done", args=[made.uid, "G" * 16]),
        reverse("check-in", args=[one.number]),
    ):
        answer = client.get(address, headers=browser)
        assert answer.status_code == 200, address
        assert "no-store" in answer["Cache-Control"]
    client.get(form_of(made), headers=browser)
    counting.flush()
    paths = set(VisitCount.objects.values_list("path", flat=True))
    assert form_of(made) in paths
    assert not [path for path in paths if one.number in path or "G" * 16 in path]


def test_pages_cost_as_many_queries_for_many_as_for_few(client: Client) -> None:
    made = occasion(capacity=3)
    people = [person(number) for number in range(2)]
    group = taking.take_group(made.pk, people, liaison="某乙")
    last = registered(made, 50)
    addresses = [
        form_of(made),
        mine_of(last),
        reverse("registration-group", args=[made.uid]),
        reverse("registration-group-done", args=[made.uid, group[0].group]),
    ]

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = [cost(address) for address in addresses]
    for number in range(60, 70):
        registered(made, number)
    Registration.objects.filter(turn__gt=5).update(group=group[0].group)
    assert [cost(address) for address in addresses] == before
