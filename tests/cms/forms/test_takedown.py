"""Anybody may ask for a correction or takedown; programs may not; nothing leaks."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from archive.worker import registered_steps
from cms import housekeeping, takedown
from cms.forms.takedown import TakedownForm
from cms.models import TakedownRequest
from tests.cms.admin.conftest import ClientOf, client_of, groups
from tests.cms.collection import Collection
from tests.factories import ARCHIVIST, UserFactory

__all__ = ["client_of", "groups"]

pytestmark = pytest.mark.django_db
GIVEN = {
    "about": "T001-WS·1953·Y-001 第 1 页",
    "reason": "text",
    "explanation": "第三行“拠”应为“據”。",
    "name": "某甲",
    "contact": "a@example.org",
    "website": "",
}


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def opened(client: Client, seconds: float = 10) -> str:
    """The stamp of a form that was opened so long ago."""
    long_ago = timezone.now() - timedelta(seconds=seconds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: long_ago)
        patch.setattr("django.core.signing.time.time", long_ago.timestamp)
        html = client.get("/takedown/").text
    stamp = re.search(r'name="stamp" value="([^"]+)"', html)
    assert stamp is not None
    return stamp[1]


def test_a_request_is_received_and_gets_a_number(client: Client) -> None:
    response = client.post("/takedown/", {**GIVEN, "stamp": opened(client)})
    assert response.status_code == 302
    asked = TakedownRequest.objects.get()
    page = client.get(response.headers["Location"])
    assert asked.number in page.text
    assert (asked.about, asked.reason) == (GIVEN["about"], "text")
    assert (asked.name, asked.contact) == ("某甲", "a@example.org")
    assert asked.status == "new"
    for answer in (page, client.get("/takedown/")):
        assert answer["Cache-Control"] == "no-store"


def test_a_lead_is_received_like_any_other_request(client: Client) -> None:
    given = {**GIVEN, "reason": "lead", "about": "http://testserver/cases/water/"}
    response = client.post("/takedown/", {**given, "stamp": opened(client)})
    assert response.status_code == 302
    asked = TakedownRequest.objects.get()
    assert (asked.reason, asked.about) == ("lead", given["about"])
    assert asked.get_reason_display() == "提供线索"


def test_the_answer_is_the_same_whether_there_is_such_a_record(
    client: Client, held: Collection
) -> None:
    pages = set()
    for code in (
        held.public.reference_code,
        held.staff.reference_code,
        "T001-WS·2002·Y-999",
    ):
        filled = client.get("/takedown/", {"about": code}).text
        assert f'value="{code}"' in filled
        response = client.post(
            "/takedown/", {**GIVEN, "about": code, "stamp": opened(client)}
        )
        text = client.get(response.headers["Location"]).text
        # The number, and the address that it is signed in.
        pages.add(re.sub(r"\d{8}-\w{8}|n=[^\"&]+", "", text))
    assert len(pages) == 1


def test_a_number_cannot_be_guessed_nor_put_into_a_page(client: Client) -> None:
    numbers = {takedown.new_number() for _ in range(200)}
    assert len(numbers) == 200
    query = urlencode({"n": "20260101-AAAAAAAA"})
    assert client.get(f"/takedown/received/?{query}").status_code == 404
    assert client.get("/takedown/received/").status_code == 404


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("about", "请填写网址或档号。"),
        ("reason", "请选择一项事由。"),
        ("explanation", "请写明情况。"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_is_kept(
    client: Client, missing: str, told: str
) -> None:
    response = client.post(
        "/takedown/", {**GIVEN, missing: "", "stamp": opened(client)}
    )
    assert response.status_code == 200
    html = response.text
    assert told in html
    assert 'role="alert"' in html
    assert "还没有提交" in html
    assert "a@example.org" in html
    assert not TakedownRequest.objects.exists()
    name = {"reason": "reason_0"}.get(missing, missing)
    assert f'href="#id_{name}"' in html
    assert f'id="id_{name}"' in html
    assert 'aria-invalid="true"' in html or missing == "reason"


def test_what_is_too_long_is_refused_whole(client: Client) -> None:
    response = client.post(
        "/takedown/", {**GIVEN, "explanation": "长" * 2001, "stamp": opened(client)}
    )
    assert response.status_code == 200
    assert "2000" in response.text
    assert not TakedownRequest.objects.exists()


def test_a_program_that_fills_in_every_field_is_thanked_and_forgotten(
    client: Client,
) -> None:
    response = client.post(
        "/takedown/", {**GIVEN, "website": "http://x.example", "stamp": ""}
    )
    assert response.status_code == 302
    assert client.get(response.headers["Location"]).status_code == 200
    assert not TakedownRequest.objects.exists()


def test_who_is_too_quick_may_send_again(client: Client) -> None:
    stamp = opened(client, seconds=1)
    response = client.post("/takedown/", {**GIVEN, "stamp": stamp})
    assert "提交得太快" in response.text
    assert f'value="{stamp}"' in response.text
    assert not TakedownRequest.objects.exists()
    assert (
        client.post(
            "/takedown/", {**GIVEN, "stamp": opened(client, seconds=5)}
        ).status_code
        == 302
    )


@pytest.mark.parametrize("stamp", ["", "forged", "1:2:3"])
def test_a_form_without_its_stamp_gets_a_new_one(client: Client, stamp: str) -> None:
    response = client.post("/takedown/", {**GIVEN, "stamp": stamp})
    assert "打开得太久了" in response.text
    assert "拠" in response.text
    fresh = re.search(r'name="stamp" value="([^"]+)"', response.text)
    assert fresh is not None
    assert TakedownForm({"stamp": fresh[1]}).new_stamp == fresh[1]


def test_a_form_of_yesterday_is_too_old(client: Client) -> None:
    stamp = opened(client, seconds=25 * 3600)
    assert "打开得太久了" in client.post("/takedown/", {**GIVEN, "stamp": stamp}).text


def test_one_address_sends_only_so_many_and_another_is_not_held_up(
    client: Client,
) -> None:
    for _ in range(TakedownForm.most_an_hour):
        data = {**GIVEN, "stamp": opened(client)}
        assert client.post("/takedown/", data).status_code == 302
    data = {**GIVEN, "stamp": opened(client)}
    response = client.post("/takedown/", data)
    assert response.status_code == 200
    assert "太多" in response.text
    other = client.post("/takedown/", data, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


def test_no_address_is_kept_anywhere(client: Client) -> None:
    data = {**GIVEN, "stamp": opened(client)}
    client.post("/takedown/", data, REMOTE_ADDR="192.0.2.77")
    row = TakedownRequest.objects.values().get()
    assert "192.0.2.77" not in str(row)
    kept = cache._cache  # type: ignore[attr-defined]
    assert any("takedown-" in key for key in kept)
    assert "192.0.2.77" not in str(kept)


def test_a_form_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    stamp = opened(client)
    client.cookies.clear()
    assert client.post("/takedown/", {**GIVEN, "stamp": stamp}).status_code == 403


def test_records_and_pages_lead_to_the_form(client: Client, held: Collection) -> None:
    for path in (
        "/catalogue/T001-WS·1953·Y-001/",
        "/catalogue/T001-WS·1953·Y-001/1/",
        f"/catalogue/{held.catalogue_only.reference_code}/",
    ):
        link = re.search(r'href="(/takedown/\?about=[^"]+)"', client.get(path).text)
        assert link is not None, path
        assert 'value="T001-WS·' in client.get(link[1]).text


def test_work_is_logged_and_closing_starts_the_clock(client_of: ClientOf) -> None:
    asked = takedown.receive(takedown.Asked("X", "text", "有误"))
    client = client_of(ARCHIVIST)
    address = reverse("takedown:edit", args=[asked.pk])
    client.post(address, {"status": "working", "answer": "在查"})
    asked.refresh_from_db()
    assert (asked.status, asked.closed_at) == ("working", None)
    client.post(address, {"status": "done", "answer": "已改正"})
    asked.refresh_from_db()
    assert asked.closed_at is not None
    entries = ModelLogEntry.objects.for_instance(asked).order_by("pk")
    assert [one.data["after"] for one in entries] == ["working", "done"]
    assert "已改正" not in str([one.data for one in entries])
    html = client.get(address).text
    assert "待处理 → 处理中" in html
    assert "处理中 → 已处理" in html


def test_what_is_opened_again_is_kept(client_of: ClientOf) -> None:
    by = UserFactory.create()
    asked = takedown.receive(takedown.Asked("X", "text", "有误"))
    takedown.work_on(asked, "done", "已改", by)
    takedown.work_on(asked, "working", "还要再查", by)
    assert TakedownRequest.objects.get().closed_at is None


def test_a_button_pressed_twice_makes_one_request(db: None) -> None:
    told = takedown.Asked("X", "personal", "我的住址", "某甲", "13800000000")
    first, again = takedown.receive(told), takedown.receive(told)
    assert first.number == again.number
    takedown.work_on(first, "done", "已改", UserFactory.create())
    assert takedown.receive(told).number != first.number
    assert TakedownRequest.objects.count() == 2


def test_who_asked_is_forgotten_after_a_time(settings: Settings) -> None:
    settings.TAKEDOWN_KEEP_DAYS = 30
    by = UserFactory.create()
    old, recent, still_open = (
        takedown.receive(
            takedown.Asked("X", "personal", f"住址{n}", "某甲", "13800000000")
        )
        for n in range(3)
    )
    for one in (old, recent):
        takedown.work_on(one, "done", "已遮盖某甲的住址", by)
    long_ago = timezone.now() - timedelta(days=31)
    TakedownRequest.objects.filter(pk=old.pk).update(closed_at=long_ago)
    TakedownRequest.objects.filter(pk=still_open.pk).update(received_at=long_ago)
    assert takedown.erase_due() == 1
    assert takedown.erase_due() == 0
    old.refresh_from_db()
    assert (old.name, old.contact, old.explanation, old.answer) == ("", "", "", "")
    assert (old.about, old.reason, old.status) == ("X", "personal", "done")
    assert old.erased_at is not None
    for kept in (recent, still_open):
        kept.refresh_from_db()
        assert kept.contact == "13800000000"


def test_a_worker_forgets_by_itself_once_an_hour(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping.takedown_step, "next", 0.0)
    asked = takedown.receive(takedown.Asked("X", "text", "有误", "某甲"))
    takedown.work_on(asked, "done", "", UserFactory.create())
    settings.TAKEDOWN_KEEP_DAYS = 0
    step = registered_steps()["takedown"]
    assert step() == 1
    assert step() == 0
    assert TakedownRequest.objects.get().name == ""
