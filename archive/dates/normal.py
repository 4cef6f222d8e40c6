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


def normal(text: str) -> str:
    """Half-width, in 简体, without blanks, numbers in Arabic digits.

    ``民國 三十七年`` → ``民国37年``; ``十月初五`` → ``10月初5``; ``廿三`` → ``23``.
    """
    spelled = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    spelled = _BLANKS.sub("", spelled).replace("廿", "二十").replace("卅", "三十")
    spelled = _TIME_OF_DAY.sub("", spelled.replace("元年", "1年"))
    for name, month in _LUNAR_MONTHS.items():
        spelled = spelled.replace(name, f"农历{month}月")
    return _HAN_NUMBER.sub(lambda match: _number(match[0]), spelled)


def _number(han: str) -> str:
    """``一九六三`` → 1963, ``十一`` → 11, ``二十`` → 20."""
    if "十" not in han:
        return han.translate(_DIGITS)
    tens, _ten, ones = han.partition("十")
    value = tens.translate(_DIGITS) if tens else "1"
    return value + (ones.translate(_DIGITS) if ones else "0")
