"""Lists of honours: who reads which, and who makes them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from cms.models import Honour, HonourList, WeekIndexPage
from tests.cms.admin.conftest import ClientOf, client_of, groups
from tests.cms.week import building
from tests.cms.week.building import honours, programme

__all__ = ["client_of", "groups"]

pytestmark = pytest.mark.django_db

ALL, OF_2025 = "/publicity-week/honours/", "/publicity-week/honours/2025/"


def text_of(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_list_stands_under_its_year_with_basis_and_source() -> None:
    building.section()
    honours("某甲", "某乙", decided_by="某市（演示）")
    said = text_of(OF_2025)
    for words in ("某甲", "某乙", "第二十五条", "某市（演示）", "演示"):
        assert words in said
    assert OF_2025 in text_of(ALL)
    assert OF_2025 in text_of("/publicity-week/")
    assert "某甲" in text_of(programme().get_url())


def test_a_programme_shows_no_list_of_a_later_year() -> None:
    page = programme(2024)
    honours("某甲", year=2025)
    assert "某甲" not in text_of(page.get_url())


def test_what_is_not_published_or_has_no_source_is_not_read() -> None:
    page = programme()
    honours("未公布者", is_published=False)
    unsourced = honours("无来源者", award="另一项")
    HonourList.objects.filter(pk=unsourced.pk).update(source="")
    for url in ("/publicity-week/", ALL, page.get_url()):
        said = text_of(url)
        assert "未公布者" not in said
        assert "无来源者" not in said
        assert OF_2025 not in said
    assert Client().get(OF_2025).status_code == 404
    assert WeekIndexPage.objects.get().honours_text == ""


def test_a_list_without_a_source_is_not_published() -> None:
    with pytest.raises(ValidationError, match="没有来源的名单不能公布"):
        honours("某甲", source=" ")


def test_one_award_has_one_list_a_year() -> None:
    honours("某甲")
    with pytest.raises(IntegrityError):
        HonourList.objects.create(year=2025, award="先进（示例）")


def test_search_reads_the_lists_on_the_sections_page() -> None:
    section = building.section()
    honours("某甲")
    from cms.page_search.text import read

    assert any("某甲" in part for part in read(section).parts)


def test_an_organiser_makes_a_list_with_rows(client_of: ClientOf) -> None:
    building.section()
    client = client_of("组织者 organiser")
    sent = {
        "year": "2025",
        "award": "先进（示例）",
        "basis": "第二十五条",
        "source": "演示",
        "is_published": "on",
        "honours-TOTAL_FORMS": "1",
        "honours-INITIAL_FORMS": "0",
        "honours-MIN_NUM_FORMS": "0",
        "honours-MAX_NUM_FORMS": "1000",
        "honours-0-kind": "collective",
        "honours-0-name": "甲镇调委会",
        "honours-0-unit": "",
        "honours-0-citation": "件件可查",
        "honours-0-url": "",
        "honours-0-ORDER": "1",
    }
    client.post(reverse("honours:add"), sent)
    assert Honour.objects.get().list.year == 2025
    assert "甲镇调委会" in text_of(OF_2025)


def test_a_trainer_makes_none(client_of: ClientOf) -> None:
    client = client_of("教师 trainer")
    assert client.get(reverse("honours:add")).status_code == 302
