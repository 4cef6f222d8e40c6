"""How long pages take that come out of the page cache, over HTTP.

    python -m tools.page_times http://127.0.0.1:8000 [PATH …]

Without paths: the front page, the catalogue, and the first record, page and section
that the sitemap names. Each is asked for once to be made and then again and again;
the server answers on the same machine, so this is its own time and little else.
"""

import http.client
import re
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tools.console import run_or_exit
from tools.errors import ToolError

TIMES = 100
BROWSER = "Mozilla/5.0 (page_times: DNT)"


@dataclass(frozen=True, slots=True)
class Measured:
    """In milliseconds: making the page, then the median and the 95th of hundred."""

    made: float
    median: float
    slow: float


def main() -> int:
    if len(sys.argv) < 2:
        raise ToolError(
            "用法：python -m tools.page_times 网址 [路径…]\n"
            "Usage: python -m tools.page_times ADDRESS [PATH …]"
        )
    root = urlsplit(sys.argv[1])
    connection = http.client.HTTPConnection(root.netloc, timeout=60)
    print(f"{'':<44}{'生成 made':>10}{'中位 median':>12}{'95%':>8}  ms")
    for path in sys.argv[2:] or _paths(connection):
        found = measure(connection, path)
        print(
            f"{path[:42]:<44}{found.made:>10.1f}{found.median:>12.1f}{found.slow:>8.1f}"
        )
    return 0


def measure(connection: http.client.HTTPConnection, path: str) -> Measured:
    first = _ask(connection, path)
    times = sorted(_ask(connection, path) for _ in range(TIMES))
    return Measured(first, statistics.median(times), times[int(TIMES * 0.95)])


def _ask(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    _get(connection, path)
    return (time.perf_counter() - began) * 1000


def _get(connection: http.client.HTTPConnection, path: str) -> str:
    # Not counted as visits.
    connection.request("GET", path, headers={"User-Agent": BROWSER, "DNT": "1"})
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise ToolError(f"{path}: {response.status}")
    return body.decode("utf-8", "replace")


def _paths(connection: http.client.HTTPConnection) -> list[str]:
    """One of each kind."""
    paths = ["/", "/catalogue/", "/feeds/all.atom", "/sitemap.xml"]
    for section in _locations(connection, "/sitemap.xml"):
        found = [path for path in _locations(connection, section) if path != "/"]
        paths += [section, *found[-1:]]
    return paths


def _locations(connection: http.client.HTTPConnection, path: str) -> list[str]:
    addresses = re.findall(r"<loc>([^<]+)</loc>", _get(connection, path))
    return [urlsplit(address).path for address in addresses]


if __name__ == "__main__":
    run_or_exit(main)
