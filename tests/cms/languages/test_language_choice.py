"""The old addresses of the language switch lead nowhere but into the site."""

import re

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "target",
    [
        "/en//evil.example/",
        "/zh-hant//evil.example/",
        "/en/en//evil.example/",
        "/en///evil.example/",
        "/en/\\evil.example/",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
    ],
)
def test_a_language_is_not_chosen_on_another_site(language: str, target: str) -> None:
    answer = Client().get(f"/language/{language}/", {"next": target})

    place = answer["Location"]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en//evil.example/", "/en/%5Cevil.example/"])
def test_the_switch_of_a_missing_page_leads_to_no_other_site(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 404
    links = re.findall(r'href="([^"]*)"', answer.content.decode())
    assert any(link.startswith("/") for link in links)
    assert not [link for link in links if link.startswith(("//", "/\\"))]
