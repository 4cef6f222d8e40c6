"""The calendar of a class, read by two programs that know the format."""

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from cms.models import TrainingClass
from cms.registration import occasions
from cms.training import telling
from tests.cms.classes.building import training_class

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
READ = """
import ICAL from "ical.js";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone"))
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const events = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid, sequence: event.sequence, summary: event.summary,
    location: event.location, status: one.getFirstPropertyValue("status"),
    zone: event.startDate.zone.tzid,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
  };
});
console.log(JSON.stringify(events));
"""


def fetched(one: TrainingClass) -> bytes:
    got = Client().get(f"/training/class/{one.pk}/class.ics")
    assert got.status_code == 200
    assert got["Content-Type"].startswith("text/calendar")
    return bytes(got.content)


def events(one: TrainingClass) -> dict[str, Any]:
    calendar = Calendar.from_ical(fetched(one))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def by_script(one: TrainingClass) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    answer = subprocess.run(
        [node, "--input-type=module", "-e", READ],
        input=fetched(one),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    read: list[dict[str, Any]] = json.loads(answer.stdout)
    return read


def test_each_session_is_an_event_in_the_halls_time() -> None:
    one = training_class()
    found = events(one)

    assert len(found) == 3
    first = min(found.values(), key=lambda event: event["dtstart"].dt)
    row = one.sessions.first()
    assert first["uid"] == f"{row.uid}@testserver"
    assert first["summary"] == "调解记录 第二期：登记"
    assert first["location"] == "教室一"
    assert first["url"] == f"http://testserver/training/class/{one.pk}/"
    assert first["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert first["dtstart"].dt.utcoffset() == timedelta(hours=8)
    assert (first["dtstart"].dt.hour, first["dtend"].dt.minute) == (9, 30)


def test_another_program_reads_the_same() -> None:
    one = training_class()
    ours = sorted(events(one).values(), key=lambda event: event["dtstart"].dt)
    theirs = sorted(by_script(one), key=lambda event: event["starts"])

    assert [event["uid"] for event in theirs] == [str(e["uid"]) for e in ours]
    assert {event["zone"] for event in theirs} == {"Asia/Shanghai"}
    assert theirs[0]["starts"] == f"{one.first_day}T01:00:00.000Z"
    assert theirs[1]["location"] == "现场"
    assert {event["status"] for event in theirs} == {"CONFIRMED"}


def test_a_session_that_is_moved_keeps_its_uid_and_rises() -> None:
    one = training_class()
    before = events(one)
    row = one.sessions.first()
    row.day = one.last_day
    row.begins, row.ends = row.begins.replace(15), row.ends.replace(17)
    row.save()
    telling.tell(one)

    after = events(one)

    assert after.keys() == before.keys()
    moved = f"{row.uid}@testserver"
    assert int(after[moved]["sequence"]) > int(before[moved]["sequence"])
    assert after[moved]["dtstart"].dt.date() == one.last_day


def test_a_cancelled_session_says_so_and_the_others_do_not() -> None:
    one = training_class()
    row = one.sessions.last()
    row.is_cancelled = True
    row.save()
    telling.tell(one)

    found = {event["uid"]: event["status"] for event in by_script(one)}

    assert found.pop(f"{row.uid}@testserver") == "CANCELLED"
    assert set(found.values()) == {"CONFIRMED"}


def test_a_cancelled_class_cancels_every_session() -> None:
    one = training_class()
    before = events(one)
    occasions.call_off(one.occasion_id, "检修")

    after = events(one)

    assert {str(event["status"]) for event in after.values()} == {"CANCELLED"}
    for uid, event in after.items():
        assert int(event["sequence"]) > int(before[uid]["sequence"])


def test_without_a_timetable_the_class_is_the_event() -> None:
    one = training_class(sessions=[])
    (event,) = by_script(one)
    assert event["uid"] == f"{one.occasion.uid}@testserver"
    assert event["summary"] == "调解记录 第二期"
