"""Runs the demonstration's servers together: all of them, or none."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from tools.console import say
from tools.errors import ToolError
from tools.packages import ROOT

STARTS_WITHIN = 60.0
STOPS_WITHIN = 20.0
LOOK_EVERY = 0.3
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Service:
    """A server process: what a person calls it, and its command."""

    name: str
    command: tuple[str, ...]


class Stopped(Exception):
    """Someone asked us to stop (Ctrl-C, SIGTERM, the terminal closed)."""


Child = tuple[Service, "subprocess.Popen[bytes]"]


def serve(
    services: Sequence[Service],
    environment: Mapping[str, str],
    port: int,
    ready: Callable[[], None],
) -> int:
    """Run the services until told to stop; the exit code for the shell.

    ``ready`` is called once, when the web server answers on ``port``. When one
    service ends by itself the others are stopped and the code is 1.
    """
    children: list[Child] = []
    with stop_signals():
        try:
            for service in services:
                children.append((service, start(service, environment)))
            wait_until_ready(children, port)
            ready()
            ended, code = watch(children)
        except Stopped:
            say("正在停止", "stopping")
            return 0
        finally:
            stop(children)
    raise ToolError(
        f"{ended.name} 意外退出（代码 {code}），已停止其余进程。\n"
        f"{ended.name} ended by itself (code {code}); the others were stopped."
    )


@contextmanager
def stop_signals() -> Iterator[None]:
    """Within the block, the signals that ask a program to stop raise ``Stopped``.

    Once only: a second Ctrl-C must not interrupt the stopping of the children.
    """

    def raise_stopped(number: int, frame: FrameType | None) -> None:
        ignore_stop_signals()
        raise Stopped

    before = {name: signal.signal(name, raise_stopped) for name in STOP_SIGNALS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def ignore_stop_signals() -> None:
    for name in STOP_SIGNALS:
        signal.signal(name, signal.SIG_IGN)


def start(
    service: Service, environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start it in a session of its own: Ctrl-C reaches us first, not the child."""
    return subprocess.Popen(
        service.command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_until_ready(children: Sequence[Child], port: int) -> None:
    """Return when the web server answers; ``ToolError`` when it never does."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        for service, process in children:
            if process.poll() is not None:
                raise ToolError(
                    f"{service.name} 未能启动（代码 {process.returncode}），见上文。\n"
                    f"{service.name} did not start (code {process.returncode}), "
                    "see above."
                )
        if answers(port):
            return
        time.sleep(LOOK_EVERY)
    raise ToolError(
        f"网页服务在 {STARTS_WITHIN:.0f} 秒内没有应答。\n"
        f"The web server did not answer within {STARTS_WITHIN:.0f} seconds."
    )


def answers(port: int) -> bool:
    """Whether the site says that it is alive."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(children: Sequence[Child]) -> tuple[Service, int]:
    """Block until one of them ends; which, and its exit code."""
    while True:
        for service, process in children:
            code = process.poll()
            if code is not None:
                return service, code
        time.sleep(LOOK_EVERY)


def stop(children: Sequence[Child]) -> None:
    """End all of them: politely, and after a while by SIGKILL."""
    ignore_stop_signals()
    for _, process in children:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOPS_WITHIN
    for _, process in children:
        try:
            process.wait(timeout=max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
