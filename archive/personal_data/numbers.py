"""Numbers that lead to a person: IDs, telephones, cards, plates, mail addresses."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from archive.personal_data.found import Finding, Kind

# Digits as a phone or a scan may have them, one code point each.
_WIDE: Final = str.maketrans("０１２３４５６７８９Ｘｘ＋－＠．", "0123456789Xx+-@.")

# GB 11643-1999: an area, a birthday, a number, a check digit.
_ID_18: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])",
    re.ASCII,
)
_ID_15: Final = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])",
    re.ASCII,
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
# The first two digits of an area: GB/T 2260, and 81–83 of residence permits.
_PROVINCE_CODES: Final = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46"
    " 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)
_PROVINCES: Final = frozenset(_PROVINCE_CODES.split())
_MOBILE: Final = re.compile(
    r"(?<![\d-])(?:(?:\+|00)?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?![\d-])",
    re.ASCII,
)
_LANDLINE: Final = re.compile(
    r"(?<!\d)(?:\(0\d{2,3}\)\s?|（0\d{2,3}）\s?|0\d{2,3}[-\s])[2-9]\d{6,7}"
    r"(?:[-转]\d{1,6})?(?!\d)",
    re.ASCII,
)
_CARD: Final = re.compile(r"(?<![\d-])\d(?:[ -]?\d){15,18}(?![\d-])", re.ASCII)
_CARD_WORDS: Final = ("卡号", "银行", "账号", "帐号", "账户", "帐户", "储蓄", "信用卡")
_CARD_NEAR: Final = 20
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·.\s-]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|"
    r"[A-HJ-NP-Z0-9]{6})(?![A-Za-z0-9])"
)
_EMAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@"
    r"(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![A-Za-z0-9-])"
)


def numbers(text: str) -> Iterator[Finding]:
    """Everything of these kinds in ``text``; may overlap."""
    plain = text.translate(_WIDE)
    yield from _ids(plain, text)
    yield from _all(Kind.MOBILE, _MOBILE, plain, text)
    yield from _all(Kind.LANDLINE, _LANDLINE, plain, text)
    yield from _cards(plain, text)
    yield from _plates(plain, text)
    yield from _all(Kind.EMAIL, _EMAIL, plain, text)


def check_digit(body: str) -> str:
    """The last character of the resident ID that begins with these 17 digits."""
    total = sum(int(n) * w for n, w in zip(body, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def passes_luhn(digits: str) -> bool:
    """Whether the last of ``digits`` is the check digit of the others."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _ids(plain: str, text: str) -> Iterator[Finding]:
    for match in _ID_18.finditer(plain):
        number = match[0]
        sound = check_digit(number[:17]) == number[17].upper()
        sound = sound and number[:2] in _PROVINCES and _is_day(number[6:14])
        yield _finding(Kind.RESIDENT_ID, match, text, doubtful=not sound)
    for match in _ID_15.finditer(plain):
        number = match[0]
        sound = number[:2] in _PROVINCES and _is_day("19" + number[6:12])
        yield _finding(Kind.RESIDENT_ID, match, text, doubtful=not sound)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _cards(plain: str, text: str) -> Iterator[Finding]:
    """A number of the right length that Luhn passes, or that is called a card's."""
    for match in _CARD.finditer(plain):
        digits = re.sub(r"[ -]", "", match[0])
        if not 16 <= len(digits) <= 19 or len(set(digits)) == 1:
            continue
        before = plain[max(0, match.start() - _CARD_NEAR) : match.start()]
        called = any(word in before for word in _CARD_WORDS)
        passed = passes_luhn(digits)
        if called or passed:
            yield _finding(
                Kind.BANK_CARD, match, text, doubtful=not (called and passed)
            )


def _plates(plain: str, text: str) -> Iterator[Finding]:
    for match in _PLATE.finditer(plain):
        # 浙ABCDEF is a word in capitals, no plate: every plate has digits.
        if any(char.isdigit() for char in match[0]):
            yield _finding(Kind.PLATE, match, text)


def _all(
    kind: Kind, pattern: re.Pattern[str], plain: str, text: str
) -> Iterator[Finding]:
    for match in pattern.finditer(plain):
        yield _finding(kind, match, text)


def _finding(
    kind: Kind, match: re.Match[str], text: str, *, doubtful: bool = False
) -> Finding:
    start, end = match.span()
    return Finding(kind, start, end, text[start:end], doubtful)
