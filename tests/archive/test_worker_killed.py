"""SIGKILL in the middle of work, twenty times: nothing is lost, nothing doubled."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import outbox
from archive.folios import NewFolio, add_folios
from archive.models import Folio, Job, OutboxRow, Record, Transcript
from archive.openness import Audience
from archive.readers import Reader
from media import masters
from search.consistency import compare
from search.index import engine
from search.service import SearchParams, search
from tests.archive.pictures import text_picture
from tests.archive.team import Team, children_of, wait_for
from tests.factories import RecordFactory

LEASE_SECONDS = 3
OCR_KILLS = 12
INDEX_KILLS = 8
RECORDS = 8
WAITING = 8
WORDS = ["矛盾纠纷", "就地化解", "调解记录", "阅览规则"]

pytestmark = [
    pytest.mark.database,
    pytest.mark.ocr,
    pytest.mark.django_db(transaction=True),
]


class Pages:
    """Records of four small pages each, waiting to be recognised.

    However fast the machine, there is always a page for the next kill:
    ``top_up`` adds a record when few pages are left.
    """

    def __init__(self, folder: Path) -> None:
        self._images = [
            masters.store(text_picture(folder / f"{n}.png", f"演示材料{word}第{n}页"))
            for n, word in enumerate(WORDS)
        ]
        self.records: list[Record] = []
        for _ in range(RECORDS):
            self._add()

    def _add(self) -> None:
        record = RecordFactory.create()
        batch = [NewFolio(image, image.name) for image in self._images]
        add_folios(record, batch)
        self.records.append(record)

    def top_up(self) -> None:
        if Job.objects.filter(token__isnull=True).count() < WAITING:
            self._add()


@pytest.fixture
def pages(data: Path) -> Pages:
    return Pages(data)


@pytest.fixture
def team(data: Path, pages: Pages) -> Iterator[Team]:
    team = Team(data, LEASE_SECONDS)
    try:
        yield team
    finally:
        code = team.stop()
        print(team.log.read_text())
    assert code == 0


def test_every_page_is_recognised_and_indexed_once_whoever_is_killed(
    team: Team, pages: Pages
) -> None:
    chance = random.Random(1963)
    kills = ["ocr"] * OCR_KILLS + ["index"] * INDEX_KILLS
    chance.shuffle(kills)
    for kill in kills:
        if kill == "ocr":
            kill_in_the_middle_of_a_page(team, pages, chance)
        else:
            kill_in_the_middle_of_indexing(team, pages, chance)
    wait_for(lambda: not Job.objects.exists(), "the last page", 300)
    wait_for(lambda: not OutboxRow.objects.exists(), "the index", 300)
    expected = len(pages.records) * len(WORDS)
    assert Transcript.objects.count() == Folio.objects.count() == expected
    for folio in Folio.objects.select_related("transcript"):
        assert folio.transcript is not None
        assert folio.transcript.folio_id == folio.pk
        assert "演示材料" in folio.transcript.text
    assert outbox.excluded_paths() == ()
    assert not compare(engine())
    found = search(SearchParams(q=WORDS[0]), Reader(Audience.STAFF))
    assert found.total == len(pages.records)


def kill_in_the_middle_of_a_page(
    team: Team, pages: Pages, chance: random.Random
) -> None:
    """Kill a process that holds a lease and whose engine runs; sometimes all."""
    busy: list[int] = []

    def engine_runs() -> bool:
        pages.top_up()
        busy[:] = [pid for pid in team.readers if children_of(pid)]
        return bool(busy)

    held: set[tuple[int, object]] = set()
    while not held:
        wait_for(engine_runs, "a page in the engine")
        time.sleep(chance.uniform(0, 0.2))
        before = leases()
        if not any(children_of(pid) for pid in busy):
            continue
        if chance.random() < 1 / 6:
            team.kill_all()
        else:
            team.kill(busy[0])
        # What is still leased under its old token was not brought to an end.
        held = before & leases()


def leases() -> set[tuple[int, object]]:
    held = Job.objects.filter(token__isnull=False)
    return set(held.values_list("folio_id", "token"))


def kill_in_the_middle_of_indexing(
    team: Team, pages: Pages, chance: random.Random
) -> None:
    """Kill the indexing process when it has written some of many rows, not all."""
    for _ in range(60):
        outbox.changed(record.pk for record in pages.records)
    last = OutboxRow.objects.latest("pk").pk
    total = OutboxRow.objects.count()
    wait_for(lambda: OutboxRow.objects.count() < total, "the drain")
    time.sleep(chance.uniform(0, 0.02))
    os.kill(team.indexer, signal.SIGSTOP)
    was_in_the_middle = OutboxRow.objects.filter(pk=last).exists()
    team.kill(team.indexer)
    if not was_in_the_middle:
        kill_in_the_middle_of_indexing(team, pages, chance)
