"""The visit page, and the requests of groups from the form to the last deletion."""

import re
import time
from datetime import date, timedelta
from datetime import time as clock
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from archive.worker import registered_steps
from cms import bookings, housekeeping, opening
from cms.forms.booking import BookingForm, LookUpForm
from cms.models import GroupBooking, VisitPage
from cms.visits import counting
from tests.cms.admin.acting_visits import booked
from tests.cms.admin.conftest import ClientOf
from tests.cms.exhibitions.building import block, visit_page
from tests.factories import ADMINISTRATOR

pytestmark = pytest.mark.django_db
FORM, ANSWER = "/visit/booking/", "/visit/booking/answer/"
HOURS = {"days": ["1", "2"], "opens": "09:00", "closes": "11:30", "last_entry": None}


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def page() -> VisitPage:
    return visit_page(takes_bookings=True, most_people=40, keep_days=10, lead_days=2)


def asked(**changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=5)
    usual = {
        "unit": "样本学校",
        "contact": "甲老师",
        "phone": "0000-1234567",
        "day": day.isoformat(),
        "people": "30",
        "needs": "轮椅一辆",
        "consent": "on",
    }
    return {**usual, **changes}


def stamp(client: Client, address: str = FORM) -> str:
    page = client.get(address).content.decode()
    (found,) = re.findall(r'name="stamp" value="([^"]+)"', page)
    return found


def send(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    sent: dict[str, Any],
    address: str = FORM,
    seconds: float = 30,
) -> Any:
    """As a person does: the form is opened, and sent ``seconds`` later."""
    mark = stamp(client, address)
    now = time.time
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: now() + seconds)
        return client.post(address, {"stamp": mark, "website": "", **sent})


def test_what_is_not_filled_in_is_not_shown(client: Client) -> None:
    visit_page()
    page = client.get("/visit/").content.decode()
    for told in ("开放时间", "交通", "须知", "团体预约", "地址与联系", "星期一"):
        assert told not in page
    assert "尚未公布" in page
    assert client.get(FORM).status_code == 404


def test_hours_stand_by_weekday_with_their_exceptions(client: Client) -> None:
    today = timezone.localdate()
    gone = {"first": str(today - timedelta(days=3)), "last": None, "reason": "已过"}
    soon = {"first": str(today + timedelta(days=3)), "last": None, "reason": "检修"}
    closed = {"opens": None, "closes": None}
    visit_page(
        hours=[
            block("hours", HOURS),
            block("hours", {**HOURS, "opens": "14:00", "closes": "17:00"}),
        ],
        exceptions=[
            block("exception", {**gone, **closed}),
            block("exception", {**soon, **closed}),
        ],
    )
    page = client.get("/visit/").content.decode()
    rows = re.findall(r"<tr.*?</tr>", page, re.S)
    assert len(rows) == 7
    assert "闭馆" in rows[0]
    assert "09:00–11:30" in rows[1]
    assert "14:00–17:00" in rows[1]
    assert "检修" in page
    assert "已过" not in page


def test_spans_of_a_day_are_in_the_order_of_the_clock() -> None:
    late = {**HOURS, "opens": clock(14), "closes": clock(17)}
    early = {**HOURS, "opens": clock(9), "closes": clock(11)}
    tuesday = opening.week([late, early])[1]
    assert [span.opens for span in tuesday.spans] == [clock(9), clock(14)]


def test_a_request_is_stored_and_its_number_told(
    client: Client, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = send(client, monkeypatch, asked())
    made = GroupBooking.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/visit/booking/done/{made.number}/"
    done = client.get(response["Location"])
    assert made.number in done.content.decode()
    assert "no-store" in done["Cache-Control"]
    assert (made.unit, made.people, made.status) == ("样本学校", 30, "new")
    assert made.keep_until == made.day + timedelta(days=10)
    assert made.consent == page.consent


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"unit": ""}, "请写单位名称"),
        ({"phone": "不是电话"}, "只写数字"),
        ({"people": "41"}, "至多 40 人"),
        ({"people": "0"}, "至少为 1"),
        ({"day": "明天"}, "2026-05-08"),
        ({"day": "2020-01-01"}, "最早可以预约"),
        ({"day": "2999-01-01"}, "最远可以预约到"),
        ({"consent": ""}, "需要您同意"),
        ({"website": "http://x"}, "留空"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(
    client: Client,
    page: VisitPage,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, str],
    told: str,
) -> None:
    response = send(client, monkeypatch, asked(**change))
    body = response.content.decode()
    assert response.status_code == 200
    assert told in body
    assert 'role="alert"' in body
    if "unit" not in change:
        assert 'value="样本学校"' in body
    assert not GroupBooking.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "told"), [(1, "提交得太快"), (90_000, "打开得太久")]
)
def test_too_fast_and_too_old_forms_are_sent_again(
    client: Client,
    page: VisitPage,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    told: str,
) -> None:
    response = send(client, monkeypatch, asked(), seconds=seconds)
    assert told in response.content.decode()
    assert not GroupBooking.objects.exists()


def test_a_stamp_of_another_form_or_of_nobody_counts_for_nothing(
    client: Client, page: VisitPage
) -> None:
    for mark in ("", "x", stamp(client, ANSWER)):
        response = client.post(FORM, {**asked(), "stamp": mark})
        assert "打开得太久" in response.content.decode()
    assert not GroupBooking.objects.exists()


