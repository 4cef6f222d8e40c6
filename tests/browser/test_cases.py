"""A case is written in the admin, reviewed, cleared by a second person, and public."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection, TaskState

from cms.models import CasePage, PersonalDataClearance, SignOff, User
from tests.browser.conftest import Visit
from tests.browser.desk import house, sign_in
from tests.browser.drafts import SLOW
from tests.cms.cases.building import dispute, index
from tests.factories import ADMINISTRATOR, REVIEWER

pytestmark = pytest.mark.browser

EDITOR = "编辑 editor"
TITLE = "两户共渠引水"
NUMBER = "13957512345"
NOTE = "逐段读过，电话已删。"


@pytest.fixture
def people(transactional_db: None) -> list[User]:
    """The author, then those who give the three reviews."""
    if Collection.get_first_root_node() is None:  # another test emptied the tables
        Collection.add_root(name="Root")
    names = ("author", "colleague", "reviewer", "chief")
    groups = (EDITOR, EDITOR, REVIEWER, ADMINISTRATOR)
    return [
        house(group, username=name) for name, group in zip(names, groups, strict=True)
    ]


def write(page: Page, live_server: LiveServer) -> None:
    """A case with a telephone number left in its summary."""
    above = index().pk
    page.goto(f"{live_server.url}/admin/pages/add/cms/casepage/{above}/")
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill(f"可致电{NUMBER}。")
    page.locator("[name=dispute]").select_option(label="相邻关系")
    page.locator("[name='methods-0-method']").select_option("mediation")
    page.locator("[name='methods-0-mediation']").select_option("people")
    page.locator("[name=duration]").fill("十一日")
    page.wait_for_function("location.pathname.endsWith('/edit/')", timeout=SLOW)
    page.wait_for_load_state("networkidle")


def submit(page: Page) -> None:
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("[name=action-submit]").click()
    page.wait_for_url("**/admin/pages/*/", timeout=SLOW)


def review(page: Page, live_server: LiveServer, person: User) -> None:
    sign_in(page, live_server, person)
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    page.goto(f"{live_server.url}/admin/editing/reviews/{state.pk}/")
    page.locator("[name=secrecy_checked]").check()
    page.locator("form:has([name=secrecy_checked]) button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def clear(page: Page, live_server: LiveServer, person: User, case: CasePage) -> None:
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/admin/editing/personal-data/{case.pk}/")
    page.locator("[name=note]").fill(NOTE)
    page.get_by_role("button", name="已核查，可以发布").click()
    expect(page.locator("body")).to_contain_text("已核查", timeout=SLOW)


def written() -> Any:
    return CasePage.objects.get(title=TITLE)


def test_an_editor_publishes_a_case_after_the_second_person_s_clearance(
    visit: Visit, live_server: LiveServer, people: list[User]
) -> None:
    dispute()
    page = visit("/")
    author, colleague, reviewer, chief = people
    sign_in(page, live_server, author)
    write(page, live_server)

    page.get_by_role("tab", name="文字检查").click()
    found = page.locator("#editing-findings")
    expect(found).to_contain_text("可能的个人信息", timeout=SLOW)
    expect(found).to_contain_text(NUMBER)
    expect(found).to_contain_text("这一稿还没有人核查")
    page.get_by_role("tab", name="内容").click()
    page.locator("[name=summary]").fill("一条渠，两户田。")
    page.get_by_role("tab", name="文字检查").click()
    expect(found).not_to_contain_text(NUMBER, timeout=SLOW)
    submit(page)
    case = written()

    # The author is told that it is for another.
    page.goto(f"{live_server.url}/admin/editing/personal-data/{case.pk}/")
    expect(page.locator("body")).to_contain_text("写了这一稿的人不能核查它")
    expect(page.locator("[name=note]")).to_have_count(0)

    for person in (colleague, reviewer, chief):
        review(page, live_server, person)
    # Passed three times, and still not public: nobody has cleared it.
    expect(page.locator("body")).to_contain_text("个人信息尚未核查")
    assert not written().live

    clear(page, live_server, colleague, case)
    assert PersonalDataClearance.objects.get().by == colleague
    review(page, live_server, chief)
    assert written().live
    page.goto(live_server.url + written().url)
    assert page.locator("h1").inner_text() == TITLE
    assert SignOff.objects.get().clearance["note"] == NOTE
