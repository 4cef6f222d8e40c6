"""The week's calendars, read by two programs that know nothing of ours."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from cms.models import Occasion
from cms.registration.occasions import call_off, take_back
from tests.cms.week import building
from tests.cms.week.building import event, programme
from tests.servers.fixtures import give_up

pytestmark = pytest.mark.django_db

WEEK = "/publicity-week/2026/programme.ics"
READER = Path(__file__).with_name("read_calendar.mjs")


def got(url: str = WEEK) -> bytes:
    answer = Client().get(url)
    assert answer.status_code == 200, url
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return bytes(answer.content)


def by_icalendar(content: bytes) -> list[dict[str, Any]]:
    calendar = Calendar.from_ical(content)
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    events = []
    found: Any = calendar.walk("VEVENT")
    for one in found:
        assert one["DTSTART"].params["TZID"] in zones
        events.append(
            {
                "uid": str(one["UID"]),
                "sequence": int(one["SEQUENCE"]),
                "summary": str(one["SUMMARY"]),
                "location": str(one["LOCATION"]),
                "status": str(one["STATUS"]),
                "zone": one["DTSTART"].params["TZID"],
                "start": _instant(one["DTSTART"].dt),
                "end": _instant(one["DTEND"].dt),
            }
        )
    return events


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def by_ical_js(content: bytes) -> list[dict[str, Any]]:
    if shutil.which("node") is None:
        give_up("Node.js: not installed (Debian package nodejs)")
    read = subprocess.run(
        ["node", str(READER)], input=content, capture_output=True, check=False
    )
    assert read.returncode == 0, read.stderr.decode()
    found: list[dict[str, Any]] = json.loads(read.stdout)
    return found


def test_two_programs_read_the_week_in_the_halls_own_time() -> None:
    page = programme()
    event(page, title="开幕；宣讲, 第一场", place="报告厅, 一层")
    event(page, "closing", day=date(2026, 11, 22), hours=("15:00", "16:00"))
    content = got()
    expected = {
        "sequence": 0,
        "summary": "开幕；宣讲, 第一场",
        "location": "报告厅, 一层",
        "status": "CONFIRMED",
        "zone": "Asia/Shanghai",
        "start": "2026-11-16T01:00:00.000Z",
        "end": "2026-11-16T03:00:00.000Z",
    }
    for read in (by_icalendar(content), by_ical_js(content)):
        assert len(read) == 2
        first = {name: value for name, value in read[0].items() if name != "uid"}
        assert first == expected
        assert read[1]["start"] == "2026-11-22T07:00:00.000Z"
    assert by_icalendar(content) == by_ical_js(content)


def test_a_change_of_day_and_a_cancellation_reach_those_who_have_it() -> None:
    page = event(programme())
    before = by_ical_js(got())[0]

    page.day = date(2026, 11, 18)
    page.save_revision().publish()
    moved = by_ical_js(got())[0]
    assert moved["uid"] == before["uid"]
    assert moved["sequence"] == 1
    assert moved["start"] == "2026-11-18T01:00:00.000Z"
    assert moved["status"] == "CONFIRMED"

    call_off(building.occasion_of(page).pk, "改期")
    off = by_ical_js(got())[0]
    assert (off["uid"], off["sequence"]) == (before["uid"], 2)
    assert off["status"] == "CANCELLED"
    assert by_icalendar(got()) == by_ical_js(got())

    take_back(building.occasion_of(page).pk)
    assert by_ical_js(got())[0]["status"] == "CONFIRMED"


def test_an_event_has_a_file_of_its_own_with_the_same_identity() -> None:
    page = programme()
    event(page, "opening")
    event(page, "closing", title="闭幕")
    (alone,) = by_icalendar(got("/publicity-week/2026/closing/event.ics"))
    assert alone["summary"] == "闭幕"
    assert alone in by_icalendar(got())
    assert Client().get("/publicity-week/2026/none/event.ics").status_code == 404


def test_the_pages_lead_to_the_calendars() -> None:
    page = event(programme())
    call_off(building.occasion_of(page).pk)
    client = Client()
    assert f'href="{WEEK}"' in client.get("/publicity-week/2026/").content.decode()
    own = "/publicity-week/2026/opening/"
    assert f'href="{own}event.ics"' in client.get(own).content.decode()


def test_drafts_are_in_no_calendar() -> None:
    page = programme()
    event(page)
    event(page, "secret", title="未公布", published=False)
    assert "未公布" not in got().decode()
    page.unpublish()
    assert Client().get(WEEK).status_code == 404
    assert Client().get("/publicity-week/2025/programme.ics").status_code == 404
    assert Occasion.objects.count() == 1
