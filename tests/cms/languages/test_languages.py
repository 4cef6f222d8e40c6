"""A language is a part of the address: the same page, for everybody and every cache."""

import re
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from archive import generation
from cms.languages.prefixes import alternates, bare, in_language, language_of
from cms.models import TraditionalWording
from tests.cms.collection import Collection

PUBLIC = "/catalogue/T001-WS·1953·Y-001/"
PREFIXES = {"zh-Hans": "", "zh-Hant": "/zh-hant", "en": "/en"}


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.text


def switch(html: str) -> dict[str, str]:
    """The addresses of the switch by language."""
    nav = re.search(r'<nav class="langs".*?</nav>', html, re.S)
    assert nav is not None
    found = re.findall(r'<a href="([^"]+)" lang="([^"]+)"', nav[0])
    return {lang: address.replace("&amp;", "&") for address, lang in found}


@pytest.mark.parametrize(("lang", "prefix"), PREFIXES.items())
def test_the_address_alone_decides(
    client: Client, held: Collection, lang: str, prefix: str
) -> None:
    client.cookies["django_language"] = "en"
    response = client.get(f"{prefix}/catalogue/", headers={"Accept-Language": "de"})
    assert f'<html lang="{lang}">' in response.text
    assert response["Content-Language"] == lang
    assert "Accept-Language" not in response.get("Vary", "")


def test_the_switch_keeps_the_page_and_the_query(
    client: Client, held: Collection
) -> None:
    query = "q=%E7%9F%9B%E7%9B%BE&sort=date_asc"
    html = html_of(client, f"/search/?{query}")
    assert switch(html) == {
        lang: f"{prefix}/search/?{query}" for lang, prefix in PREFIXES.items()
    }
    for lang, address in switch(html).items():
        page = html_of(client, address)
        assert f'<html lang="{lang}">' in page
        assert switch(page) == switch(html)
        assert 'value="矛盾"' in page


def test_a_reader_stays_in_a_language_without_scripts(
    client: Client, held: Collection
) -> None:
    """Every link to a page for readers leads on in the language of the page."""
    start = ["/", "/search/?q=矛盾纠纷", "/catalogue/", PUBLIC, f"{PUBLIC}1/?q=矛盾"]
    for prefix in ("/en", "/zh-hant"):
        for path in start:
            html = html_of(client, prefix + path)
            body = html[html.index("<body") :].replace("\n", " ")
            body = re.sub(r'<nav class="langs".*?</nav>', "", body)
            links = re.findall(r'(?:href|action)="(/[^"]*)"', body)
            strays = [
                link
                for link in links
                if not link.startswith(
                    (f"{prefix}/", "/iiif/", "/static/", "/api/", "/media/")
                )
                and "/citation." not in link
            ]
            assert strays == [], path


@pytest.mark.parametrize(
    "name",
    ["api-search", "api-records", "api-openapi", "healthz", "readyz", "robots"],
)
def test_what_programs_read_has_one_address(name: str) -> None:
    with translation.override("en"):
        assert not reverse(name).startswith("/en/")


def test_a_citation_quotes_the_address_without_a_language(
    client: Client, held: Collection
) -> None:
    plain = re.search(r'<p class="cite"[^>]*>(.*?)</p>', html_of(client, PUBLIC), re.S)
    assert plain is not None
    for prefix in ("/en", "/zh-hant"):
        assert plain[0] in html_of(client, prefix + PUBLIC)


def test_each_page_names_itself_and_its_other_languages(
    client: Client, held: Collection
) -> None:
    html = html_of(client, "/zh-hant/catalogue/?page=1&utm=x")
    root = "http://testserver"
    assert f'<link rel="canonical" href="{root}/zh-hant/catalogue/?page=1">' in html
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)
    assert dict(found) == {
        "zh-Hans": f"{root}/catalogue/",
        "zh-Hant": f"{root}/zh-hant/catalogue/",
        "en": f"{root}/en/catalogue/",
        "x-default": f"{root}/catalogue/",
    }


def test_a_page_that_is_not_there_names_no_other(client: Client, db: None) -> None:
    html = html_of(client, "/en/nothing/", 404)
    assert '<html lang="en">' in html
    assert 'rel="alternate" hreflang' not in html
    assert 'rel="canonical"' not in html


