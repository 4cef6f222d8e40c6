"""The pipeline over the sample collection, beside plain Tesseract.

Plain Tesseract is told the right language and page layout, which the pipeline
has to find out. Errors are counted on folded text without white space.
"""

import os
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass

from media.recognition import pipeline
from media.values import Recognition
from tests.bench import pages, plain
from tests.bench.score import BoxScore, box_score, error_rate
from tests.bench.table import Row
from tests.samples.truth import PageTruth

PAGES_AN_HOUR = 1_000
OVERLAP, INSIDE = 0.80, 0.95
# Percent of characters, (horizontal, vertical); a look not named has no goal.
GOALS = {
    "clean": (2, 3),
    "blurred": (2, 3),
    "skewed": (2, 3),
    "low-contrast": (2, 3),
    "noise": (3, 4),
    "bleed-through": (3, 4),
    "seal": (3, 4),
    "yellowed": (7, 7),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One page; errors and length in characters."""

    page: PageTruth
    length: int
    errors: int
    plain_errors: int
    boxes: BoxScore

    @property
    def layout(self) -> str:
        return f"{self.page.script} {self.page.direction}"


def run(limit: int | None) -> list[Row]:
    truth = pages.load(limit)
    cores = len(os.sched_getaffinity(0))
    began = time.perf_counter()
    with ProcessPoolExecutor(cores) as pool:
        read = list(pool.map(recognise, (page.file for page in truth)))
    hours = (time.perf_counter() - began) / 3600
    with ThreadPoolExecutor(cores) as threads:
        plainly = list(threads.map(read_plainly, truth))
    results = [
        score(page, recognition, text)
        for page, recognition, text in zip(truth, read, plainly, strict=True)
    ]
    return [
        speed(len(truth) / hours / cores),
        *by_look(results),
        *by_layout(results),
    ]


def recognise(file: str) -> Recognition:
    return pipeline.recognise(pages.FOLDER / file)


def read_plainly(page: PageTruth) -> str:
    language = pages.LANGUAGES[page.script, page.direction]
    words = plain.tsv_words(
        pages.FOLDER / page.file, language, pages.PSM[page.direction]
    )
    return "".join(words)


def score(page: PageTruth, read: Recognition, plainly: str) -> Result:
    errors, length = error_rate(page.text, read.text)
    return Result(
        page=page,
        length=length,
        errors=errors,
        plain_errors=error_rate(page.text, plainly)[0],
        boxes=box_score(
            [char for line in page.lines for char in line.chars],
            [char for line in read.lines for char in line.chars],
        ),
    )


def speed(pages_an_hour: float) -> Row:
    return Row(
        "OCR whole pipeline",
        f"{pages_an_hour:,.0f} pages/h/core",
        goal=f"≥ {PAGES_AN_HOUR:,}",
        met=pages_an_hour >= PAGES_AN_HOUR,
    )


def by_look(results: Sequence[Result]) -> list[Row]:
    """Errors of each look, horizontal and vertical apart, goals beside them."""
    groups: defaultdict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        groups[result.page.look, result.page.direction].append(result)
    return [
        error_row(f"CER {look} {direction}", group, goal_of(look, direction))
        for (look, direction), group in sorted(groups.items())
    ]


def goal_of(look: str, direction: str) -> float | None:
    if look not in GOALS:
        return None
    return GOALS[look][direction == "v"]


def error_row(name: str, group: Sequence[Result], goal: float | None) -> Row:
    """Percent of characters wrong; never worse than plain Tesseract."""
    length = sum(result.length for result in group)
    ours = 100 * sum(result.errors for result in group) / length
    plainly = 100 * sum(result.plain_errors for result in group) / length
    within = goal is None or ours <= goal
    return Row(
        f"{name} ({len(group)} p.)",
        f"{ours:.2f} %",
        f"{plainly:.2f} %",
        f"{ours / plainly:.2f}" if plainly else "",
        "≤ plain" if goal is None else f"≤ {goal} %, ≤ plain",
        within and ours <= plainly,
    )


def by_layout(results: Sequence[Result]) -> list[Row]:
    """Errors and boxes of each layout, over all its pages."""
    rows = []
    for layout in sorted({result.layout for result in results}):
        group = [result for result in results if result.layout == layout]
        rows.append(error_row(f"CER {layout}", group, None))
        scores = [result.boxes for result in group]
        for what, goal, value in (
            ("IoU", OVERLAP, mean(scores, [one.overlap for one in scores])),
            ("centre inside", INSIDE, mean(scores, [one.inside for one in scores])),
        ):
            row = Row(
                f"boxes {layout}: {what}",
                f"{value:.3f}",
                goal=f"≥ {goal:.2f}",
                met=value >= goal,
            )
            rows.append(row)
    return rows


def mean(scores: Sequence[BoxScore], values: Sequence[float]) -> float:
    """Mean over characters, not over pages."""
    total = sum(score.characters for score in scores)
    return sum(s.characters * v for s, v in zip(scores, values, strict=True)) / total
