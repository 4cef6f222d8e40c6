"""A translation that is not for everyone is named nowhere, and its original stands."""

import pytest
from wagtail.models import Locale, Page, PageViewRestriction

from cms.demonstration.translations import translate
from cms.models import StandardPage
from search.engines.base import Engine
from tests.cms.leaking import ask
from tests.cms.stories import drain_all, front_page

SECRET = "Secretbird"
WAYS = (
    "/en/",
    "/en/house/",
    "/en/house/below/",
    "/en/search/?q=Secretbird",
    "/en/suggest/?q=Secretbird",
    "/sitemap-pages-1.xml",
    "/feeds/all.atom",
    "/house/",
)


@pytest.fixture
def house(db: None, embedded_index: Engine) -> Page:
    """A section with a page below, both in Chinese and English."""
    section = StandardPage(title="本馆", slug="house", show_in_menus=True)
    front_page().add_child(instance=section)
    section.save_revision().publish()
    below = StandardPage(title="下级", slug="below")
    section.add_child(instance=below)
    below.save_revision().publish()
    translate(front_page(), {"title": "Front", "lead": "", "summary": ""})
    for page in (section, below):
        translate(page, {"title": SECRET, "summary": SECRET, "body": []})
    drain_all()
    return section


def test_a_restricted_translation_is_named_nowhere(house: Page) -> None:
    assert ask("/en/house/").tells(SECRET)
    assert ask("/en/house/below/").tells(SECRET)
    english = house.get_translation(Locale.objects.get(language_code="en"))
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    drain_all()

    for way in WAYS:
        answer = ask(way)
        assert answer.status == 200, way
        assert not answer.tells(_secret(way)), way
    assert "本馆" in ask("/en/house/").body.decode()


def test_a_restricted_original_restricts_its_translations(house: Page) -> None:
    PageViewRestriction.objects.create(page=house, restriction_type="login")
    drain_all()

    for way in WAYS:
        answer = ask(way)
        assert not answer.tells(_secret(way)), way


def _secret(way: str) -> str:
    """What was typed is said again by the page of results: there, where it leads."""
    return "/en/house/below/" if "search" in way else SECRET
