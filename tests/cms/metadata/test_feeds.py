"""Feeds tell what is new, as the public sees it."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms import sections
from cms.metadata import feeds
from cms.models import StandardPage
from tests.cms.collection import Collection
from tests.factories import PUBLIC, RecordFactory, decide

_SPACE = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str) -> list[ElementTree.Element]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314
    assert feed.tag == f"{_SPACE}feed"
    links = {
        link.get("rel"): link.get("href") for link in feed.findall(f"{_SPACE}link")
    }
    assert links["self"] == f"http://testserver{path}"
    assert client.get(links["alternate"] or "").status_code == 200
    for required in ("id", "title", "updated"):
        assert feed.findtext(f"{_SPACE}{required}")
    return feed.findall(f"{_SPACE}entry")


def titles(client: Client, path: str) -> list[str]:
    return [one.findtext(f"{_SPACE}title") or "" for one in entries(client, path)]


def news(section: Page, title: str) -> StandardPage:
    page = StandardPage(title=title, slug=f"n-{title}", summary=f"{title}的提要")
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_records_come_in_the_order_in_which_they_were_opened(
    client: Client, held: Collection
) -> None:
    assert titles(client, "/feeds/records.atom") == ["調解須知", "测试全宗"]
    later = RecordFactory.create(parent=held.fonds, title="后来开放的一卷")
    decide([later], PUBLIC)
    assert titles(client, "/feeds/records.atom")[0] == "后来开放的一卷"
    (first, *_rest) = entries(client, "/feeds/records.atom")
    link = first.find(f"{_SPACE}link")
    assert link is not None
    assert client.get(link.get("href") or "").status_code == 200
    assert datetime.fromisoformat(first.findtext(f"{_SPACE}updated") or "")


def test_what_is_closed_again_leaves_the_feeds(
    client: Client, held: Collection
) -> None:
    decide([held.public], {"open_status": "controlled"})
    for path in ("/feeds/records.atom", "/feeds/all.atom"):
        assert "調解須知" not in client.get(path).text


def test_who_is_signed_in_gets_the_public_s_feed(
    client: Client, reader_in_the_room: Client, held: Collection
) -> None:
    for path in ("/feeds/records.atom", "/feeds/all.atom"):
        assert reader_in_the_room.get(path).content == client.get(path).content


def test_a_section_has_a_feed_of_its_pages(client: Client, held: Collection) -> None:
    sections.provide()
    section = Page.objects.get(slug="about")
    assert entries(client, "/feeds/about.atom") == []
    news(section, "第一则")
    second = news(section, "第二则")
    assert titles(client, "/feeds/about.atom") == ["第二则", "第一则"]
    assert "第二则的提要" in client.get("/feeds/about.atom").text
    second.unpublish()
    assert titles(client, "/feeds/about.atom") == ["第一则"]
    assert "第一则" in titles(client, "/feeds/all.atom")


@pytest.mark.parametrize("slug", ["nothing", "about"])
def test_a_section_that_is_not_there_for_all_has_none(
    client: Client, held: Collection, slug: str
) -> None:
    sections.provide()
    Page.objects.filter(slug="about").update(live=False)
    assert client.get(f"/feeds/{slug}.atom").status_code == 404


def test_what_xml_cannot_hold_breaks_no_feed(client: Client, held: Collection) -> None:
    """A title copied out of a slide has a vertical tab where its line was broken."""
    sections.provide()
    page = news(Page.objects.get(slug="about"), "上行下行")
    page.title = "上行\x0b下行\ufffe"
    page.summary = "提要\x02"
    page.save_revision().publish()
    assert "上行 下行 " in titles(client, "/feeds/all.atom")


def test_every_page_names_the_feeds(client: Client, held: Collection) -> None:
    for path in ("/", "/catalogue/", "/search/", "/nothing/"):
        html = client.get(path).text
        assert '<link rel="alternate" type="application/atom+xml"' in html
        assert 'href="/feeds/records.atom"' in html


def test_a_feed_is_of_bounded_length_and_cost(client: Client, held: Collection) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/feeds/all.atom")
        return len(captured)

    few = queries()
    made = [RecordFactory.create(parent=held.fonds) for _ in range(feeds.MOST + 3)]
    decide(made, PUBLIC)
    assert len(entries(client, "/feeds/records.atom")) == feeds.MOST
    assert queries() == few
