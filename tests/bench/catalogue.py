"""The catalogue at several sizes, on SQLite and PostgreSQL: times and queries.

Each size has a process and a database of its own, thrown away afterwards
(``python -m tests.bench.catalogue`` is that process). Times are the best of
the rounds, of the processor (ours and the database's), so that other work on the
machine is left out; the clock's stand in brackets. Beside each stands the shortest SQL
that does the same, in the same run.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.processor import Meter
from tests.bench.table import Row, skipped
from tests.servers.errors import Unavailable
from tests.servers.postgresql import postgresql_server

if TYPE_CHECKING:
    from tests.bench.catalogue_steps import Step

SMALLEST = 10_000
SAMPLE = 1_000
SLOW = 5.0
"""Seconds from which one round is enough."""


@dataclass(frozen=True, slots=True)
class Result:
    """Best seconds of the rounds and queries of one step at one size.

    ``seconds`` and ``raw_seconds`` are of the processor, ``wall`` of the clock.
    """

    name: str
    seconds: float
    wall: float
    raw_seconds: float
    queries: int
    goal: int | None


def sizes(largest: int) -> list[int]:
    """From ten thousand records up to ``largest``, ten times as many each time."""
    found = [largest]
    while found[0] // 10 >= SMALLEST:
        found.insert(0, found[0] // 10)
    return found


def run(wanted: Sequence[int], rounds: int) -> list[Row]:
    """Rows for each database that can be had."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name in ("SQLite", "PostgreSQL"):
            try:
                with _database(name, folder) as environments:
                    measured = {
                        size: _in_a_process(size, rounds, next(environments))
                        for size in wanted
                    }
            except Unavailable as error:
                rows.append(skipped(f"catalogue, {name}", str(error)))
            else:
                rows += _rows(name, measured)
    return rows


def _rows(database: str, measured: Mapping[int, Sequence[Result]]) -> Iterable[Row]:
    smallest = min(measured)
    first = {result.name: result for result in measured[smallest]}
    for size, results in measured.items():
        for result in results:
            grown = result.seconds / first[result.name].seconds
            same = result.queries == first[result.name].queries
            ours = (
                f"{result.seconds * 1000:,.0f} ms [{result.wall * 1000:,.0f}],"
                f" {result.queries} queries"
            )
            if size != smallest:
                ours += f", ×{grown:.1f}" + ("" if same else " MORE QUERIES")
            goal = result.goal
            yield Row(
                f"{database}, {size:,}: {result.name}",
                ours,
                f"{result.raw_seconds * 1000:,.1f} ms",
                f"{result.seconds / max(result.raw_seconds, 1e-6):.1f}",
                "" if goal is None else f"≤ {goal} ms",
                None if goal is None else result.seconds * 1000 <= goal,
            )


def _in_a_process(
    size: int, rounds: int, environment: Mapping[str, str]
) -> list[Result]:
    command = [sys.executable, "-m", "tests.bench.catalogue"]
    done = subprocess.run(
        [*command, "--records", str(size), "--rounds", str(rounds)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return [Result(**json.loads(line)) for line in done.stdout.splitlines()]


@contextlib.contextmanager
def _database(name: str, folder: str) -> Iterator[Iterator[dict[str, str]]]:
    """Environments, each with an empty database of its own."""
    with contextlib.ExitStack() as servers:
        server = None
        if name == "PostgreSQL":
            server = servers.enter_context(postgresql_server())

        def environments() -> Iterator[dict[str, str]]:
            while True:
                data = tempfile.mkdtemp(dir=folder)
                url = f"sqlite:///{data}/catalogue.sqlite3"
                if server is not None:
                    url = _new_database(server.dsn, server.url, Path(data).name)
                yield {"DATA_DIR": data, "TEST_DATABASE_URL": url}

        yield environments()


def _new_database(dsn: str, url: str, name: str) -> str:
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return url.rpartition("/")[0] + f"/{name}"


def main() -> None:
    """Fill this process's database, measure, print a result a line (JSON)."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.catalogue")
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    for result in _measure_all(options.records, options.rounds):
        print(json.dumps(asdict(result)), flush=True)


def _measure_all(records: int, rounds: int) -> Iterator[Result]:
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.test import Client

    from cms.models import User
    from search.index import engine
    from tests.bench.catalogue_records import generate
    from tests.bench.catalogue_steps import steps
    from tests.factories import ARCHIVIST

    call_command("migrate", verbosity=0)
    engine().prepare()
    by = User.objects.create_user("bench", is_staff=True)
    by.groups.add(Group.objects.get(name=ARCHIVIST))
    colleague = User.objects.create_user("colleague", is_staff=True)
    began = time.perf_counter()
    with fast_filling():
        made = generate(records, by.pk, colleague.pk)
    _say(f"{records:,} records made in {time.perf_counter() - began:.0f} s")
    require_true_access(records)
    archivist = Client()
    archivist.force_login(by)
    for step in steps(made, archivist, by):
        result = _measure(step, rounds)
        _say(
            f"{result.seconds * 1000:10,.1f} ms  [{result.wall * 1000:10,.1f}]"
            f" {result.queries:5} q  raw {result.raw_seconds * 1000:9,.1f}"
            f"  {result.name}"
        )
        yield result


def _measure(step: "Step", rounds: int) -> Result:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    meter = Meter()

    def once(act: Callable[[], object]) -> tuple[float, float]:
        with contextlib.ExitStack() as stack:
            if step.writes:
                stack.enter_context(transaction.atomic())
            began = time.perf_counter(), meter.seconds()
            act()
            spent = meter.seconds() - began[1], time.perf_counter() - began[0]
            if step.writes:
                transaction.set_rollback(True)
        return spent

    with CaptureQueriesContext(connection) as captured:
        _spent, warm = once(step.ours)
    queries = len(captured)  # now: the next request empties the log
    times = rounds if warm < SLOW else 1
    ours = [once(step.ours) for _ in range(times)]
    raw = [once(step.raw) for _ in range(times)]
    seconds, wall = min(one for one, _wall in ours), min(wall for _one, wall in ours)
    raw_seconds = min(one for one, _wall in raw)
    return Result(step.name, seconds, wall, raw_seconds, queries, step.goal)


@contextlib.contextmanager
def fast_filling() -> Iterator[None]:
    """Room for indexes while a database is filled; then what it knows of itself."""
    from django.db import connection

    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA cache_size = -1000000")  # kB
        else:  # or millions of foreign keys are checked one by one
            cursor.execute("SET session_replication_role = replica")
        yield
        if sqlite:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")
    connection.close()  # the next connection has the usual settings


def require_true_access(records: int) -> None:
    """Stored access of a sample is what the predicate says: or all is for nothing."""
    from archive.models import Record
    from archive.openness import access
    from archive.seen import access_of

    every = max(1, records // SAMPLE)
    for record in Record.objects.filter(pk__in=range(1, records + 1, every)[:500]):
        above = Record.objects.filter(pk__in=record.ancestor_ids)
        if access_of(record) != access(record, above):
            raise RuntimeError(f"{record} is stored with a wrong access")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
