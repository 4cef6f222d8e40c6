"""Subjects and tags while somebody describes, by keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from archive.models import Record, Subject, Term
from archive.subjects.seed import plant
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in
from tests.factories import ARCHIVIST, RecordFactory

pytestmark = pytest.mark.browser

RECORD = "wagtailsnippets_archive_record"


def test_a_subject_is_completed_and_the_form_says_what_each_name_is(
    visit: Visit, live_server: LiveServer, site: object
) -> None:
    plant(Subject, Term)
    record: Record = RecordFactory.create(subjects="村口小店")
    RecordFactory.create(tags=["矛盾纠纷"])
    page = visit("/")
    sign_in(page, live_server, house(ARCHIVIST, username="describer"))
    page.goto(live_server.url + reverse(f"{RECORD}:edit", args=[record.pk]))
    told = page.locator("#subjects-understood li")
    expect(told).to_have_text(["村口小店 自由词"])

    field = page.locator("#id_subjects")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type("；fqsgapcs")
    expect(page.locator(".archive-suggestions li")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("村口小店；枫桥式公安派出所")
    expect(told).to_have_count(2)
    expect(told.nth(1)).to_contain_text("法治 › “枫桥式”系列治理品牌")

    page.locator(".tagit-new input").first.focus()
    page.keyboard.type("mdjf")
    page.get_by_text("矛盾纠纷", exact=True).first.click()
    expect(page.locator(".tagit-label")).to_have_text(["矛盾纠纷"])
    page.keyboard.press("Control+s")
    expect(page.locator(".messages .success")).to_be_visible()
    record.refresh_from_db()
    assert record.subjects == "村口小店；枫桥式公安派出所"
    assert list(record.tags.names()) == ["矛盾纠纷"]
