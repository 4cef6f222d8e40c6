"""Processor time: what work costs, whatever else the machine does meanwhile."""

import time
from pathlib import Path

from django.db import connection


class Meter:
    """Seconds of processor time of this process and of its database server."""

    def __init__(self) -> None:
        self._server = _server_process()

    def seconds(self) -> float:
        """Since some moment; only differences mean anything."""
        spent = time.process_time()
        if self._server is not None:
            spent += int(self._server.read_text().split()[0]) / 1e9
        return spent


def _server_process() -> Path | None:
    """Where Linux tells the time of PostgreSQL's process for this connection."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    told = Path(f"/proc/{pid}/schedstat")
    return told if told.exists() else None
