"""A person's way on a telephone: registered, waiting, moved up, checked in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.forms import guarded
from cms.models.occasions import Occasion, Registration
from tests.browser.conftest import PHONE, Visit
from tests.browser.desk import house, sign_in
from tests.cms.registration.building import occasion

pytestmark = pytest.mark.browser


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> Occasion:
    """One place; forms may be sent as fast as a program fills them in."""
    monkeypatch.setattr(guarded, "MIN_SECONDS", 0)
    return occasion(capacity=1)


def register(page: Page, name: str, contact: str) -> str:
    """Fill in the form; the number."""
    page.get_by_label("姓名").fill(name)
    page.get_by_label("单位").fill("样本单位")
    page.get_by_label("电话或电子邮箱").fill(contact)
    page.get_by_label("我同意").check()
    page.locator("main .btn.solid").click()
    page.wait_for_url("**/done/**")
    return page.locator(".ticket .look-up").inner_text()


def test_register_wait_move_up_and_come(
    visit: Visit, full: Occasion, live_server: LiveServer
) -> None:
    form = reverse("registration", args=[full.uid])
    first = visit(form, PHONE, scripts=False)
    expect(first.locator("h1")).to_have_text("报名")
    one = register(first, "某甲", "13800000001")
    expect(first.locator(".ticket svg.qr")).to_be_visible()

    second = visit(form, PHONE, scripts=False)
    expect(second.locator("h1")).to_have_text("登记候补")
    two = register(second, "某乙", "13800000002")
    expect(second.locator("[role=status]")).to_contain_text("排在第 1 位")
    expect(second.locator(".ticket svg.qr")).to_have_count(0)

    first.goto(live_server.url + reverse("registration-find"))
    first.get_by_label("查询号").fill(one.lower())
    first.get_by_label("报名时写的电话或电子邮箱").fill("138 0000 0001")
    first.get_by_role("button", name="查询", exact=True).click()
    first.wait_for_url(f"**/registration/mine/{one}/")
    first.locator(".leave summary").click()
    first.get_by_label("报名时写的电话或电子邮箱").fill("13800000001")
    first.get_by_role("button", name="确认取消").click()
    expect(first.locator("[role=status]")).to_contain_text("报名已取消")

    second.goto(live_server.url + reverse("registration-mine", args=[two]))
    expect(second.locator("[role=status]")).to_contain_text("由候补递补")
    expect(second.locator(".ticket svg.qr")).to_be_visible()

    door = visit("/", PHONE)
    sign_in(door, live_server, house("组织者 organiser", username="organiser"))
    door.goto(live_server.url + reverse("check-in", args=[two]))
    expect(door.locator("h1")).to_have_text("某乙")
    press = door.get_by_role("button", name="签到", exact=True)
    box = press.bounding_box()
    assert box is not None
    assert box["height"] >= 60, "a thumb finds it"
    press.click()
    expect(door.locator("[role=status]")).to_contain_text("签到成功")
    door.goto(live_server.url + reverse("check-in", args=[two]))
    expect(door.locator("[role=status]")).to_contain_text("已于")
    came = Registration.objects.get(number=two)
    assert came.checked_in_at is not None
    assert came.checked_in_by is not None

    second.reload()
    expect(second.locator("[role=status]")).to_contain_text("已签到")


def test_a_button_pressed_twice_registers_once(visit: Visit, full: Occasion) -> None:
    page = visit(reverse("registration", args=[full.uid]), PHONE)
    page.get_by_label("姓名").fill("某甲")
    page.get_by_label("电话或电子邮箱").fill("13800000001")
    page.get_by_label("我同意").check()
    page.locator("main .btn.solid").dblclick()
    page.wait_for_url("**/done/**")
    assert Registration.objects.count() == 1


def test_the_screens_of_the_desk_fit_a_telephone(
    visit: Visit, full: Occasion, live_server: LiveServer
) -> None:
    begun = timezone.now() - timedelta(minutes=5)
    Occasion.objects.filter(pk=full.pk).update(capacity=3, starts_at=begun)
    page = visit("/", PHONE)
    sign_in(page, live_server, house("组织者 organiser", username="organiser"))
    address = reverse("registration_walk_in", args=[full.pk])
    page.goto(live_server.url + address)
    page.get_by_label("姓名").fill("某丙")
    page.get_by_label("已当面告知").check()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已登记")
    for name in ("registration_occasions", "registration_occasion"):
        args = [full.pk] if name == "registration_occasion" else []
        page.goto(live_server.url + reverse(name, args=args))
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert not wide, name
    assert full.registrations.get().checked_in_at is not None
