"""Timing several ways of doing the same thing, in turn, so that all meet the
same machine."""

import time
from collections.abc import Callable, Mapping
from statistics import quantiles


def alternate(
    ways: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, list[float]]:
    """Seconds of wall time of each way, ``rounds`` times each.

    The order turns from round to round: being first is no advantage.
    """
    names = list(ways)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            began = time.perf_counter()
            ways[name]()
            seconds[name].append(time.perf_counter() - began)
    return seconds


def p95(values: list[float]) -> float:
    """The time within which 95 of 100 answers come."""
    return quantiles(values, n=20, method="inclusive")[-1]
