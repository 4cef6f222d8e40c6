"""Counts of visits: how often a page was read, and nothing of who read it.

Counted in memory and added to the database every ``VISITS_SECONDS`` by a thread of its
own, so that reading a page writes nothing; what a process has not written when it is
killed is lost, which is no more than half a minute's readers.
"""

import atexit
import logging
import re
import threading
from collections import Counter
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

PATH_LENGTH = 255
# More than this waits for no half minute.
MOST_WAITING = 2000
# What calls itself so is no reader. Programs that say nothing are none either.
_ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|archiver|scan|check|monitor|preview|fetch|feed|headless"
    r"|lighthouse|http|curl|wget|python|java/|go-|ruby|perl|php|facebook|whatsapp",
    re.IGNORECASE,
)
_ADD = """
    INSERT INTO cms_visitcount (day, path, language, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (day, path, language)
    DO UPDATE SET count = cms_visitcount.count + excluded.count
"""


class Page(NamedTuple):
    day: date
    path: str
    language: str


_lock = threading.Lock()
_counts: Counter[Page] = Counter()
_wake = threading.Event()
_writer: threading.Thread | None = None


def is_robot(user_agent: str) -> bool:
    return not user_agent or _ROBOTS.search(user_agent) is not None


def note(path: str, language: str) -> None:
    """Count one visit of today; touches no database."""
    page = Page(timezone.localdate(), path[:PATH_LENGTH], language)
    with _lock:
        _counts[page] += 1
        many = len(_counts) >= MOST_WAITING
    if settings.VISITS_SECONDS > 0:
        _start_writer()
        if many:
            _wake.set()


def flush() -> int:
    """Write what was counted; how many visits. What cannot be written waits on."""
    with _lock:
        taken = dict(_counts)
        _counts.clear()
    if not taken:
        return 0
    # In one order everywhere: two processes do not wait for one another's rows.
    rows = [(*page, count) for page, count in sorted(taken.items())]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)
    except DatabaseError as error:
        logger.warning("visits wait: %s", error)
        with _lock:
            _counts.update(taken)
        return 0
    return sum(taken.values())


def _start_writer() -> None:
    """One thread in each process, begun by its first visit: after any fork."""
    global _writer
    if _writer is not None and _writer.is_alive():
        return
    with _lock:
        if _writer is None or not _writer.is_alive():
            _writer = threading.Thread(target=_write, name="visits", daemon=True)
            _writer.start()
            atexit.register(flush)


def _write() -> None:
    while True:
        _wake.wait(settings.VISITS_SECONDS)
        _wake.clear()
        flush()
        connections.close_all()
