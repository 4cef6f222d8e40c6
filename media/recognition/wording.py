"""Slips that the engine makes again and again, mended one code point for another.

Only what its neighbours or its ink leave no doubt about is changed, so every
character keeps its box.
"""

import re

from media.values import Box, Char, Direction

_NUMERALS = "一二三四五六七八九〇"
_ZERO = re.compile(rf"(?<=[{_NUMERALS}])[OoQ0○◯(（]+(?=[{_NUMERALS}])")
_HAN = r"[\u3400-\u9fff\uff00-\uffef\u3001-\u301f]"
_AFTER_HAN = re.compile(rf"(?<={_HAN})[,;:?!)(]|[(](?={_HAN})")
_WIDE = {half: chr(ord(half) + 0xFEE0) for half in ",;:?!()"}
_DOT_HIGH = 0.3
_DOT_MIDDLE = 0.2


def mend(chars: tuple[Char, ...], line: Box, direction: Direction) -> tuple[Char, ...]:
    """The characters of a line, as many as before, with the usual slips mended.

    ``line`` is the box of the whole line, in the same pixels as the characters'.
    """
    text = "".join(char.char for char in chars)
    text = _ZERO.sub(lambda found: "〇" * len(found[0]), text)
    text = _AFTER_HAN.sub(lambda found: _WIDE[found[0]], text)
    if direction == "h":
        text = "".join(
            "·" if char == "." and _is_raised(old.box, line) else char
            for char, old in zip(text, chars, strict=True)
        )
    return tuple(Char(new, old.box) for new, old in zip(text, chars, strict=True))


def _is_raised(dot: Box, line: Box) -> bool:
    """Whether a dot hangs at half the height of its line."""
    offset = dot.y + dot.h / 2 - (line.y + line.h / 2)
    return dot.h < _DOT_HIGH * line.h and abs(offset) < _DOT_MIDDLE * line.h
