"""Chinese numerals of articles: 二十一 ↔ 21, from 1 to 999."""

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_VALUES: Final = {char: value for value, char in enumerate(_DIGITS)} | {
    "〇": 0,
    "两": 2,
}
NUMERAL: Final = f"[{_DIGITS}〇两十百]+"
"""A regular expression for what ``read`` may be given."""

MOST: Final = 999


def written(number: int) -> str:
    """``21`` → ``二十一``; ``ValueError`` outside 1 to ``MOST``."""
    if not 1 <= number <= MOST:
        raise ValueError(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    told = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        told += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        told += "零"
    return told + (_DIGITS[ones] if ones else "")


def read(numeral: str) -> int | None:
    """The number, or None for what is no numeral of this kind."""
    plain = numeral.replace("〇", "零").replace("两", "二")
    if not plain or plain.strip("零") != plain:
        return None
    value = 0
    digit: int | None = None
    unit = 1000
    for char in plain:
        if char in "十百":
            size = 10 if char == "十" else 100
            if size >= unit or (digit is None and value and size == 100):
                return None
            value += (1 if digit is None else digit) * size
            digit, unit = None, size
        elif digit not in (None, 0):
            return None
        else:
            digit = _VALUES[char]
    return value + (digit or 0) or None
