"""EDTF in Chinese words."""

import re

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d|XX))?)?([?~%]?)")
_DECADE = re.compile(r"(\d\d)(\d)X([?~%]?)")
_CENTURY = re.compile(r"(\d\d)XX([?~%]?)")
_SEASONS = {"21": "春", "22": "夏", "23": "秋", "24": "冬"}
_BEFORE = {"~": "约", "%": "约"}
_AFTER = {"?": "（？）", "%": "（？）"}


def in_words(edtf: str) -> str:
    """``1963年11月20日``, ``20世纪60年代``; what has no words, as it is."""
    if edtf[:1] == "[" and edtf[-1:] == "]" and ".." not in edtf:
        return _joined(edtf[1:-1].split(","), "或", edtf)
    if edtf[:1] == "{" and edtf[-1:] == "}" and ".." not in edtf:
        return _joined(edtf[1:-1].split(","), "、", edtf)
    start, slash, end = edtf.partition("/")
    if slash and end == "..":
        return _joined([start], "", edtf, after="起")
    if slash and start == "..":
        return _joined([end], "", edtf, after="以前")
    return _joined(edtf.split("/"), "至", edtf)


def _joined(parts: list[str], word: str, edtf: str, after: str = "") -> str:
    words = [_one(part.strip()) for part in parts]
    return word.join(map(str, words)) + after if all(words) else edtf


def _one(edtf: str) -> str:
    """One date in words, or ""."""
    if match := _DAY.fullmatch(edtf):
        year, month, day, mark = match.groups()
        return _BEFORE.get(mark, "") + _day(year, month, day) + _AFTER.get(mark, "")
    if match := _DECADE.fullmatch(edtf):
        century, decade, mark = match.groups()
        told = f"{int(century) + 1}世纪{decade}0年代"
        return _BEFORE.get(mark, "") + told + _AFTER.get(mark, "")
    if match := _CENTURY.fullmatch(edtf):
        century, mark = match.groups()
        return f"{_BEFORE.get(mark, '')}{int(century) + 1}世纪{_AFTER.get(mark, '')}"
    return ""


def _day(year: str, month: str | None, day: str | None) -> str:
    words = f"{int(year)}年"
    if month in _SEASONS:
        return words + _SEASONS[month]
    if month:
        words += f"{int(month)}月"
    if day == "XX":
        words += "某日"
    elif day:
        words += f"{int(day)}日"
    return words
