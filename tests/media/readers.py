"""Engines that answer from a script instead of reading."""

from collections.abc import Callable

from media.recognition.arrays import Grey
from media.recognition.engine import Reading, Turn, Word
from media.values import Box

Answer = Callable[[Grey, Reading], list[Word]]


class ScriptedEngine:
    """Gives what ``answer`` says and remembers what it was asked."""

    name = "scripted"

    def __init__(self, answer: Answer, turn: Turn = 0) -> None:
        self.answer = answer
        self.turned = turn
        self.readings: list[Reading] = []
        self.pages: list[Grey] = []

    def version(self) -> str:
        return "1"

    def read(self, page: Grey, reading: Reading) -> list[Word]:
        self.readings.append(reading)
        self.pages.append(page)
        return self.answer(page, reading)

    def turn(self, page: Grey, timeout: float) -> Turn:
        return self.turned


def saying(text: str, confidence: float = 90.0) -> Answer:
    """One word over the whole page."""

    def answer(page: Grey, _reading: Reading) -> list[Word]:
        height, width = page.shape
        return [Word(text, Box(0, 0, width, height), confidence, 0)]

    return answer
