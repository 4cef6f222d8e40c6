"""A learner's way: enrol, read, pass the quiz, be marked present, get a certificate."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from cms import sections
from cms.forms import guarded
from cms.models import ClassSession, LessonPage, Registration, TrainingClass, User
from cms.training import telling
from tests.browser.conftest import Visit
from tests.cms.classes.building import curriculum
from tests.cms.training.building import quiz
from tests.factories import UserFactory
from tests.roles import have_roles

pytestmark = [pytest.mark.browser]
TRAINER = "教师 trainer"
Desk = Callable[[str], Page]


@pytest.fixture
def desk(visit: Visit, live_server: LiveServer) -> Desk:
    """Opens a screen of the admin as a trainer, always in the same browser."""
    have_roles()
    trainer: User = UserFactory.create(username="teacher", groups=[TRAINER])
    client = Client()
    client.force_login(trainer)
    page = visit("/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": live_server.url,
            }
        ]
    )

    def open_screen(path: str) -> Page:
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return open_screen


def open_class(desk: Desk) -> TrainingClass:
    """A class of today, as a trainer fills in the form."""
    page = desk("/admin/training/classes/new/")
    today = timezone.localdate()
    page.get_by_label("培训方案").select_option(label="记录样本")
    page.get_by_label("期次").fill("第五期")
    page.get_by_label("第一天").fill(today.isoformat())
    page.get_by_label("最后一天").fill((today + timedelta(days=1)).isoformat())
    page.keyboard.press("Escape")
    page.locator("#id_sessions-ADD").click()
    page.locator("#id_sessions-0-day").fill((today + timedelta(days=1)).isoformat())
    page.locator("#id_sessions-0-begins").fill("09:00")
    page.locator("#id_sessions-0-ends").fill("11:00")
    page.locator("#id_sessions-0-title").fill("登记")
    page.keyboard.press("Escape")
    page.get_by_label("已公布").check()
    page.locator("footer button.button-longrunning").click()
    page.wait_for_load_state("networkidle")
    return TrainingClass.objects.get(number="第五期")


def let_a_day_pass(one: TrainingClass) -> None:
    """The class was yesterday and the day before."""
    days = timedelta(days=2)
    for row in ClassSession.objects.filter(training_class=one):
        row.day -= days
        row.save()
    one = TrainingClass.objects.get(pk=one.pk)
    one.first_day -= days
    one.last_day -= days
    one.save()
    telling.tell(one)


def test_from_the_timetable_to_a_certificate_that_verifies(
    desk: Desk,
    visit: Visit,
    live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guarded, "MIN_SECONDS", -1)
    sections.provide()
    made = curriculum("记录样本", "journey")
    lesson = LessonPage.objects.descendant_of(made).get(slug="six")
    lesson.content = [quiz()]
    lesson.save_revision().publish()
    one = open_class(desk)
    assert one.sessions.count() == 1

    screen = desk(f"/admin/registrations/{one.occasion_id}/edit/")
    screen.locator("[name=takes_registrations]").check()
    screen.locator("[name=capacity]").fill("30")
    screen.locator("form[novalidate] button.button").last.click()
    screen.wait_for_load_state("networkidle")

    page = visit(made.get_url())
    page.get_by_role("link", name="报名", exact=True).first.click()
    page.get_by_label("姓名").fill("学员甲")
    page.get_by_label("单位").first.fill("某县某单位")
    page.get_by_label("电话或电子邮箱").fill("learner@example.org")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="提交报名").click()
    page.wait_for_load_state("networkidle")
    learner = Registration.objects.get(occasion=one.occasion_id)
    assert (learner.name, learner.status) == ("学员甲", "confirmed")

    mine = f"/registration/mine/{learner.number}/"
    page = visit(mine)
    page.get_by_role("link", name="六个问题").click()
    page.wait_for_load_state("networkidle")
    page = visit(mine)
    assert page.get_by_text("未通过").is_visible()
    page.get_by_role("link", name="随堂测验").click()
    page.get_by_label("听").check()
    page.get_by_label("时间").check()
    page.get_by_label("地点").check()
    page.get_by_label("错", exact=True).check()
    page.get_by_label("报名查询号").fill(learner.number)
    page.get_by_role("button", name="交卷").click()
    assert page.get_by_text("已记入您的学习进度").is_visible()

    let_a_day_pass(one)
    screen = desk(f"/admin/training/classes/{one.pk}/attendance/")
    screen.get_by_role("button", name="其余全到").click()
    screen.wait_for_load_state("networkidle")
    screen = desk(f"/admin/training/classes/{one.pk}/learners/")
    screen.get_by_role("button", name="颁发证书", exact=True).click()
    screen.wait_for_load_state("networkidle")

    page = visit(mine)
    page.get_by_role("link", name=re.compile("结业证书")).click()
    assert page.get_by_text("证书有效").is_visible()
    code = page.locator("dd.code").inner_text()
    pdf = page.get_by_role("link", name="下载 PDF").get_attribute("href")
    got = page.request.get(live_server.url + str(pdf))
    text = "".join(PdfReader(io.BytesIO(got.body())).pages[0].extract_text().split())
    assert "学员甲" in text
    assert code in text
    page = visit("/certificates/")
    page.get_by_label("核验码").fill(code.lower())
    page.get_by_role("button", name="核验").click()
    assert page.get_by_text("证书有效").is_visible()
