"""Processes that recognise pages and carry out registered steps until told to stop.

The parent only watches: it starts the children, replaces one that dies, and passes
on the wish to stop. ``processes`` children recognise pages; one more runs the steps
(the index drain, and what keeps the queue true). Each is done with its current
page or step before it goes, and whatever kills it, nothing is lost.
"""

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from types import FrameType

from django.db import DatabaseError, connections

from archive import jobs

logger = logging.getLogger(__name__)

Step = Callable[[], int]

IDLE_SECONDS = 0.5
_HOUSEKEEPING_SECONDS = 60.0
# A process that dies at once is not started again at once.
_RESTART_SECONDS = 2.0
# A step that fails so often in a row gives up in ``until_idle``.
_MAX_FAILURES = 20
_LONGEST_PAUSE = 30.0

_steps: dict[str, Step] = {}
_fork = multiprocessing.get_context("fork")


def register_step(name: str, step: Step) -> None:
    """Have workers call ``step`` again and again; it answers how much it did.

    Called from ``AppConfig.ready``; the same name again replaces the step.
    """
    _steps[name] = step


def registered_steps() -> dict[str, Step]:
    """The steps by name, in the order of registration."""
    return dict(_steps)


def run_once() -> int:
    """One page and one round of the steps, in this process; how much was done."""
    done = _read_pages() or 0
    return done + sum(_attempt(name, step) or 0 for name, step in _steps.items())


class Stop:
    """The wish to end, as a flag: a lock might be held when the signal comes."""

    def __init__(self) -> None:
        self.wanted = False

    def pause(self, seconds: float) -> None:
        """Sleep, but not long after the wish."""
        end = time.monotonic() + seconds
        while not self.wanted and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, IDLE_SECONDS))

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """SIGTERM and SIGINT express the wish."""
        numbers = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, self._wish) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _wish(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted = True


class Worker:
    """``run`` starts the children and stays until stopped or, if asked, idle."""

    def __init__(self, processes: int, *, until_idle: bool = False) -> None:
        self._until_idle = until_idle
        roles = [f"ocr-{number}" for number in range(1, processes + 1)]
        self._roles: dict[str, Callable[[], None]] = {
            **dict.fromkeys(roles, self._recognise),
            "steps": self._run_steps,
        }
        self._children: dict[str, BaseProcess] = {}
        self._next_start = dict.fromkeys(self._roles, 0.0)
        self._stop = Stop()
        self._parent = os.getpid()

    def run(self, watch: Callable[[], None] = lambda: None) -> int:
        """Work until told to stop; ``watch`` is called about twice a second.

        The exit code: 1 if in ``until_idle`` a step could not be brought to an end.
        """
        with self._stop.on_signals():
            while not self._stop.wanted:
                watch()
                if not self._tend():
                    break
                self._stop.pause(IDLE_SECONDS)
            return self._end()

    def _tend(self) -> bool:
        """Start what is not running; False once every child has finished."""
        for role in self._roles:
            child = self._children.get(role)
            if child is not None and (child.is_alive() or self._finished(child)):
                continue
            if time.monotonic() >= self._next_start[role]:
                if child is not None:
                    logger.warning("%s ended with %s", role, child.exitcode)
                self._start(role)
        return not all(map(self._finished, self._children.values()))

    def _start(self, role: str) -> None:
        # A connection must not be shared between processes.
        connections.close_all()
        child = _fork.Process(target=self._roles[role], name=role)
        child.start()
        self._children[role] = child
        self._next_start[role] = time.monotonic() + _RESTART_SECONDS

    def _finished(self, child: BaseProcess) -> bool:
        """Whether it ended and none is to take its place: only in ``until_idle``."""
        return self._until_idle and child.exitcode in (0, 1)

    def _end(self) -> int:
        for child in self._children.values():
            if child.is_alive():
                child.terminate()
        for child in self._children.values():
            child.join()
        return max(
            (child.exitcode or 0 for child in self._children.values()), default=0
        )

    def _recognise(self) -> None:
        """A child's life: pages, one after the other."""
        failures = 0
        with self._stop.on_signals():
            while not self._orphaned():
                done = _attempt("recognition", _read_pages)
                failures = failures + 1 if done is None else 0
                if done:
                    continue
                if self._until_idle and not failures and not _pages_left():
                    return
                self._rest(failures)

    def _run_steps(self) -> None:
        """The other child's life: the steps in turn, and housekeeping."""
        failures = 0
        next_housekeeping = 0.0
        with self._stop.on_signals():
            while not self._orphaned():
                if time.monotonic() >= next_housekeeping:
                    next_housekeeping = time.monotonic() + _HOUSEKEEPING_SECONDS
                    _attempt("housekeeping", _housekeeping)
                # Asked before the steps: pages that end later need another round.
                pages_left = self._until_idle and _pages_left()
                done = [_attempt(name, step) for name, step in _steps.items()]
                failures = failures + 1 if None in done else 0
                if any(done):
                    continue
                if self._until_idle and failures >= _MAX_FAILURES:
                    raise SystemExit(1)
                if self._until_idle and not pages_left and not failures:
                    return
                self._rest(failures)

    def _rest(self, failures: int) -> None:
        """A pause: the longer, the more often in a row something failed."""
        pause = min(IDLE_SECONDS * 2 ** min(failures, 10), _LONGEST_PAUSE)
        self._stop.pause(pause if not self._until_idle else IDLE_SECONDS)

    def _orphaned(self) -> bool:
        """Whether to end: told to, or the parent is gone."""
        return self._stop.wanted or os.getppid() != self._parent


def _read_pages() -> int | None:
    # Not at the top: the parent forks, and should not have started libvips then.
    from archive.recognition import work

    return work()


def _housekeeping() -> int:
    return jobs.reap() + jobs.reconcile()


def _pages_left() -> bool:
    return jobs.active().exists()


def _attempt(name: str, step: Callable[[], int | None]) -> int | None:
    """What ``step`` did; None if it failed, which is logged: the worker lives on."""
    try:
        return step()
    except DatabaseError as error:
        connections.close_all()
        logger.warning("%s: %s", name, error)
    except Exception:
        logger.exception("%s", name)
    return None
