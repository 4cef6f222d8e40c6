"""A progress bar on standard error for what takes longer than two seconds."""

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm

_PATIENCE = 2.0

# No thread of its own: the worker forks.
tqdm.monitor_interval = 0


class Progress:
    """Counts towards ``total``; ``remaining`` may also raise the total.

    On a terminal at once; elsewhere (a log) after two seconds, and seldom.
    """

    def __init__(self, label: str, total: int) -> None:
        terminal = sys.stderr.isatty()
        self._bar = tqdm(
            desc=label,
            total=total,
            file=sys.stderr,
            delay=0 if terminal else _PATIENCE,
            mininterval=0.1 if terminal else _PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()

    def advance(self, steps: int = 1) -> None:
        self._bar.update(steps)

    def remaining(self, left: int) -> None:
        """Say how much is left instead of how much was done."""
        self._bar.total = max(self._bar.total, self._bar.n + left)
        self._bar.update(self._bar.total - left - self._bar.n)
