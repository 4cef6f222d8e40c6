"""One spelling for everything that a date may be written with."""

import re
import unicodedata

_SIMPLE = str.maketrans(
    "國華農曆歷閏後約號紀舊陰陽臘間順慶豐緒統",
    "国华农历历闰后约号纪旧阴阳腊间顺庆丰绪统",
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_NUMBER = re.compile(r"[〇○零一二三四五六七八九十]+")
# Months that only the lunar calendar calls so.
_LUNAR_MONTHS = {"正月": 1, "冬月": 11, "腊月": 12}
_TIME_OF_DAY = re.compile(r"(?<=[日号])(?:上午|下午|中午|凌晨|清晨|傍晚|晚上?|夜)$")
_BLANKS = re.compile(r"\s+")
# Typewriters and keyboards have no 〇: 二OO三年.
_ROUND = re.compile(r"(?<=[〇○零一二三四五六七八九])[Oo]+")
_SHORT_REPUBLIC = re.compile(r"^民(?=\d{1,2}年)")
_SLASHES = re.compile(r"(?<![\d/])(\d{4})([/、])(\d{1,2})\2(\d{1,2})(?![\d/])")
_SLASHED_MONTH = re.compile(r"^(\d{4})/(0?[1-9]|1[0-2])$")
# 63.11.20 and 民国37.11.3: the year comes first, and is not a Christian one.
_POINTS = re.compile(r"^(\D*)(\d{1,2})([./、-])(\d{1,2})\3(\d{1,2})$")


def normal(text: str) -> str:
    """Half-width, in 简体, without blanks, numbers in Arabic digits.

    ``民國 三十七年`` → ``民国37年``; ``十月初五`` → ``10月初5``; ``廿三`` → ``23``.
    """
    spelled = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    spelled = _BLANKS.sub("", spelled).replace("廿", "二十").replace("卅", "三十")
    spelled = _TIME_OF_DAY.sub("", spelled.replace("元年", "1年"))
    spelled = spelled.replace("元月", "1月")
    spelled = _ROUND.sub(lambda match: "〇" * len(match[0]), spelled)
    for name, month in _LUNAR_MONTHS.items():
        spelled = spelled.replace(name, f"农历{month}月")
    digits = _HAN_NUMBER.sub(lambda match: _number(match[0]), spelled)
    return _punctuated(_SHORT_REPUBLIC.sub("民国", digits))


def _punctuated(digits: str) -> str:
    """``1963/11/20``, ``1963、11、20``, ``民国37.11.3`` with 年, 月 and 日."""
    digits = _SLASHES.sub(r"\1年\3月\4日", digits)
    digits = _SLASHED_MONTH.sub(r"\1年\2月", digits)
    return _POINTS.sub(r"\1\2年\4月\5日", digits)


def _number(han: str) -> str:
    """``一九六三`` → 1963, ``十一`` → 11, ``二十`` → 20."""
    if "十" not in han:
        return han.translate(_DIGITS)
    tens, _ten, ones = han.partition("十")
    value = tens.translate(_DIGITS) if tens else "1"
    return value + (ones.translate(_DIGITS) if ones else "0")
