"""The report on links tells what leads nowhere, and no more than a visitor sees."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.admin.page_reports import REPORTS
from cms.editing import leaves, links
from cms.models import LinkCheck, SiteDocument, StandardPage
from tests.cms.editing.conftest import WritePage
from tests.factories import RecordFactory, UserFactory, open_record


def live(write: WritePage, html: str, slug: str = "story") -> StandardPage:
    page = write([("text", html)], slug=slug)
    page.get_latest_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def troubles(page: StandardPage) -> list[str]:
    found = links.broken(list(leaves.of_many([page])))
    return [one.trouble for one in found.get(page, [])]


def a(href: str, words: str = "链接") -> str:
    return f'<p><a href="{href}">{words}</a></p>'


def test_pages_that_are_gone_or_taken_down(write: WritePage) -> None:
    other = live(write, "<p>另一页</p>", "other")
    html = f'<p><a linktype="page" id="{other.pk}">另一页</a></p>'
    page = live(write, html)
    assert troubles(page) == []

    Page.objects.get(pk=other.pk).unpublish()
    assert troubles(page) == ["page not live"]
    Page.objects.get(pk=other.pk).delete()
    assert troubles(page) == ["page gone"]


def test_documents_that_are_gone(write: WritePage) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    document = SiteDocument.objects.create(title="文件", file=file)
    html = f'<p><a linktype="document" id="{document.pk}">文件</a></p>'
    page = live(write, html)
    assert troubles(page) == []

    document.delete()
    assert troubles(page) == ["document gone"]


@pytest.mark.parametrize("address", ["/catalogue/{}/", "/catalogue/{}/1/?q=x"])
def test_a_closed_record_and_none_are_told_alike(
    write: WritePage, address: str
) -> None:
    opened = RecordFactory.create(title="公开的题名")
    open_record(opened)
    closed = RecordFactory.create(title="未开放的题名")

    def judged(code: str, slug: str) -> list[str]:
        return troubles(live(write, a(address.format(code)), slug))

    assert judged(opened.reference_code, "opened") == []
    assert judged(closed.reference_code, "closed") == ["record"]
    assert judged("Z999", "none") == ["record"]
    client = Client()
    client.force_login(UserFactory.create(is_superuser=True))
    assert "未开放的题名" not in client.get(reverse("editing_report_links")).text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/search/?q=x", []),
        ("/story", []),
        ("/nowhere/", ["address"]),
        ("mailto:someone@example.org", []),
        ("#main", []),
        ("#below", ["anchor"]),
    ],
)
def test_addresses_of_the_site_itself(
    write: WritePage, address: str, told: list[str]
) -> None:
    assert troubles(live(write, a(address))) == told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("works", []),
        ("broken", ["outside"]),
        ("unknown", ["outside unknown"]),
        ("refused", []),
    ],
)
def test_outside_links_are_told_as_they_were_last_answered(
    write: WritePage, state: str, told: list[str]
) -> None:
    url = "https://example.org/a"
    page = live(write, a(url))
    assert troubles(page) == []
    LinkCheck.objects.create(url=url, state=state, checked_at=timezone.now())
    assert troubles(page) == told


@pytest.fixture
def asked(db: None) -> Callable[[str], int]:
    client = Client()
    client.force_login(UserFactory.create(is_superuser=True))
    client.get(reverse("editing_report_gaps"))  # what is looked up once

    def count(name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(f"editing_report_{name}")).status_code == 200
        return len(queries)

    return count


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_asks_no_more_for_many_pages_than_for_one(
    write: WritePage, asked: Any, name: str
) -> None:
    html = a("/nowhere/") + a("https://example.org/")
    live(write, html)
    one = asked(name)
    for number in range(5):
        live(write, html, f"page-{number}")

    assert asked(name) == one
