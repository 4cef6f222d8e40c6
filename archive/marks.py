"""Secrecy marks in recognised text: a hint for people, never a judgement."""

import re

from media.values import Char, Line, Recognition

_TOP = 0.25
_WORDS = "[绝絕]密|[机機]密|秘密"
_MARK = re.compile(rf"(?:{_WORDS})\s*[★☆*＊]")
_ALONE = re.compile(rf"(?:{_WORDS})")


def bears_secrecy_mark(recognition: Recognition) -> bool:
    """Whether the top quarter of the page has a mark of a state secret.

    That is one of the words with a star after it, or alone on its line.
    """
    limit = recognition.height * _TOP
    for line in recognition.lines:
        top = _text_above(line, limit)
        if _MARK.search(top) or _ALONE.fullmatch(top.strip()):
            return True
    return False


def _text_above(line: Line, limit: float) -> str:
    return "".join(char.char for char in line.chars if _middle(char) <= limit)


def _middle(char: Char) -> float:
    return char.box.y + char.box.h / 2
