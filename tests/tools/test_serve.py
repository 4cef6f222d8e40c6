"""The demonstration's servers live and end together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers.process import free_port
from tools.packages import ROOT

# A web server that answers every address, in place of gunicorn.
WEB = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *args):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
SLEEPS = "import time; time.sleep(60)"
DIES = "import sys, time; time.sleep(1); sys.exit(7)"
PROGRAM = """
import sys
from tools.console import run_or_exit
from tools.serve import Service, serve
web, other, port = sys.argv[1:]
services = [
    Service("web", (sys.executable, "-c", web, port)),
    Service("other", (sys.executable, "-c", other, "marked-" + port)),
]
run_or_exit(lambda: serve(services, {}, int(port), lambda: print("ready", flush=True)))
"""


@contextmanager
def started(web: str, other: str, port: int) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, web, other, str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def left_running(port: int) -> list[str]:
    """Command lines of the processes that were started for this port."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if f"marked-{port}" in arguments or arguments[-2:-1] == [str(port)]:
            found.append(" ".join(arguments))
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_both_and_is_no_failure(number: signal.Signals) -> None:
    port = free_port()
    with started(WEB, SLEEPS, port) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, number)
        assert process.wait(timeout=30) == 0
    assert left_running(port) == []


def test_when_one_dies_the_other_is_stopped_and_it_says_which() -> None:
    port = free_port()
    with started(WEB, DIES, port) as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "other ended by itself (code 7)" in errors
    assert left_running(port) == []


def test_a_web_server_that_does_not_start_is_reported_at_once() -> None:
    port = free_port()
    began = time.monotonic()
    with started("import sys; sys.exit(3)", SLEEPS, port) as process:
        _, errors = process.communicate(timeout=30)
    assert "web did not start (code 3)" in errors
    assert time.monotonic() - began < 20
    assert left_running(port) == []
