"""Training in a real browser: built by a trainer, learned from, taken along."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection

from cms.models import LessonPage
from tests.browser.choosing import mark_words
from tests.browser.conftest import Visit, watch
from tests.browser.desk import house, sign_in
from tests.browser.drafts import SLOW, expect_draft
from tests.browser.sample_site import VERTICAL, SampleSite
from tests.browser.training_content import LESSON, ONLY_QUIZ, WORDS, training_made
from tests.cms.training import building
from tests.snapshots import Snapshots

pytestmark = [
    pytest.mark.browser,
    # Willow leaves the file of a picture that it resized to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*tempfile"),
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]
TRAINER = "教师 trainer"


@pytest.fixture
def taught(site: SampleSite, snapshots: Snapshots) -> None:
    snapshots.of("training", training_made)


@pytest.fixture
def carried(
    browser: Browser, taught: None, tmp_path: Path
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """The package of the course in a folder; requests and problems of its pages."""
    answer = Client().get("/training/records/offline/")
    content = tmp_path / "package.zip"
    content.write_bytes(b"".join(answer))
    folder = tmp_path / "carried"
    with zipfile.ZipFile(content) as archive:
        archive.extractall(folder)
    asked: list[str] = []
    problems: list[str] = []
    yield folder, asked, problems
    assert problems == []
    assert asked and all(one.startswith(("file://", "data:")) for one in asked)


def offline(
    browser: Browser,
    carried: tuple[Path, list[str], list[str]],
    name: str,
    scripts: bool = True,
) -> Page:
    folder, asked, problems = carried
    context = browser.new_context(offline=True, java_script_enabled=scripts)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    watch(page, problems)
    page.goto(f"file://{folder}/{name}")
    page.wait_for_load_state("networkidle")
    return page


def test_the_package_is_read_from_a_folder_without_a_network(
    browser: Browser, carried: tuple[Path, list[str], list[str]]
) -> None:
    page = offline(browser, carried, "index.html")
    page.get_by_role("link", name="六个问题").click()
    expect(page.locator("h1")).to_contain_text("六个问题")
    sizes = page.evaluate(
        """async () => {
          const shown = [...document.querySelectorAll('img, svg image')];
          for (const one of shown) one.scrollIntoView();
          const loaded = await Promise.all(shown.map((one) => {
            const image = new Image();
            image.src = one.src || one.href.baseVal;
            return image.decode().then(() => image.naturalWidth, () => 0);
          }));
          return loaded;
        }"""
    )
    assert len(sizes) >= 4 and all(sizes)
    track = page.evaluate(
        """() => new Promise((done) => {
          const track = document.querySelector('track').track;
          track.mode = 'hidden';
          const look = () => track.cues && track.cues.length
            ? done(track.cues[0].text) : setTimeout(look, 50);
          look();
        })"""
    )
    assert track == "你好"
    page.context.close()


def test_its_quiz_answers_by_itself(
    browser: Browser, carried: tuple[Path, list[str], list[str]]
) -> None:
    page = offline(browser, carried, "lesson-1.html")
    form = page.locator("[data-quiz]")
    form.get_by_label("写").check()
    form.get_by_label("时间").check()
    form.get_by_label("地点").check()
    form.get_by_label("错").check()
    form.get_by_role("button", name="核对答案").click()
    expect(form.locator("[data-result]")).to_have_text("及格。 答对 2 题，共 3 题。")
    expect(form.get_by_text("还早")).to_be_visible()
    expect(form.get_by_text("正是")).to_be_hidden()
    expect(form.get_by_text("先听后写。")).to_be_visible()
    form.get_by_role("button", name="再做一遍").click()
    expect(form.locator("[data-result]")).to_be_hidden()
    page.context.close()


def test_without_a_script_the_answers_are_at_the_end(
    browser: Browser, carried: tuple[Path, list[str], list[str]]
) -> None:
    page = offline(browser, carried, "lesson-1.html", scripts=False)
    expect(page.get_by_role("button", name="核对答案")).to_be_hidden()
    page.get_by_text("测验答案：随堂测验").click()
    expect(page.locator(".solutions").get_by_text("先听后写。")).to_be_visible()
    page.context.close()


def test_a_quiz_is_taken_without_a_script(visit: Visit, taught: None) -> None:
    page = visit(LESSON.replace("six", "only-quiz"), scripts=False)
    page.get_by_role("link", name="开始测验").click()
    page.wait_for_url(f"**{ONLY_QUIZ}")
    page.get_by_label("听").check()
    page.get_by_role("button", name="交卷").click()
    expect(page.locator(".notice")).to_contain_text("答对 1 题，共 3 题")
    expect(page.get_by_text("正是")).to_be_visible()
    page.get_by_role("link", name="回到这一讲").click()
    page.wait_for_url("**/only-quiz/")


def test_slides_are_shown_on_the_whole_screen(visit: Visit, taught: None) -> None:
    page = visit(LESSON)
    page.get_by_role("button", name="全屏放映").click()
    page.wait_for_function("document.fullscreenElement !== null")
    expect(page.locator("[data-slide].on")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-slide].on img")).to_be_visible()


def test_a_trainer_builds_a_lesson_from_records(
    visit: Visit, live_server: LiveServer, site: SampleSite
) -> None:
    if Collection.get_first_root_node() is None:  # another test emptied the tables
        Collection.add_root(name="Root")
    course = building.course(building.curriculum())
    trainer = house(TRAINER, username="trainer")
    page = visit("/")
    sign_in(page, live_server, trainer)
    page.goto(f"{live_server.url}/admin/pages/add/cms/lessonpage/{course.pk}/")
    page.wait_for_load_state("networkidle")
    page.locator("[name=title]").press_sequentially("从一页纸学起")
    # Leaving the title makes the address of it.
    page.locator("[name=summary]").press_sequentially("一页纸。")
    page.wait_for_function("location.pathname.endsWith('/edit/')", timeout=SLOW)
    page.wait_for_load_state("networkidle")
    content = page.locator("[data-contentpath=content]").first
    content.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="档案", exact=True).click()
    choose(page)
    page.locator("[name$='value-note']").press_sequentially("读两遍。")
    lesson = LessonPage.objects.get(title="从一页纸学起")
    expect_draft(page, lesson, lambda draft: notes_of(draft) == ["读两遍。"])
    assert not lesson.live and lesson.owner == trainer
    lesson.get_latest_revision().publish()
    lesson.refresh_from_db()
    page.goto(f"{live_server.url}{lesson.get_url()}")
    expect(page.locator(".lesson-record")).to_contain_text("读两遍。")
    expect(page.locator(".lesson-record .hit").first).to_be_attached()
    expect(page.locator(".sources-cited")).to_contain_text(VERTICAL)


def choose(page: Page) -> None:
    """The words, marked on the page of a record that the house's chooser found."""
    choice = page.locator("[data-contentpath=content] record-choice").last
    dialog = mark_words(page, choice, "据实登簿", "調解須知", WORDS)
    dialog.get_by_role("button", name="用这一页").click()


def notes_of(lesson: LessonPage) -> list[str]:
    return [child.value["note"] for child in lesson.content]
