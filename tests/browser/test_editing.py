"""An editor writes with the keyboard alone, three people pass it, it is public."""

import pytest
from playwright.sync_api import Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection, Site, TaskState

from cms.editing import rules
from cms.models import FixedWording, SignOff, SiteImage, StandardPage, User
from tests.browser.conftest import PHONE, Visit
from tests.browser.desk import house, sign_in
from tests.browser.drafts import SLOW, expect_draft
from tests.browser.pdf import Pdf
from tests.factories import ADMINISTRATOR, REVIEWER, picture

pytestmark = [
    pytest.mark.browser,
    # Wagtail leaves the temporary file of a resized picture to the collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]

EDITOR = "编辑 editor"
TITLE = "调解员的一天"
A4 = (595, 842)


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


def go_to(page: Page, selector: str, key: str = "Tab", most: int = 90) -> None:
    for _step in range(most):
        page.keyboard.press(key)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached by {key}")


def open_tab(page: Page, steps: int) -> None:
    """From anywhere below the tabs of the editor, to the one ``steps`` to the right."""
    go_to(page, "[role=tab][aria-selected=true]", "Shift+Tab")
    for _step in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")


def write(page: Page, above: int, live_server: LiveServer) -> None:
    """A page with a variant in its summary and a picture without words."""
    address = f"{live_server.url}/admin/pages/add/cms/standardpage/{above}/"
    page.goto(address)
    page.wait_for_load_state("networkidle")
    go_to(page, "[name=title]")
    page.keyboard.type(TITLE)
    go_to(page, "[name=summary]")
    page.keyboard.type("讲枫桥经验的一页")
    page.wait_for_function("location.pathname.endsWith('/edit/')", timeout=SLOW)
    page.wait_for_load_state("networkidle")
    go_to(page, ".c-sf-add-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=combobox]")
    go_to(page, "[role=combobox]", most=3)
    page.keyboard.type("图片")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-chooser-action-choose]")
    go_to(page, "[data-chooser-action-choose]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".modal [data-chooser-modal-choice]", timeout=SLOW)
    # The list is asked for anew once the dialog is there: not to tab into the old one.
    page.wait_for_load_state("networkidle")
    go_to(page, ".modal [data-chooser-modal-choice]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-chooser-title]:has-text('图')", timeout=SLOW)


def test_a_page_is_written_reviewed_by_three_and_public(
    visit: Visit, live_server: LiveServer, people: list[User]
) -> None:
    FixedWording.objects.create(wording="“枫桥经验”", variants="枫桥经验")
    SiteImage.objects.create(title="图", file=picture(), width=8, height=8)
    home = Site.objects.get(is_default_site=True).root_page
    page = visit("/")
    sign_in(page, live_server, people[0])
    write(page, home.pk, live_server)

    open_tab(page, 2)
    found = page.locator("#editing-findings")
    expect(found).to_contain_text("改为 “枫桥经验”", timeout=SLOW)
    expect(found).to_contain_text("图片没有说明", timeout=SLOW)

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    go_to(page, "[name=summary]")
    page.keyboard.press("Control+a")
    page.keyboard.type("讲“枫桥经验”的一页")
    go_to(page, "[name$='alt_text']")
    page.keyboard.type("一位调解员在村口同人说话")
    expect(found).to_contain_text("没有发现问题", timeout=SLOW)

    preview_on_a_phone(page)
    go_to(page, "footer .w-dropdown__toggle")
    page.keyboard.press("Enter")
    go_to(page, "[name=action-submit]", most=10)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/pages/*/", timeout=SLOW)

    for person in people[1:]:
        review(page, live_server, person)
    written = StandardPage.objects.get(title=TITLE)
    assert written.live
    page.goto(live_server.url + written.url)
    assert page.locator("h1").inner_text() == TITLE

    print_sheet(page, live_server)
    old = written.url
    rename(written, people)
    answer = page.goto(live_server.url + old)
    assert answer is not None
    assert answer.status == 200
    assert page.url.endswith("/mediator/")


def test_nothing_that_is_typed_escapes_the_draft(
    visit: Visit, live_server: LiveServer, people: list[User]
) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    written = home.add_child(instance=StandardPage(title="甲", slug="a", live=False))
    page = visit("/")
    sign_in(page, live_server, people[0])
    address = f"{live_server.url}/admin/pages/{written.pk}/edit/"
    # Before Wagtail looks at the form, two seconds after it opens, and nothing after.
    page.goto(address)
    page.locator("[name=summary]").press_sequentially("早写的")
    expect_draft(page, written, lambda draft: draft.summary == "早写的")

    # By a script at what a person does, as choosers write; and nothing after.
    page.goto(address)
    page.keyboard.press("Tab")
    page.evaluate("document.querySelector('[name=summary]').value = '选来的'")
    expect_draft(page, written, lambda draft: draft.summary == "选来的")

    # While a saving is on its way: the next letters are typed before its answer.
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    with page.expect_request(address, timeout=SLOW):
        page.locator("[name=summary]").press_sequentially("一")
    page.locator("[name=summary]").press_sequentially("二")
    held[0].continue_()
    page.unroute(address)
    expect_draft(page, written, lambda draft: draft.summary == "选来的一二")
    # And then it rests: an unchanged form is not sent again.
    page.wait_for_timeout(2000)  # the saving that the answer itself may have caused
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.wait_for_timeout(3000)
    assert [one.url for one in sent if one.url == address] == []


def preview_on_a_phone(page: Page) -> None:
    go_to(page, "[data-side-panel-toggle=preview]")
    page.keyboard.press("Enter")
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.locator("h1")).to_contain_text(TITLE, timeout=SLOW)
    go_to(page, "[data-device-width]")
    assert page.get_by_label("手机预览，宽 390 像素").is_checked()
    width = frame.locator("html").evaluate("root => root.clientWidth")
    assert abs(width - PHONE[0]) <= 20  # the scroll bar


def review(page: Page, live_server: LiveServer, person: User) -> None:
    sign_in(page, live_server, person)
    page.goto(f"{live_server.url}/admin/")
    link = page.get_by_role("link", name=TITLE)
    expect(link).to_have_count(1)
    go_to(page, f"a[href='{link.get_attribute('href')}']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/editing/reviews/*/", timeout=SLOW)
    page.wait_for_load_state("networkidle")
    frame = page.frame_locator(".editing-frame iframe")
    expect(frame.locator("h1")).to_contain_text(TITLE)
    go_to(page, "[name=secrecy_checked]")
    page.keyboard.press("Space")
    go_to(page, "button[type=submit]", most=5)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/", timeout=SLOW)


def print_sheet(page: Page, live_server: LiveServer) -> None:
    sheet = SignOff.objects.get()
    page.goto(f"{live_server.url}/admin/editing/sheets/{sheet.pk}/sheet/")
    (paper,) = Pdf(page.pdf(prefer_css_page_size=True)).pages
    assert paper.size == A4
    for word in (
        "网站内容发布审签单",
        TITLE,
        "初审",
        "复审",
        "终审",
        "签名",
        sheet.digest,
    ):
        assert word in paper.text
    for person in ("author", "colleague", "reviewer", "chief"):
        assert person in paper.text
    assert "返回列表" not in paper.text


def rename(page: StandardPage, people: list[User]) -> None:
    author, *reviewers = people
    page.slug = "mediator"
    page.save_revision(user=author)
    page = StandardPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, author)
    for person in reviewers:
        state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
        rules.decide(state, person, "approve", secrecy_checked=True)
