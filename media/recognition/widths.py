"""How long the ink of a character is along its line, in Han characters' sizes."""

import unicodedata
from typing import NamedTuple

from media.values import Direction


class Extent(NamedTuple):
    """The shortest and the longest usual ink, 1 being a Han character's size.

    ``room`` is what the character has to itself: no other ink comes nearer. If
    ``centred``, its ink lies in the middle of that room.
    """

    shortest: float
    longest: float
    room: float = 0.5
    centred: bool = False


_HAN = {"h": Extent(0.72, 1.0, 1.0, True), "v": Extent(0.62, 1.0, 1.0, True)}
# Flat characters have hardly any extent in a column.
_FLAT = {"一": Extent(0.04, 0.3, 1.0, True), "二": Extent(0.4, 0.9, 1.0, True)}
_SLIM = dict.fromkeys("卜小口日目月自白丁七八十", Extent(0.4, 1.0, 1.0, True))
_DASH = Extent(0.6, 1.05)
_DOTS = Extent(0.5, 1.0)
_SMALL = Extent(0.06, 0.36)
_NARROW = Extent(0.06, 0.35, 0.2)
_DIGIT = Extent(0.2, 0.6, 0.4)
_LOWER = Extent(0.35, 0.6, 0.4)
_UPPER = Extent(0.45, 0.8)
_WIDE = Extent(0.65, 1.0)
_UPRIGHT = Extent(0.4, 0.85)
_NARROW_LETTERS = frozenset("iljtfrI1!'`.,:;|()[]")
_WIDE_LETTERS = frozenset("mwMW@%&")


def extent(char: str, direction: Direction) -> Extent:
    """The usual extent of ``char`` along a line, or along a column ("v")."""
    if char in "—─一ー" and char != "一":
        return _DASH
    if char in "…⋯":
        return _DOTS
    if char.isascii():
        return _ascii(char, direction)
    if is_sign(char):
        return _SMALL
    if direction == "v" and char in _FLAT:
        return _FLAT[char]
    return _SLIM.get(char, _HAN[direction])


def is_sign(char: str) -> bool:
    """Whether ``char`` is punctuation or a symbol."""
    return unicodedata.category(char)[0] in "PS"


def _ascii(char: str, direction: Direction) -> Extent:
    if char in _NARROW_LETTERS:
        return _NARROW if direction == "h" or not char.isalnum() else _UPRIGHT
    if direction == "v":
        return _UPRIGHT if char.isalnum() else _SMALL
    if char in _WIDE_LETTERS:
        return _WIDE
    if char.isdigit():
        return _DIGIT
    return _UPPER if char.isupper() else _LOWER
