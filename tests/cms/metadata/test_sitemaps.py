"""What search engines are told: all that the public may see, and nothing else."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms import sections
from cms.metadata import sitemaps
from cms.models import StandardPage
from tests.cms.collection import Collection
from tests.factories import PUBLIC, RecordFactory, decide

_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_LINK = "{http://www.w3.org/1999/xhtml}link"
FULL = "http://testserver/catalogue/T001-WS%C2%B71953%C2%B7Y-001/"
ENTRY = "http://testserver/catalogue/T001-WS%C2%B72003%C2%B7Y-004/"


def parsed(client: Client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml"
    assert response["X-Robots-Tag"] == "noindex"
    return ElementTree.fromstring(response.content)  # noqa: S314


def told(client: Client) -> list[str]:
    """Every address of every section."""
    index = parsed(client, "/sitemap.xml")
    assert index.tag == f"{_SPACE}sitemapindex"
    return [
        location.text or ""
        for section in index.iter(f"{_SPACE}loc")
        for location in parsed(client, section.text or "").iter(f"{_SPACE}loc")
    ]


def test_all_that_the_public_may_see_is_told_once(
    client: Client, held: Collection
) -> None:
    sections.provide()
    addresses = told(client)
    assert len(addresses) == len(set(addresses))
    records = [one for one in addresses if "/catalogue/" in one]
    assert records == ["http://testserver/catalogue/T001/", FULL, ENTRY]
    pages = [one.removeprefix("http://testserver") for one in addresses]
    assert {"/", "/about/", "/privacy/"} <= set(pages)
    assert {client.get(one).status_code for one in pages} == {200}


def test_a_record_that_is_closed_is_told_no_more(
    client: Client, held: Collection
) -> None:
    assert FULL in told(client)
    decide([held.public], {"open_status": "controlled"})
    assert FULL not in told(client)


def test_pages_that_are_not_for_all_are_not_told(
    client: Client, held: Collection
) -> None:
    sections.provide()
    Page.objects.filter(slug="about").update(live=False)
    private = StandardPage.objects.get(slug="contact")
    PageViewRestriction.objects.create(
        page=private, restriction_type="password", password="x"
    )
    assert {"/about/", "/contact/"}.isdisjoint(
        one.removeprefix("http://testserver") for one in told(client)
    )


def test_an_entry_has_its_day_and_its_other_languages(
    client: Client, held: Collection
) -> None:
    section = parsed(client, "/sitemap-records-1.xml")
    entries = section.findall(f"{_SPACE}url")
    assert len(entries) == 2
    for entry in entries:
        changed = entry.findtext(f"{_SPACE}lastmod") or ""
        assert len(changed) == len("2026-11-27")
        links = {link.get("hreflang"): link.get("href") for link in entry.iter(_LINK)}
        assert links["x-default"] == links["zh-Hans"] == entry.findtext(f"{_SPACE}loc")


@pytest.mark.parametrize(
    "path", ["/sitemap-records-0.xml", "/sitemap-records-2.xml", "/sitemap-x-1.xml"]
)
def test_a_section_that_is_not_there_is_not_found(
    client: Client, held: Collection, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_robots_are_led_to_it(client: Client, db: None) -> None:
    assert "Sitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").text


def test_sections_follow_one_another_without_gap_or_double(
    client: Client, held: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [RecordFactory.create(parent=held.fonds) for _ in range(5)]
    decide(made, PUBLIC)
    whole = told(client)
    monkeypatch.setattr(sitemaps, "SECTION", 3)
    assert sorted(told(client)) == sorted(whole)
    assert ("records", 3) in sitemaps.sections()


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-records-1.xml"])
def test_more_records_cost_no_more_queries(
    client: Client, held: Collection, path: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    few = queries()
    decide([RecordFactory.create(parent=held.fonds) for _ in range(8)], PUBLIC)
    assert queries() == few
    assert few <= 12
