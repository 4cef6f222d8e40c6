"""A progress bar over a command that only prints lines."""

import io
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm


class LineBar(io.TextIOBase):
    """A stream that counts the lines holding ``mark`` instead of showing them."""

    def __init__(self, description: str, unit: str, total: int, mark: str) -> None:
        self._mark = mark
        self._bar: tqdm[Any] = tqdm(total=total, desc=description, unit=unit, delay=2)

    def write(self, text: str) -> int:
        self._bar.update(text.count(self._mark))
        return len(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.close()
