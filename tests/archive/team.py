"""A real ``manage.py worker``, its processes, and their sudden end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0


def database_url() -> str:
    """The URL of the test database that this process is connected to."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    return (
        f"postgresql://{values['USER']}:{values['PASSWORD']}"
        f"@{values['HOST']}:{values['PORT']}/{values['NAME']}"
    )


def wait_for(
    condition: Callable[[], bool], what: str, seconds: float = PATIENCE
) -> None:
    """Poll until ``condition`` holds; fail with ``what`` if it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.005)


def children_of(pid: int) -> list[int]:
    """The processes that ``pid`` started and that still run, oldest first."""
    children: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += map(int, (task / "children").read_text().split())
    except OSError:
        return []
    return sorted(child for child in children if not _is_zombie(child))


def _is_zombie(pid: int) -> bool:
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        )
    except OSError:
        return True


class Team:
    """The worker with two processes that read pages and one that runs the steps.

    ``data`` is their DATA_DIR and gets their log. ``readers`` and ``indexer`` are
    their process ids; a process that was killed is followed in its role by the one
    that the parent starts in its place.
    """

    def __init__(self, data: Path, lease_seconds: int) -> None:
        self.log = data / "worker.log"
        self._log = self.log.open("ab")
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "DATA_DIR": str(data),
            "TEST_DATABASE_URL": database_url(),
            "JOB_LEASE_SECONDS": str(lease_seconds),
        }
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "manage.py", "worker", "--processes", "2"]
        self._parent = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        pid = self._parent.pid
        wait_for(lambda: len(children_of(pid)) == 3, "three processes")
        *self.readers, self.indexer = children_of(pid)

    def kill(self, pid: int) -> None:
        """Kill one process and wait for its successor."""
        before = set(children_of(self._parent.pid))
        os.kill(pid, signal.SIGKILL)
        after: set[int] = set()

        def replaced() -> bool:
            nonlocal after
            after = set(children_of(self._parent.pid))
            return pid not in after and len(after) == len(before)

        wait_for(replaced, "a successor")
        (successor,) = after - before
        if pid == self.indexer:
            self.indexer = successor
        else:
            self.readers = [successor if one == pid else one for one in self.readers]

    def kill_all(self) -> None:
        """Kill every process at once and start anew."""
        os.killpg(self._parent.pid, signal.SIGKILL)
        self._parent.wait()
        self._start()

    @property
    def parent(self) -> int:
        """The process id of the parent."""
        return self._parent.pid

    def stop(self) -> int:
        """Ask it to end, as a service manager does; the exit code."""
        self._parent.terminate()
        try:
            return self._parent.wait(timeout=PATIENCE)
        finally:
            if self._parent.poll() is None:
                os.killpg(self._parent.pid, signal.SIGKILL)
            self._log.close()
