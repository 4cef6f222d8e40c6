"""What the pipeline asks of a recognition engine."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from media.recognition.arrays import Grey
from media.values import Box

Turn = Literal[0, 90, 180, 270]


class Word(NamedTuple):
    """A word as the engine cut it; ``confidence`` is 0 to 100.

    Words with the same ``line`` number stand in one line or column, in order.
    """

    text: str
    box: Box
    confidence: float
    line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How one run of the engine is to read: languages, layout mode, limits."""

    languages: tuple[str, ...]
    psm: int
    dpi: int
    timeout: float


class Engine(Protocol):
    """Reads grey pages. Errors are ``MediaError``."""

    name: str

    def version(self) -> str:
        """The engine's version; ``EngineMissing`` if it cannot be started."""
        ...

    def read(self, page: Grey, reading: Reading) -> list[Word]:
        """The words of ``page`` in reading order, boxes in its pixels."""
        ...

    def turn(self, page: Grey, timeout: float) -> Turn:
        """Degrees by which ``page`` must be turned clockwise to stand upright."""
        ...
