"""The demonstration's knowledge base: labelled, sourced, made once."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.demonstration import knowledge
from cms.demonstration.chronicle import FACTS
from cms.knowledge.chronicle import chronicle
from cms.models import ChroniclePage, NewsPage, OutputPage, SubjectPage, TermPage
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(site: Any) -> None:
    remembered("knowledge", knowledge.add)


def test_a_second_run_changes_nothing(shown: None) -> None:
    before = list(Page.objects.values_list("pk", "latest_revision_created_at"))
    knowledge.add()
    assert list(Page.objects.values_list("pk", "latest_revision_created_at")) == before


def test_all_of_it_is_labelled(shown: None) -> None:
    for model, least in (
        (OutputPage, 6),
        (TermPage, 20),
        (NewsPage, 4),
        (SubjectPage, 14),
        (ChroniclePage, 1),
    ):
        pages = model.objects.live()
        assert pages.count() >= least
        assert not pages.filter(is_demonstration=False).exists()


def test_no_author_could_be_taken_for_a_person(shown: None) -> None:
    for page in OutputPage.objects.all():
        assert all(one.name.startswith("演示") for one in page.authors.all())


def test_every_term_names_its_article_and_its_concept(shown: None) -> None:
    for term in TermPage.objects.all():
        assert term.regulated, term.title
        assert term.subjects.exists(), term.title


def test_every_fact_is_shown_with_its_sources(shown: None) -> None:
    found = chronicle(ChroniclePage.objects.get())
    assert found.total == len(FACTS) == 8
    events = [one for year in found.years for one in year.events]
    assert all(one.sources for one in events)
    (disputed,) = [one for one in events if one.is_disputed]
    assert disputed.edtf == "[1963-11-20,1963-11-22]"
    assert len(disputed.sources) == 2


def test_every_page_opens_and_says_what_it_is(shown: None) -> None:
    for page in Page.objects.filter(depth__gt=2).live():
        response = Client().get(page.get_url())
        assert response.status_code == 200, page.url_path
        html = response.content.decode()
        assert len(re.findall(r"<h1[ >]", html)) == 1
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), page.url_path
