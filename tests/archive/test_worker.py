"""The worker: its steps, its processes, its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive import jobs, worker
from archive.folios import NewFolio, add_folios
from archive.models import Job, OutboxRow, Transcript
from media import masters
from tests.archive.pictures import text_picture
from tests.archive.team import ROOT, Team, children_of, database_url, wait_for
from tests.factories import RecordFactory


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> dict[str, worker.Step]:
    """The registry, empty for the test."""
    empty: dict[str, worker.Step] = {}
    monkeypatch.setattr(worker, "_steps", empty)
    return empty


@pytest.fixture
def team(data: Path) -> Iterator[Team]:
    waiting_pages(data, 3)
    team = Team(data, lease_seconds=60)
    yield team
    team.stop()


def waiting_pages(data: Path, count: int) -> None:
    scan = text_picture(data / "page.png", "演示材料矛盾纠纷调解")
    page = NewFolio(masters.store(scan), "page.png")
    add_folios(RecordFactory.create(), [page] * count)


def run_worker(data: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "worker", *options],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATA_DIR": str(data),
            "TEST_DATABASE_URL": database_url(),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.django_db
def test_steps_run_in_order_and_a_failing_one_does_not_stop_the_others(
    steps: dict[str, worker.Step], caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[str] = []

    def do(name: str, amount: int) -> int:
        ran.append(name)
        return amount

    def fail() -> int:
        raise ConnectionError("the engine is down")

    worker.register_step("first", lambda: do("first", 1))
    worker.register_step("broken", fail)
    worker.register_step("last", lambda: do("last", 2))
    assert list(worker.registered_steps()) == ["first", "broken", "last"]
    assert worker.run_once() == 3
    assert ran == ["first", "last"]
    assert "the engine is down" in caplog.text


@pytest.mark.django_db
def test_a_step_of_the_same_name_is_replaced(steps: dict[str, worker.Step]) -> None:
    worker.register_step("index", lambda: 1)
    worker.register_step("index", lambda: 5)
    assert worker.run_once() == 5


def test_search_is_among_the_steps() -> None:
    assert "index" in worker.registered_steps()


@pytest.mark.django_db
def test_a_worker_without_processes_is_refused() -> None:
    with pytest.raises(CommandError, match="至少为 1"):
        call_command("worker", processes=0, stdout=StringIO())


@pytest.mark.ocr
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_until_idle_does_all_there_is_to_do_and_ends(data: Path) -> None:
    waiting_pages(data, 3)
    done = run_worker(data, "--until-idle", "--processes", "2")
    assert done.returncode == 0, done.stderr
    assert Transcript.objects.count() == 3
    assert not Job.objects.exists()
    assert not OutboxRow.objects.exists()


@pytest.mark.ocr
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_until_idle_ends_although_a_page_fails_and_says_why(data: Path) -> None:
    waiting_pages(data, 1)
    for path in (data / "masters").rglob("*.png"):
        path.write_bytes(path.read_bytes()[:200])
    done = run_worker(data, "--until-idle", "--processes", "1")
    assert jobs.given_up().exists()
    assert "1 页未能识别：图像已损坏" in done.stderr


@pytest.mark.ocr
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_asked_to_end_it_finishes_the_page_it_is_at(team: Team) -> None:
    wait_for(lambda: any(children_of(pid) for pid in team.readers), "the engine")
    assert team.stop() == 0
    assert not Job.objects.filter(token__isnull=False).exists()
    assert Transcript.objects.exists()


@pytest.mark.ocr
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_processes_whose_parent_was_killed_end_by_themselves(team: Team) -> None:
    orphans = [*team.readers, team.indexer]
    os.kill(team.parent, signal.SIGKILL)
    wait_for(lambda: not any(map(is_running, orphans)), "the orphans' end")


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def ending(code: int, *, until_idle: bool = False) -> worker.Worker:
    """A worker of one process, which ended at once with this exit code."""
    team = worker.Worker(1, until_idle=until_idle)
    team._roles = {"steps": lambda: sys.exit(code)}
    team._tend()
    team._children["steps"].join()
    return team


@pytest.mark.parametrize("code", [0, 1, 3])
def test_a_process_that_ended_is_replaced_but_not_at_once(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_RESTART_SECONDS", 60.0)
    team = ending(code)
    ended = team._children["steps"]
    assert team._tend()
    assert team._children["steps"] is ended
    team._next_start["steps"] = 0.0
    assert team._tend()
    assert team._children["steps"] is not ended
    team._children["steps"].join()
    assert team._end() == code


@pytest.mark.parametrize("code", [0, 1])
def test_until_idle_takes_the_end_of_a_process_for_its_word(code: int) -> None:
    team = ending(code, until_idle=True)
    assert not team._tend()
    assert team._end() == code


def test_a_machine_that_is_unfit_is_tried_less_and_less_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = worker.Worker(1)
    team._parent = os.getppid()
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        team._stop.wanted = len(pauses) == 10

    monkeypatch.setattr(team._stop, "pause", pause)
    monkeypatch.setattr(worker, "_read_pages", lambda: None)
    team._recognise()
    assert pauses == sorted(pauses)
    assert pauses[0] <= 1 < pauses[-1] == 30


def test_a_wish_to_end_cuts_a_pause_short() -> None:
    stop = worker.Stop()
    with stop.on_signals():
        signal.raise_signal(signal.SIGTERM)
    started = time.monotonic()
    stop.pause(30)
    assert time.monotonic() - started < 5
    assert stop.wanted
