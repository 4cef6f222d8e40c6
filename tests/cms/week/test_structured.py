"""What programs are told of events, read with extruct."""

from datetime import date
from typing import Any

import extruct
import pytest
from django.test import Client

from cms.models import Occasion
from tests.cms.week import building
from tests.cms.week.building import event, programme

pytestmark = pytest.mark.django_db


def told(url: str, kind: str) -> dict[str, Any]:
    html = Client().get(url).content.decode()
    documents = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    things = [one for document in documents for one in document["@graph"]]
    (found,) = [one for one in things if one["@type"] == kind]
    return dict(found)


def test_an_event_says_when_where_and_by_whom() -> None:
    page = programme(organiser="某市（演示）")
    speaker = {"name": "某甲", "unit": "某县", "topic": "题目"}
    event(page, speakers=[("speaker", speaker)])
    one = told("/publicity-week/2026/opening/", "Event")
    assert one["name"] == "开幕宣讲"
    assert one["startDate"] == "2026-11-16T09:00:00+08:00"
    assert one["endDate"] == "2026-11-16T11:00:00+08:00"
    assert one["location"] == {"@type": "Place", "name": "报告厅", "address": "报告厅"}
    assert one["eventStatus"] == "https://schema.org/EventScheduled"
    assert one["organizer"] == {"@type": "Organization", "name": "某市（演示）"}
    assert one["performer"] == [{"@type": "Person", "name": "某甲"}]
    assert one["superEvent"]["@id"].endswith("/publicity-week/2026/")


def test_without_an_organiser_it_is_the_house() -> None:
    event(programme())
    organizer = told("/publicity-week/2026/opening/", "Event")["organizer"]
    assert organizer["@type"] == "ArchiveOrganization"


def test_what_was_called_off_says_so() -> None:
    page = event(programme())
    Occasion.objects.filter(pk=building.occasion_of(page).pk).update(is_cancelled=True)
    status = "https://schema.org/EventCancelled"
    assert told("/publicity-week/2026/opening/", "Event")["eventStatus"] == status
    series = told("/publicity-week/2026/", "EventSeries")
    assert series["subEvent"][0]["eventStatus"] == status


def test_a_week_is_a_series_of_its_events() -> None:
    page = programme()
    event(page)
    event(page, "closing", title="闭幕", day=date(2026, 11, 22))
    event(page, "draft", published=False)
    series = told("/publicity-week/2026/", "EventSeries")
    assert (series["startDate"], series["endDate"]) == ("2026-11-16", "2026-11-22")
    assert [one["name"] for one in series["subEvent"]] == ["开幕宣讲", "闭幕"]
    assert series["subEvent"][1]["startDate"] == "2026-11-22T09:00:00+08:00"
    assert series["subEvent"][0]["url"].endswith("/publicity-week/2026/opening/")
