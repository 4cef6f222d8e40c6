"""Lighthouse on one page of each kind of the demonstration.

    python -m tests.lighthouse [--only NAME …]

Prints the four scores, layout shift, bytes and requests of every page as a phone and
as a desktop, and ends with code 1 when a page misses a goal of ``GOALS``. Measured on
the demonstration's own server with compressed static files. A machine that does other
work at the same time makes pages look slow: a page that misses a goal is measured
twice again, and the median counts.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.errors import Unavailable
from tools import node
from tools.console import run_or_exit
from tools.errors import ToolError
from tools.showcase import PLACES, Place, demonstration

CLI = "lighthouse/cli/index.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PRESETS = ("phone", "desktop")
SCORE, SHIFT = 95, 0.02
TRIES = 3
HOME_BYTES, HOME_REQUESTS = 150 * 1024, 15


@dataclass(frozen=True, slots=True)
class Measured:
    """``scores`` of 100, as ``CATEGORIES``; ``early`` counts the bytes of no image."""

    place: Place
    preset: str
    scores: tuple[int, ...]
    shift: float
    early: int
    total: int
    requests: int
    failed: tuple[str, ...]

    def missed(self) -> list[str]:
        """The goals that the page does not reach."""
        missed = [
            f"{name} {score}"
            for name, score in zip(CATEGORIES, self.scores, strict=True)
            if score < SCORE
        ]
        if self.shift >= SHIFT:
            missed.append(f"layout shift {self.shift:.3f}")
        if self.place.name == "home":
            if self.early > HOME_BYTES:
                missed.append(f"{self.early // 1024} KB before images")
            if self.requests > HOME_REQUESTS:
                missed.append(f"{self.requests} requests")
        return missed


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse")
    names = [place.name for place in PLACES]
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    wanted: list[str] = parser.parse_args().only
    try:
        lighthouse = Lighthouse(node.find_node(), node.package_file(CLI))
    except Unavailable as error:
        raise ToolError(
            f"无法运行 Lighthouse\nLighthouse cannot run: {error}"
        ) from error
    places = [place for place in PLACES if place.name in wanted]
    with demonstration() as url:
        print(HEADING)
        measured = list(measure(lighthouse, url, places))
    missed = [one for one in measured if one.missed()]
    for one in missed:
        print(f"\n{one.place.name} ({one.preset}): {', '.join(one.missed())}")
        for text in one.failed:
            print(f"  - {text}")
    return 1 if missed else 0


@dataclass(frozen=True, slots=True)
class Lighthouse:
    """The pinned Lighthouse on the pinned Node, with the machine's Chromium."""

    node: Path
    script: Path

    def run(self, url: str, preset: str, hidden: bool) -> dict[str, Any]:
        """The report; ``ToolError`` when there is none."""
        chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
        if chromium is None:
            raise ToolError("缺少 Chromium\nChromium is not installed (chromium)")
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [
                *(str(self.node), str(self.script), url, "--quiet"),
                *("--output", "json", "--output-path", str(report)),
                *("--only-categories", ",".join(CATEGORIES)),
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
                "--no-enable-error-reporting",
                *(["--preset", "desktop"] if preset == "desktop" else []),
                # The page asks search engines to leave it out, as it should.
                *(["--skip-audits", "is-crawlable"] if hidden else []),
            ]
            environment = {**node.environment(self.node), "CHROME_PATH": chromium}
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode != 0 or not report.exists():
                raise ToolError(
                    f"Lighthouse 未能测量 {url}\nLighthouse could not measure {url}\n"
                    f"{done.stderr.strip()[-800:]}"
                )
            told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        if "runtimeError" in told:
            raise ToolError(f"{url}: {told['runtimeError']['message']}")
        return told


def measure(
    lighthouse: Lighthouse, url: str, places: Sequence[Place]
) -> Iterator[Measured]:
    """Each place as each preset, printed as it comes."""
    for place in places:
        for preset in PRESETS:
            found = [once(lighthouse, url, place, preset)]
            if found[0].missed():
                found += [once(lighthouse, url, place, preset) for _ in range(2)]
            found.sort(key=lambda one: one.scores)
            median = found[len(found) // 2]
            print(row(median), flush=True)
            yield median


def once(lighthouse: Lighthouse, url: str, place: Place, preset: str) -> Measured:
    """``ToolError`` when Lighthouse gives up ``TRIES`` times.

    On a busy machine the browser's trace now and then lacks its start (NO_NAVSTART).
    """
    for attempt in range(TRIES):
        try:
            report = lighthouse.run(url + place.path, preset, place.hidden)
        except ToolError:
            if attempt == TRIES - 1:
                raise
        else:
            return read(report, place, preset)
    raise AssertionError


def read(report: dict[str, Any], place: Place, preset: str) -> Measured:
    """What counts of a report."""
    categories, audits = report["categories"], report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    sizes = [int(one.get("transferSize", 0)) for one in requests]
    early = [
        size
        for size, one in zip(sizes, requests, strict=True)
        if one.get("resourceType") != "Image"
    ]
    failed = [
        f"{audit['title']} ({audit.get('displayValue', '')})".removesuffix(" ()")
        for name in CATEGORIES
        for reference in categories[name]["auditRefs"]
        if reference.get("weight")
        and (audit := audits[reference["id"]])["score"] is not None
        and audit["score"] < 0.9
    ]
    return Measured(
        place=place,
        preset=preset,
        scores=tuple(round(100 * categories[name]["score"]) for name in CATEGORIES),
        shift=float(audits["cumulative-layout-shift"]["numericValue"]),
        early=sum(early),
        total=sum(sizes),
        requests=len(requests),
        failed=tuple(failed),
    )


HEADING = (
    f"{'':<14} {'':<8} {'perf':>5} {'acc':>5} {'best':>5} {'seo':>5}"
    f" {'shift':>7} {'KB':>6} {'no img':>7} {'requests':>9}"
)


def row(one: Measured) -> str:
    scores = " ".join(f"{score:>5}" for score in one.scores)
    mark = "  <" if one.missed() else ""
    return (
        f"{one.place.name:<14} {one.preset:<8} {scores} {one.shift:>7.3f}"
        f" {one.total / 1024:>6.0f} {one.early / 1024:>7.0f} {one.requests:>9}{mark}"
    )


if __name__ == "__main__":
    run_or_exit(main)