@pytest.mark.parametrize(
    "path", ["/zh-hans/catalogue/", "/zh-tw/", "/de/", "/en/api/v1/"]
)
def test_a_language_that_is_not_offered_has_no_addresses(
    client: Client, db: None, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_an_address_without_its_slash_keeps_the_language(
    client: Client, db: None
) -> None:
    assert client.get("/en/catalogue")["Location"] == "/en/catalogue/"
    assert client.get("/en")["Location"] == "/en/"


def test_the_old_addresses_of_the_switch_lead_to_the_page(
    client: Client, db: None
) -> None:
    response = client.get("/language/en/", {"next": "/zh-hant/search/?q=a"})
    assert response.status_code == 301
    assert response["Location"] == "/en/search/?q=a"
    assert client.get("/language/zh-hans/?next=/en/")["Location"] == "/"
    assert client.get("/language/xx/").status_code == 404


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:1", "x"]
)
def test_the_old_addresses_lead_nowhere_else(
    client: Client, db: None, target: str
) -> None:
    response = client.get("/language/en/", {"next": target})
    assert response["Location"] == "/en/"


def test_addresses_go_from_one_language_to_another_and_back() -> None:
    for path in ("/", "/catalogue/x/?q=/en/", "/english/", "/zh-hantx/"):
        assert language_of(path) == "zh-hans"
        for language in ("zh-hans", "zh-hant", "en"):
            there = in_language(path, language)
            assert language_of(there) == language
            assert bare(there) == path
            assert in_language(there, "zh-hant") == f"/zh-hant{path}"
    assert bare("/en") == "/"
    assert [
        one.url for one in alternates("/en/x/", ("zh-hans", "en"), "https://a")
    ] == [
        "https://a/x/",
        "https://a/en/x/",
        "https://a/x/",
    ]


def test_traditional_pages_are_traditional_and_evidence_is_not_touched(
    client: Client, held: Collection
) -> None:
    html = html_of(client, "/zh-hant/search/?q=矛盾纠纷")
    assert "「楓橋經驗」陳列館" in html
    assert "檢索結果" in html
    assert 'value="矛盾纠纷"' in html
    assert "檢索：矛盾纠纷" in html
    plain = html_of(client, "/search/?q=矛盾纠纷")
    snippet = re.compile(r'<a class="text"[^>]*translate="no">(.*?)</a>')
    assert snippet.findall(html) == snippet.findall(plain) != []
    codes = re.compile(r'<span class="code">(.*?)</span>')
    assert codes.findall(html) == codes.findall(plain) != []
    assert not re.search("[\ufdd0\ufdd1]", html)


def test_the_text_of_a_scan_is_as_it_stands_in_every_language(
    client: Client, held: Collection
) -> None:
    transcript = re.compile(r'<p lang="[^"]+" translate="no">(.*?)</p>', re.S)
    plain = transcript.findall(html_of(client, f"{PUBLIC}1/?q=矛盾"))
    assert plain
    for prefix in ("/en", "/zh-hant"):
        html = html_of(client, f"{prefix}{PUBLIC}1/?q=矛盾")
        assert transcript.findall(html) == plain


def test_an_error_page_is_in_the_language_of_its_address(
    client: Client, db: None
) -> None:
    assert "沒有找到這一頁" in html_of(client, "/zh-hant/nothing/", 404)
    assert "Page not found" in html_of(client, "/en/nothing/", 404)


def test_a_wording_of_the_house_holds_from_the_next_page_on(
    client: Client, held: Collection
) -> None:
    assert "陳列館" in html_of(client, "/zh-hant/")
    made = TraditionalWording.objects.create(simplified="陈列馆", traditional="陳列舘")
    assert "陳列舘" in html_of(client, "/zh-hant/")
    made.delete()
    assert "陳列館" in html_of(client, "/zh-hant/")


def test_a_wording_changed_in_another_process_is_seen_at_once(
    client: Client, db: None
) -> None:
    """That process saves it, and tells of it in the same transaction."""
    html_of(client, "/zh-hant/")
    rows = [TraditionalWording(simplified="陈列馆", traditional="陳列舘")]
    TraditionalWording.objects.bulk_create(rows)
    generation.renew(generation.SITE)
    assert "陳列舘" in html_of(client, "/zh-hant/")


def test_a_closed_record_is_as_absent_in_every_language(
    client: Client, held: Collection
) -> None:
    """Compared with a code that never was: the same answer but for the code."""
    missing = "T001-WS·1999·Y-999"
    for record in (held.staff, held.reading_room):
        code = record.reference_code
        for prefix in PREFIXES.values():
            for tail in ("/", "/1/", "/?page=2"):
                there = client.get(f"{prefix}/catalogue/{code}{tail}")
                never = client.get(f"{prefix}/catalogue/{missing}{tail}")
                assert there.status_code == never.status_code == 404
                assert blank(there.text, code) == blank(never.text, missing)
            found = html_of(client, f"{prefix}/search/?q={record.title}")
            assert code not in found


def blank(html: str, code: str) -> str:
    return html.replace(code, "*").replace(quote(code), "*")


def test_crawlers_are_kept_from_searches_in_every_language(
    client: Client, db: None
) -> None:
    text = client.get("/robots.txt").text
    for prefix in PREFIXES.values():
        assert f"Disallow: {prefix}/search/?\n" in text