def test_one_address_asks_only_so_often_and_another_is_not_held_up(
    client: Client, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = {"number": "ABCDE-23456", "phone": "0000 1234567"}
    booking, look_up = BookingForm.most_an_hour, LookUpForm.most_an_hour
    for form, sent, told, most in (
        (FORM, asked(), "", booking),
        (ANSWER, right, "没有找到", look_up),
    ):
        for number in range(most):
            another = {**sent, "people": str(number + 1)}
            assert told in send(client, monkeypatch, another, form).text
        assert "太多" in send(client, monkeypatch, sent, form).text
        other = Client(REMOTE_ADDR="192.0.2.7")
        assert "太多" not in send(other, monkeypatch, sent, form).text
    assert GroupBooking.objects.count() == BookingForm.most_an_hour + 1


def test_a_forged_request_is_refused(page: VisitPage) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(FORM, asked()).status_code == 403


def test_number_and_telephone_together_tell_the_answer(
    client: Client, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(status="confirmed", answer="请九点到", note="内部的话")
    right = {"number": "abcde23456", "phone": "0000 1234567"}
    body = send(client, monkeypatch, right, ANSWER).content.decode()
    assert "已确认" in body
    assert "请九点到" in body
    for secret in ("内部的话", "样本学校", "甲老师", "1234567"):
        assert secret not in body
    answers = {
        send(client, monkeypatch, {**right, **wrong}, ANSWER)
        .content.decode()
        .count("没有找到")
        for wrong in ({"number": "ZZZZZ-99999"}, {"phone": "0000-7654321"})
    }
    assert answers == {1}


def test_bookings_are_on_no_public_page(client: Client, page: VisitPage) -> None:
    booked(unit="鼪鼬学校", contact="鼪鼬", phone="0000-9998887")
    for address in ("/visit/", FORM, ANSWER, "/visit/booking/done/XXXXX-XXXXX/"):
        body = client.get(address).content.decode()
        assert "鼪鼬" not in body
        assert "9998887" not in body


def test_what_is_kept_no_longer_is_deleted(
    page: VisitPage, capsys: pytest.CaptureFixture[str]
) -> None:
    today = timezone.localdate()
    booked(number="OLD", keep_until=today - timedelta(days=1))
    booked(number="NEW", keep_until=today)
    call_command("forget_bookings")
    assert "1 件" in capsys.readouterr().out
    assert [one.number for one in GroupBooking.objects.all()] == ["NEW"]
    booked(number="OLD", keep_until=today - timedelta(days=1))
    fields = {"unit": "社", "contact": "乙", "phone": "12345", "people": 2}
    bookings.take(
        {**fields, "day": date(2030, 1, 1), "needs": "", "consent": True},
        consent="同意",
        keep_days=5,
    )
    assert not GroupBooking.objects.filter(number="OLD").exists()


def test_the_worker_forgets_without_being_asked(
    page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(keep_until=timezone.localdate() - timedelta(days=1))
    monkeypatch.setattr(housekeeping.bookings_step, "next", 0.0)

    assert registered_steps()["bookings"]() == 1
    assert not GroupBooking.objects.exists()


def test_a_button_pressed_twice_makes_one_request(
    client: Client, page: VisitPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = send(client, monkeypatch, asked())
    again = send(client, monkeypatch, asked())
    assert first["Location"] == again["Location"]
    assert (
        send(client, monkeypatch, asked(people="29"))["Location"] != first["Location"]
    )
    assert GroupBooking.objects.count() == 2


def test_no_log_keeps_who_asked(client_of: ClientOf, page: VisitPage) -> None:
    made = booked(unit="样本鹇学校")
    sent = {"status": "confirmed", "answer": "请九点到", "note": ""}
    client_of(ADMINISTRATOR).post(reverse("bookings:edit", args=[made.pk]), sent)
    GroupBooking.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    bookings.forget()

    logged = ModelLogEntry.objects.filter(object_id=str(made.pk))
    assert logged.exists()
    assert not any("鹇" in f"{one.label}{one.data}" for one in logged)


def test_the_number_of_a_request_is_not_counted_among_visits(page: VisitPage) -> None:
    made = booked()
    counting._counts.clear()
    person = Client(headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    assert person.get(f"/visit/booking/done/{made.number}/").status_code == 200
    assert person.get("/visit/").status_code == 200
    assert [one.path for one in counting._counts] == ["/visit/"]
    counting._counts.clear()


@pytest.mark.parametrize("people", ["10000", "9" * 30])
def test_more_people_than_there_are_is_a_slip(
    client: Client, monkeypatch: pytest.MonkeyPatch, people: str
) -> None:
    visit_page(takes_bookings=True)
    response = send(client, monkeypatch, asked(people=people))
    assert response.status_code == 200
    assert "人数请核对" in response.content.decode()
    assert not GroupBooking.objects.exists()


def test_numbers_cannot_be_mistaken_for_one_another(page: VisitPage) -> None:
    numbers = set()
    for people in range(1, 51):
        made = bookings.take(
            {
                "unit": "社",
                "contact": "乙",
                "phone": "12345",
                "people": people,
                "needs": "",
                "day": date(2030, 1, 1),
            },
            consent="同意",
            keep_days=5,
        )
        numbers.add(made.number)
        assert re.fullmatch(r"[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}", made.number)
    assert len(numbers) == 50
