"""A page that was renamed or moved is found at its old addresses, too."""

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.models import StandardPage

pytestmark = pytest.mark.django_db


def made(above: Page, slug: str) -> StandardPage:
    page = StandardPage(title=slug, slug=slug)
    Page.objects.get(pk=above.pk).add_child(instance=page)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


@pytest.fixture
def tree(client: Client) -> StandardPage:
    home = Site.objects.get(is_default_site=True).root_page
    above = made(home, "first")
    made(above, "below")
    return StandardPage.objects.get(pk=above.pk)


@pytest.fixture
def renamed(
    tree: StandardPage, django_capture_on_commit_callbacks: Any
) -> StandardPage:
    """``tree`` under another name, and what follows from that done."""
    with django_capture_on_commit_callbacks(execute=True):
        tree.slug = "second"
        tree.save_revision().publish()
    return tree


def test_renaming_leaves_redirects_for_the_page_and_all_below(
    renamed: StandardPage, client: Client
) -> None:

    for old, new in (("/first/", "/second/"), ("/first/below/", "/second/below/")):
        answer = client.get(old)
        assert answer.status_code == 301
        assert answer.headers["Location"] == new
        assert client.get(new).status_code == 200


def test_moving_leaves_redirects(tree: StandardPage, client: Client) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    other = made(home, "other")
    below = Page.objects.get(slug="below")
    below.move(other, pos="last-child")

    answer = client.get("/first/below/")
    assert answer.headers["Location"] == "/other/below/"


def test_the_old_address_of_another_language_leads_to_that_language(
    renamed: StandardPage, client: Client
) -> None:
    answer = client.get("/en/first/?q=1")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/en/second/"


def test_what_never_was_is_not_found(tree: StandardPage, client: Client) -> None:
    assert client.get("/en/nothing/").status_code == 404
    assert client.get("/nothing/").status_code == 404


def test_a_redirect_to_another_site_keeps_its_address(
    tree: StandardPage, client: Client
) -> None:
    Redirect.add_redirect("/gone", redirect_to="https://example.org/x/")
    location = client.get("/en/gone/").headers["Location"]
    assert location == "https://example.org/x/"
