"""The calendar entry, as other programs read it: a change of date, a cancellation."""

import json
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cms.models.occasions import Occasion
from cms.registration import occasions
from cms.registration.occasions import Told
from tests.cms.registration.building import occasion
from tests.servers.errors import Unavailable
from tools.node import environment, find_node, package_file
from tools.packages import ROOT

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2027, 5, 8, 9, 30, tzinfo=SHANGHAI)

# ical.js is read as browsers' and phones' calendars read it.
_READ = """
import ICAL from "ical.js";
const text = await new Response(process.stdin).text().catch(async () => {
  let all = ""; for await (const part of process.stdin) all += part; return all;
});
const root = new ICAL.Component(ICAL.parse(text));
const zones = root.getAllSubcomponents("vtimezone").map((zone) => {
  const made = new ICAL.Timezone(zone);
  ICAL.TimezoneService.register(made.tzid, made);
  return made.tzid;
});
const events = root.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid, sequence: event.sequence, title: event.summary,
    status: one.getFirstPropertyValue("status"), place: event.location,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    zone: event.startDate.zone.tzid,
  };
});
console.log(JSON.stringify({ zones, events }));
"""


@dataclass(frozen=True, slots=True)
class Read:
    uid: str
    sequence: int
    status: str
    starts: datetime


def file_of(made: Occasion) -> bytes:
    answer = Client().get(reverse("registration-ics", args=[made.uid]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return answer.content


def read(content: bytes) -> Read:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return Read(
        str(event["UID"]),
        int(str(event["SEQUENCE"])),
        str(event["STATUS"]),
        event.decoded("DTSTART"),
    )


def changed() -> list[tuple[Occasion, bytes]]:
    """As it is announced, as it is moved, and as it is called off."""
    made = occasion(
        title="样本讲座，第一讲；公开",
        starts_at=FIRST,
        ends_at=FIRST + timedelta(hours=2),
    )
    files = [(made, file_of(made))]
    later = FIRST + timedelta(days=30)
    told = Told(made.title, later, later + timedelta(hours=2), "二号厅", made.url, True)
    moved = occasions.tell(made.pk, told)
    files.append((moved, file_of(moved)))
    off = occasions.call_off(made.pk, "天气原因")
    files.append((off, file_of(off)))
    return files


def test_it_stays_the_same_entry_through_a_change_of_date_and_a_cancellation() -> None:
    first, moved, off = (read(content) for _made, content in changed())
    assert first.uid == moved.uid == off.uid
    assert (first.sequence, moved.sequence, off.sequence) == (0, 1, 2)
    assert (first.status, moved.status, off.status) == (
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    )
    assert first.starts == FIRST
    assert moved.starts == off.starts == FIRST + timedelta(days=30)
    assert first.starts.utcoffset() == timedelta(hours=8)


def by_ical_js(content: bytes) -> Any:
    try:
        node = find_node()
        package_file("ical.js/package.json")
    except Unavailable as error:
        pytest.skip(str(error))
    done = subprocess.run(
        [str(node), "--input-type=module", "--eval", _READ],
        input=content,
        cwd=ROOT,
        env=environment(node),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_ical_js_reads_the_same() -> None:
    sequences = []
    for made, content in changed():
        told = by_ical_js(content)
        (event,) = told["events"]
        assert told["zones"] == ["Asia/Shanghai"]
        assert event["zone"] == "Asia/Shanghai"
        assert event["title"] == made.title
        assert event["place"] == made.place
        assert datetime.fromisoformat(event["start"]) == made.starts_at
        assert datetime.fromisoformat(event["end"]) == made.ends_at
        assert event["status"] == ("CANCELLED" if made.is_cancelled else "CONFIRMED")
        sequences.append(event["sequence"])
    assert sequences == [0, 1, 2]
