"""Pages in other languages: found by the Chinese address, governed by the original."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms import sections
from cms.demonstration import translations
from cms.demonstration.translations import translate
from cms.models import ExhibitionIndexPage, ExhibitionPage, HomePage, StandardPage
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
NOTE = "This page has not been translated yet; the Chinese text is shown."


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def home() -> Page:
    remembered("sections", sections.provide)
    return Site.objects.get(is_default_site=True).root_page


def page_of(slug: str) -> Page:
    return StandardPage.objects.get(slug=slug, locale__language_code="zh-hans")


def child(home: Page, parent: str, title: str, slug: str) -> Page:
    below = StandardPage(title=title, slug=slug, summary="下级提要")
    page_of(parent).add_child(instance=below)
    below.save_revision().publish()
    return below


def english(page: Page, **fields: object) -> Page:
    made = translate(page, fields)
    assert made is not None
    return made


def test_an_untranslated_page_says_so_and_is_marked_as_chinese(
    client: Client, home: Page
) -> None:
    html = client.get("/en/contact/").text
    assert NOTE in html
    assert '<html lang="en">' in html
    main = html[html.index("<main") - 60 : html.index("<main")]
    assert '<div class="in-language" lang="zh-Hans">' in main
    assert "联系我们" in html
    assert '<link rel="canonical" href="http://testserver/contact/">' in html
    assert 'hreflang="en" href' not in html.replace('lang="en" hreflang', "")


@pytest.mark.parametrize("prefix", ["", "/zh-hant"])
def test_chinese_pages_have_no_such_note(
    client: Client, home: Page, prefix: str
) -> None:
    html = client.get(f"{prefix}/contact/").text
    assert "in-language" not in html
    assert "尚无译文" not in html


def test_a_translated_page_stands_at_the_same_address(
    client: Client, home: Page
) -> None:
    english(page_of("contact"), title="Contact", summary="How to reach us")
    html = client.get("/en/contact/").text
    assert "<h1>Contact" in html
    assert NOTE not in html
    assert "in-language" not in html
    root = "http://testserver"
    assert f'<link rel="canonical" href="{root}/en/contact/">' in html
    for address in ("/contact/", "/zh-hant/contact/", "/en/contact/"):
        assert f'hreflang="en" href="{root}/en/contact/"' in client.get(address).text
    assert "<h1>联系我们" in client.get("/contact/").text
    assert "<h1>聯繫我們" in client.get("/zh-hant/contact/").text


def test_a_translation_has_the_address_of_its_original_whatever_its_slug(
    client: Client, home: Page
) -> None:
    made = english(page_of("contact"), title="Contact", slug="reach-us")
    assert made.slug == "reach-us"
    assert made.get_url() == "/en/contact/"
    assert Page.objects.get(pk=made.pk).full_url.endswith("/en/contact/")
    assert client.get("/en/contact/").status_code == 200
    assert client.get("/en/reach-us/").status_code == 404
    assert client.get("/home-en/contact/").status_code == 404


def test_menus_and_breadcrumbs_speak_the_language_and_stay_in_it(
    client: Client, home: Page
) -> None:
    child(home, "about", "馆史", "history")
    english(page_of("about"), title="About the hall")
    html = client.get("/en/about/history/").text
    crumbs = re.search(r'<nav class="crumbs.*?</nav>', html, re.S)
    assert crumbs is not None
    assert '<a href="/en/">Home page</a>' in crumbs[0]
    assert '<a href="/en/about/">About the hall</a>' in crumbs[0]
    foot = html[html.index("<footer") :]
    assert '<a href="/en/about/">About the hall</a>' in foot
    assert '<a href="/en/contact/">Contact us</a>' in foot
    assert '<li aria-current="page" lang="zh-Hans">馆史</li>' in crumbs[0]
    english(page_of("history"), title="History")
    html = client.get("/en/about/history/").text
    assert '<a href="/en/about/">About the hall</a></li>' in html


def test_a_page_below_an_untranslated_one_can_be_translated(
    client: Client, home: Page
) -> None:
    below = child(home, "about", "馆史", "馆史")
    english(below, title="History of the hall")
    html = client.get(f"/en/about/{below.slug}/").text
    assert "<h1>History of the hall" in html
    # Its parent was not translated by the way.
    assert NOTE in client.get("/en/about/").text
    assert '<a href="/en/about/">About the hall</a>' in html


def test_links_in_the_text_of_a_page_stay_in_the_language(
    client: Client, home: Page
) -> None:
    page = page_of("privacy")
    page.body = [
        ("text", f'<p><a linktype="page" id="{page_of("contact").pk}">x</a></p>')
    ]
    page.save_revision().publish()
    for prefix in ("", "/en", "/zh-hant"):
        html = client.get(f"{prefix}/privacy/").text
        assert f'<a href="{prefix}/contact/">x</a>' in html
    english(page_of("contact"), title="Contact")
    assert '<a href="/en/contact/">x</a>' in client.get("/en/privacy/").text


def test_what_the_original_refuses_its_translation_does_not_give(
    client: Client, home: Page
) -> None:
    original = page_of("contact")
    made = english(original, title="Secret contact")
    PageViewRestriction.objects.create(page=original, restriction_type="login")
    assert made.get_view_restrictions().count() == 0
    response = client.get("/en/contact/")
    assert response.status_code == 302
    assert "Secret" not in client.get("/en/about/").text
    PageViewRestriction.objects.all().delete()
    original.unpublish()
    assert client.get("/en/contact/").status_code == 404
    assert "Secret" not in client.get("/en/about/").text


def test_a_translation_that_is_not_published_is_not_shown(
    client: Client, home: Page
) -> None:
    made = english(page_of("contact"), title="Contact")
    made.unpublish()
    html = client.get("/en/contact/").text
    assert NOTE in html
    assert "<h1>联系我们" in html


def test_a_page_written_in_traditional_is_served_as_it_was_written(
    client: Client, home: Page
) -> None:
    """Where OpenCC would make 臺灣 and 裡面, and the interface around is converted."""
    body = [("text", "<p>台灣裏面的著錄，范先生“自用”。</p>"), ("heading", "標題")]
    translate(page_of("contact"), {"title": "聯絡本館", "body": body}, "zh-hant")
    html = client.get("/zh-hant/contact/").text
    assert "<h1>聯絡本館" in html
    assert "<p>台灣裏面的著錄，范先生“自用”。</p>" in html
    assert "開放資料" not in html
    assert "開放數據接口" in html
    assert "聯絡本館" not in client.get("/contact/").text


def test_a_redirect_of_the_original_holds_in_every_language(
    client: Client, home: Page
) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=page_of("contact"))
    assert client.get("/old/")["Location"] == "/contact/"
    assert client.get("/en/old/")["Location"] == "/en/contact/"
    assert client.get("/zh-hant/old/")["Location"] == "/zh-hant/contact/"


def test_a_page_out_of_requests_has_the_address_of_its_own_language(
    home: Page,
) -> None:
    made = english(page_of("contact"), title="Contact")
    assert page_of("contact").get_url() == "/contact/"
    assert made.get_url() == "/en/contact/"


def test_a_translation_without_its_original_has_no_address(home: Page) -> None:
    original = page_of("contact")
    made = english(original, title="Contact")
    Page.objects.filter(pk=made.pk).update(translation_key=uuid4())
    assert Page.objects.get(pk=made.pk).get_url() is None


def test_a_page_costs_the_same_however_many_are_translated(
    client: Client, home: Page
) -> None:
    def cost() -> int:
        client.get("/en/contact/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/contact/")
        return len(captured)

    english(home, title="Home", lead="Lead")
    english(page_of("about"), title="About")
    before = cost()
    for slug in ("privacy", "accessibility"):
        english(page_of(slug), title=slug.title())
    assert cost() == before


def test_the_demonstration_introduces_the_hall_in_english_once(
    client: Client, home: Page
) -> None:
    made = translations.add()
    assert {"Home", "About the hall", "Visiting"} <= {page.title for page in made}
    assert translations.add() == []
    assert "digitised page by page" in client.get("/en/").text
    about = client.get("/en/about/").text
    assert "Exhibition Hall" in about
    assert NOTE not in about
    assert HomePage.objects.filter(
        locale=Locale.objects.get(language_code="en")
    ).count()
    assert "关于本馆" in client.get("/about/").text


def test_the_front_page_tells_what_is_new_in_the_readers_language(
    client: Client, home: Page
) -> None:
    """Of the sections of the Chinese menu, translated or not."""
    Page.objects.filter(slug="about").update(show_in_menus=True)
    first = child(home, "about", "馆史", "history")
    child(home, "about", "馆舍", "house")
    english(page_of("about"), title="About the hall")
    english(first, title="History", summary="From the beginning")
    html = client.get("/en/").text
    news = html[html.index('class="news"') : html.index("<footer")]
    assert '<a href="/en/about/">About the hall</a>' in news
    assert 'href="/en/about/history/" lang="en">History</a>' in news
    assert 'href="/en/about/house/" lang="zh-Hans">馆舍</a>' in news
    assert '<span class="small" lang="zh-Hans">下级提要</span>' in news
    news = client.get("/zh-hant/").text
    assert 'href="/zh-hant/about/house/" lang="zh-Hant">館舍</a>' in news


def test_a_front_page_without_words_of_its_own_needs_no_translation(
    client: Client, home: Page
) -> None:
    assert NOTE not in client.get("/en/").text
    front = HomePage.objects.get()
    front.lead = "本馆引言"
    front.save_revision().publish()
    assert NOTE in client.get("/en/").text


def test_a_translated_section_lists_what_is_not_translated_yet(
    client: Client, home: Page
) -> None:
    section = ExhibitionIndexPage.objects.get(slug="exhibitions")
    for slug in ("told", "untold"):
        page = ExhibitionPage(title=f"展{slug}", slug=slug, locale=section.locale)
        section.refresh_from_db()
        section.add_child(instance=page)
        page.save_revision().publish()
    english(section, title="Exhibitions")
    told = ExhibitionPage.objects.get(slug="told", locale=section.locale)
    english(told, title="A tale")
    listed = client.get("/en/exhibitions/").text
    assert "A tale" in listed
    assert "展untold" in listed
    assert "展told" not in listed
