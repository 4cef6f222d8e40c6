"""Trainer's notes reach nobody but trainers, and closed records no lesson.

Notes are planted in every lesson, then every way out of the house is asked: pages in
each language, lists, search, the API, feeds, sitemaps, handouts, packages.
"""

import io
import json
import re
import zipfile

import pytest
from django.core.cache import cache, caches
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms import sections
from cms.demonstration.translations import translate
from cms.languages.prefixes import CODES, DEFAULT, in_language
from cms.models import LessonPage
from cms.page_search import text
from search.drain import drain
from tests.cms.admin.conftest import ClientOf, client_of, groups
from tests.cms.collection import Collection
from tests.cms.leaking import READING_ROOM_WORD, STAFF_WORD, ask, plant
from tests.cms.training import building
from tests.factories import ADMINISTRATOR, ARCHIVIST, EDITOR, REVIEWER, UserFactory
from tests.remembered import remembered

__all__ = ["client_of", "groups"]
pytestmark = pytest.mark.filterwarnings("ignore:.*tempfile")
TRAINER = "教师 trainer"
SECRET = building.NOTE
LESSON = "/training/records/register/six/"


@pytest.fixture
def taught(held: Collection) -> LessonPage:
    def teach() -> None:
        sections.provide()
        building.full(held.public)
        plain = LessonPage.objects.get(slug="true")
        assert translate(plain, {"title": "As it was", "summary": "True."}) is not None
        settle()

    remembered("leaks of training", teach)
    made: LessonPage = LessonPage.objects.get(slug="six")
    return made


def has_notes(html: str) -> bool:
    """Also as the data of a form, which are JSON in an attribute."""
    return SECRET in html or json.dumps(SECRET)[1:-1] in html


def settle() -> None:
    while drain():
        pass
    cache.clear()
    caches["pages"].clear()


def addresses(lesson: LessonPage) -> list[str]:
    quiz = next(one for one in lesson.content if one.block_type == "quiz")
    below = Page.objects.live().filter(path__startswith=lesson.path[:12])
    read = [page.get_url() for page in below]
    read += [f"{LESSON}quiz/{quiz.id}/", "/training/teachers/", "/training/points/"]
    read += ["/search/?q=" + SECRET, "/search/?q=登记", f"/suggest/?q={SECRET}"]
    languages = [one for one in CODES if one != DEFAULT]
    read += [in_language(url, one) for url in read for one in languages]
    return [
        *read,
        *(f"/feeds/{slug}.atom" for slug in ("training", "all", "records")),
        *(f"/sitemap-{kind}-1.xml" for kind in ("pages", "records", "entries")),
        f"/api/v1/search?q={SECRET}",
        "/api/v1/search?type=lesson",
        *(
            f"/training/records/{course}{made}/"
            for course in ("", "register/", "filing/")
            for made in ("handout", "offline")
        ),
    ]


def test_notes_are_nowhere_to_be_read(taught: LessonPage) -> None:
    for url in addresses(taught):
        answer = ask(url)
        assert answer.status == 200, url
        if url.endswith("/handout/"):
            pdf = PdfReader(io.BytesIO(answer.body))
            told = "".join(page.extract_text() for page in pdf.pages)
        elif url.endswith("/offline/"):
            archive = zipfile.ZipFile(io.BytesIO(answer.body))
            names = archive.namelist()
            told = b"".join(map(archive.read, names)).decode("utf-8", "replace")
        else:
            told = answer.body.decode("utf-8", "replace")
            if "q=" in url:  # what was asked for is said again
                assert f"/{taught.slug}/" not in told or SECRET not in url, url
                continue
        assert SECRET not in told, url
        assert "教师备注" not in told, url


def test_search_finds_nothing_by_them(taught: LessonPage) -> None:
    assert SECRET not in " ".join(text.read(taught).parts)
    assert ask(f"/api/v1/search?q={SECRET}").body.count(b"training/records") == 0
    assert b"training/records" in ask("/api/v1/search?q=遇到不愿说话").body


def test_only_trainers_and_administrators_print_them(
    taught: LessonPage, client_of: ClientOf
) -> None:
    url = reverse("training_notes", args=[taught.pk])
    for group in (TRAINER, ADMINISTRATOR):
        answer = client_of(group).get(url)
        assert answer.status_code == 200 and SECRET in answer.text
    for group in (EDITOR, REVIEWER, ARCHIVIST):
        answer = client_of(group).get(url)
        assert SECRET not in answer.text
        assert answer.status_code in (302, 403)
    assert ask(url).status == 302


def test_only_they_see_them_in_the_form(
    taught: LessonPage, client_of: ClientOf
) -> None:
    form = reverse("wagtailadmin_pages:edit", args=[taught.pk])
    assert not has_notes(client_of(EDITOR).get(form).text)
    user = UserFactory.create(groups=[TRAINER])
    Page.objects.filter(pk=taught.pk).update(owner=user)
    assert has_notes(client_of(user=user).get(form).text)
    assert has_notes(client_of(ADMINISTRATOR).get(form).text)


def test_an_editor_who_saves_keeps_them(
    taught: LessonPage, client_of: ClientOf
) -> None:
    """A form without the field does not empty it."""
    form = reverse("wagtailadmin_pages:edit", args=[taught.pk])
    given = nested_form_data(
        {
            "title": "六个问题（改）",
            "slug": taught.slug,
            "summary": "六问。",
            "hours": "3",
            "content": streamfield([("heading", "只剩标题")]),
            "materials": streamfield([]),
            "comments": {
                "TOTAL_FORMS": "0",
                "INITIAL_FORMS": "0",
                "MIN_NUM_FORMS": "0",
                "MAX_NUM_FORMS": "",
            },
        }
    )
    client_of(EDITOR).post(form, given)
    saved = LessonPage.objects.get(pk=taught.pk).get_latest_revision_as_object()
    assert saved.title == "六个问题（改）"
    assert SECRET in str(saved.trainer_notes.raw_data[0])


def test_comparisons_and_checks_pass_them_by(
    taught: LessonPage, client_of: ClientOf
) -> None:
    taught.trainer_notes = building.notes(f"{SECRET}改")
    taught.title = "改过的题目"
    revision = taught.save_revision()
    args = [taught.pk, "earliest", revision.pk]
    url = reverse("wagtailadmin_pages:revisions_compare", args=args)
    told = client_of(EDITOR).get(url).text
    assert "改过的题目" in told and not has_notes(told)
    assert has_notes(client_of(ADMINISTRATOR).get(url).text)
    findings = reverse("editing_findings", args=[taught.pk])
    assert not has_notes(client_of(EDITOR).get(findings).text)


def test_closed_records_change_no_course(taught: LessonPage, held: Collection) -> None:
    urls = [one for one in addresses(taught) if "/offline/" not in one]
    # A form says anew when it was asked for.
    urls = [one for one in urls if not re.search("/(handout|suggest|quiz)/", one)]
    before = {url: ask(url) for url in urls}
    plant(held)
    settle()
    for url, answer in before.items():
        assert ask(url) == answer, url
        assert not answer.tells(READING_ROOM_WORD) and not answer.tells(STAFF_WORD)
