"""One table for all measurements."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from statistics import median

HEAD = ("measurement", "ours", "baseline", "ratio", "goal", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """A result, ready to print; ``met`` is None where there is no goal."""

    name: str
    ours: str
    baseline: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


def rate_row(
    name: str,
    amount: int,
    unit: str,
    ours: Sequence[float],
    baseline: Sequence[float],
    goal: float | None,
) -> Row:
    """Seconds for ``amount`` in each round as rates; ours is to reach ``goal`` times
    the baseline's. A round's pair is compared with itself: the machine's mood is
    in both."""
    ratio = median(b / a for a, b in zip(ours, baseline, strict=True))
    return Row(
        name,
        f"{amount / median(ours):,.4g} {unit}",
        f"{amount / median(baseline):,.4g} {unit}",
        f"{ratio:.2f}",
        "" if goal is None else f"≥ {goal:.2f}",
        None if goal is None else ratio >= goal,
    )


def time_row(
    name: str, ours: Sequence[float], baseline: Sequence[float], goal: float
) -> Row:
    """Seconds of each round; ours are not to pass ``goal`` times the baseline's."""
    ratio = median(a / b for a, b in zip(ours, baseline, strict=True))
    return Row(
        name,
        f"{median(ours) * 1000:,.4g} ms",
        f"{median(baseline) * 1000:,.4g} ms",
        f"{ratio:.2f}",
        f"≤ {goal:.2f}",
        ratio <= goal,
    )


def skipped(name: str, reason: str) -> Row:
    return Row(name, f"skipped: {reason}")


def render(rows: Iterable[Row]) -> str:
    """The rows as aligned text; a Han character is two columns wide."""
    words = {True: "met", False: "MISSED", None: ""}
    cells = [HEAD, *((*astuple(row)[:5], words[row.met]) for row in rows)]
    # A long remark ("skipped: …") must not widen its column.
    widths = [
        max(columns(row[i]) for row in cells if i == 0 or not row[1].startswith("skip"))
        for i in range(len(HEAD))
    ]
    return "\n".join(line(row, widths) for row in cells)


def line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        text + " " * (width - columns(text))
        for text, width in zip(row, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def columns(text: str) -> int:
    """Columns that ``text`` takes in a terminal."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
