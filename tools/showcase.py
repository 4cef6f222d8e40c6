"""The demonstration, served for a program that looks at it; and where to look."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tools import serve
from tools.console import say
from tools.demo import DECISIONS, MANAGE, demo_environment, services, step
from tools.errors import ToolError

WORD = quote("矛盾糾紛")
SCAN = quote("Y001-WS·1953·Y-003-002")


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the demonstration; ``hidden`` where it asks not to be indexed."""

    name: str
    path: str
    hidden: bool = False


PLACES = (
    Place("home", "/"),
    Place("search", "/search/"),
    Place("search-hits", f"/search/?q={WORD}", hidden=True),
    Place("catalogue", "/catalogue/"),
    Place("record", f"/catalogue/{SCAN}/"),
    Place("viewer", f"/catalogue/{SCAN}/3/"),
    Place("viewer-hit", f"/catalogue/{SCAN}/3/?q={WORD}", hidden=True),
    Place("exhibition", "/exhibitions/origin-of-a-page/"),
    Place("regulation", "/knowledge/regulation/"),
    Place("glossary", "/knowledge/glossary/"),
    Place("subject", "/knowledge/subjects/dispute-resolution/"),
    Place("chronicle", "/knowledge/chronicle/"),
    Place("cases", "/cases/"),
    Place("case", "/cases/shared-channel/"),
    Place("classes", "/training/classes/"),
    Place("training", "/training/recording-and-filing/"),
    Place("lesson", "/training/recording-and-filing/registering/six-questions/"),
    Place("week", "/publicity-week/2026/"),
    Place("event", "/publicity-week/2026/case-writing/"),
    Place("news", "/news/"),
    Place("visit", "/visit/"),
    Place("about", "/about/"),
    Place("style", "/style/", hidden=True),
)
"""One of each kind of page, by its address in the demonstration."""


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of the demonstration, loaded and served as ``make demo`` does.

    On a free port, and in ``DATA_DIR`` or ``var/``; stopped when the block ends.
    ``ToolError`` when a step fails or the server does not start.
    """
    environment = demo_environment(os.environ)
    samples = str(Path(environment["DATA_DIR"]) / "samples")
    say("准备演示数据", "preparing the demonstration")
    step([sys.executable, "-m", "tests.samples.typeset", samples], environment)
    step([*MANAGE, "demo", samples, "--decisions", str(DECISIONS)], environment)
    port = free_port()
    web = services(port)[0]
    try:
        with serve.stop_signals():
            process = serve.start(web, environment)
            try:
                serve.wait_until_ready([(web, process)], port)
                yield f"http://127.0.0.1:{port}"
            finally:
                serve.stop([(web, process)])
    except serve.Stopped as error:
        raise ToolError("已停止\nStopped.") from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
