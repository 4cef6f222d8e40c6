"""Open Graph and JSON-LD: what programs are told of a page, and nothing closed."""

import json
import re
from datetime import date
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from cms import sections
from cms.metadata import structured
from cms.models import SiteDetails, SiteImage, StandardPage
from tests.cms.collection import Collection
from tests.factories import RecordFactory, open_record, picture


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


RECORD = "/catalogue/T001-WS·1953·Y-001/"
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
_PROPERTY = re.compile(r'<meta property="og:([\w:]+)" content="([^"]*)">')


def data(html: str) -> dict[str, dict[str, Any]]:
    """The things of the page's only document, by their types."""
    (text,) = _DATA.findall(html)
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def opengraph(html: str) -> dict[str, str]:
    found = _PROPERTY.findall(html)
    told = dict(found)
    assert len(told) == len(found)
    assert {"title", "type", "url", "site_name", "locale"} <= told.keys()
    return {name: unescape(value) for name, value in told.items()}


def test_the_front_page_tells_of_the_house_and_how_to_search(
    client: Client, held: Collection
) -> None:
    SiteDetails.objects.create(
        site=Site.objects.get(), address="样本路一号", telephone="000", email="a@b.cn"
    )
    html = client.get("/").text
    told = data(html)
    house = told["ArchiveOrganization"]
    assert house["name"] == "“枫桥经验”陈列馆"
    assert house["address"]["streetAddress"] == "样本路一号"
    assert (house["telephone"], house["email"]) == ("000", "a@b.cn")
    action = told["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert action == "http://testserver/search/?q={search_term_string}"
    assert told["WebSite"]["publisher"]["@id"] == house["@id"]
    assert opengraph(html)["type"] == "website"


def test_what_the_house_does_not_say_is_not_told(
    client: Client, held: Collection
) -> None:
    house = data(client.get("/").text)["ArchiveOrganization"]
    assert "telephone" not in house
    assert house["address"] == "诸暨"


def test_a_record_is_told_with_its_holder_its_date_and_its_place(
    client: Client, held: Collection
) -> None:
    told = data(client.get(RECORD).text)
    record = told["ArchiveComponent"]
    assert record["identifier"] == "T001-WS·1953·Y-001"
    assert record["name"] == "調解須知"
    assert record["dateCreated"] == "1953-01-01/1953-12-31"
    assert record["holdingArchive"]["@type"] == "ArchiveOrganization"
    assert record["isPartOf"]["identifier"] == "T001"
    assert client.get(record["isPartOf"]["url"]).status_code == 200
    names = [one["name"] for one in record["creator"]]
    assert names == ["样本调解委员会", "样本村"]
    assert client.get(record["image"]).status_code == 200
    steps = told["BreadcrumbList"]["itemListElement"]
    assert [one["name"] for one in steps] == ["测试全宗", "調解須知"]
    assert [one["position"] for one in steps] == [1, 2]
    assert all(client.get(one["item"]).status_code == 200 for one in steps)


def test_open_graph_of_a_record_shows_what_anybody_may_get(
    client: Client, held: Collection
) -> None:
    for path, page in ((RECORD, ""), (f"{RECORD}2/", "第 2 页")):
        told = opengraph(client.get(path).text)
        assert told["title"].startswith("調解須知")
        assert page in told["title"]
        assert told["description"] == "须知若干条。"
        assert client.get(told["url"]).status_code == 200
        image = client.get(told["image"])
        assert image["Content-Type"] == "image/jpeg"
    assert told["locale"] == "zh_CN"


def test_of_a_catalogue_entry_the_entry_alone_is_told(
    client: Client, held: Collection
) -> None:
    html = client.get(f"/catalogue/{held.catalogue_only.reference_code}/").text
    record = data(html)["ArchiveComponent"]
    assert record.keys() == {
        "@type",
        "@id",
        "url",
        "identifier",
        "name",
        "dateCreated",
        "holdingArchive",
        "isPartOf",
    }
    assert "image" not in opengraph(html)


def test_who_sees_more_gets_a_page_that_tells_programs_nothing(
    reader_in_the_room: Client, held: Collection
) -> None:
    html = reader_in_the_room.get(
        f"/catalogue/{held.reading_room.reference_code}/"
    ).text
    assert "阅览室案卷" in html
    assert not _DATA.findall(html)
    assert not _PROPERTY.findall(html)


def test_a_closed_parent_is_no_part_of_what_is_told(
    client: Client, held: Collection
) -> None:
    """The predicate closes what lies below a closed parent; the way there as well."""
    inner = RecordFactory.create(parent=held.staff, title="馆内卷下的一件")
    open_record(inner)
    assert client.get(f"/catalogue/{inner.reference_code}/").status_code == 404


def test_no_title_ends_the_script(client: Client, held: Collection) -> None:
    title = "</script><script>alert(1)</script><!-- “&”\u2028"
    record = RecordFactory.create(parent=held.fonds, title=title)
    open_record(record)
    html = client.get(f"/catalogue/{record.reference_code}/").text
    assert data(html)["ArchiveComponent"]["name"] == title
    assert "<script>alert" not in html
    assert opengraph(html)["title"] == title


# Wagtail leaves the temporary file of a rendition to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_is_told_with_its_summary_and_its_picture(
    client: Client, held: Collection
) -> None:
    sections.provide()
    page = StandardPage.objects.get(slug="about")
    page.summary = "本馆的提要"
    page.cover = SiteImage.objects.create(
        title="图", file=picture(), width=8, height=8, description="门口"
    )
    page.save_revision().publish()
    html = client.get("/about/").text
    told = opengraph(html)
    assert (told["title"], told["description"]) == ("关于本馆", "本馆的提要")
    assert told["image:alt"] == "门口"
    image = client.get(told["image"])
    assert b"".join(image).startswith(b"\xff\xd8")
    image.close()
    steps = data(html)["BreadcrumbList"]["itemListElement"]
    assert [one["name"] for one in steps] == ["首页", "关于本馆"]
    assert data(html)["WebPage"]["dateModified"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_whose_picture_is_lost_still_opens(
    client: Client, held: Collection
) -> None:
    sections.provide()
    page = StandardPage.objects.get(slug="about")
    page.cover = SiteImage.objects.create(
        title="图", file=picture(), width=8, height=8, description="门口"
    )
    page.save_revision().publish()
    page.cover.file.storage.delete(page.cover.file.name)
    response = client.get("/about/")
    assert response.status_code == 200
    assert "image" not in opengraph(response.text)


@pytest.mark.parametrize("path", ["/search/", "/nothing/", "/catalogue/"])
def test_tools_and_errors_tell_nothing(
    client: Client, held: Collection, path: str
) -> None:
    html = client.get(path).text
    assert not _DATA.findall(html)


class Authors:
    """As a page's related rows give them."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def all(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name=name) for name in self._names]


def page_of(kind: str, **fields: Any) -> Any:
    """A page of a model that says what it is."""
    shown = Page(
        title="题目",
        slug="x",
        first_published_at=timezone.now(),
        last_published_at=timezone.now(),
    )
    for name, value in {"structured_type": kind, **fields}.items():
        setattr(shown, name, value)
    return shown


def told_of(shown: Any) -> dict[str, Any]:
    url = "http://testserver/x/"
    details = SiteDetails()
    return structured.page(shown, url, details, "http://testserver", "zh-Hans", "")


@pytest.mark.parametrize("kind", structured.ARTICLES)
def test_an_article_has_its_authors_and_its_days(db: None, kind: str) -> None:
    told = told_of(
        page_of(kind, authors=Authors("某甲", "某乙"), search_day=date(2020, 5, 6))
    )
    assert told["@type"] == kind
    assert [one["name"] for one in told["author"]] == ["某甲", "某乙"]
    assert told["headline"] == "题目"
    assert told["datePublished"] == "2020-05-06" < told["dateModified"]
    assert told_of(page_of(kind))["author"]["@type"] == "ArchiveOrganization"


def test_an_exhibition_has_its_time_and_its_place(db: None) -> None:
    days = {"opens": date(2026, 1, 2), "closes": date(2026, 3, 4)}
    told = told_of(page_of("ExhibitionEvent", **days))
    assert (told["startDate"], told["endDate"]) == ("2026-01-02", "2026-03-04")
    assert told["location"] == {
        "@type": "VirtualLocation",
        "url": "http://testserver/x/",
    }
    assert told["organizer"]["@type"] == "ArchiveOrganization"
    assert "startDate" not in told_of(page_of("ExhibitionEvent"))


def test_context_without_a_request_tells_nothing() -> None:
    from cms.metadata.head import metadata_of

    assert metadata_of({"page": SimpleNamespace()}) is None
