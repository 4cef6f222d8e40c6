"""A date that a document says twice: 1963年11月20日（农历十月初五）, （星期三）.

What stands in brackets must agree with the date, and may say which of several years
is meant: ``六三年十一月二十日（癸卯年）``.
"""

import re
from datetime import date

from django.utils.translation import gettext as _

from .spellings import Spelled, spelled
from .values import Unreadable

_REMARK = re.compile(r"(?P<date>.*[\d日号])\((?P<remark>[^()]+)\)")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([1-6日天])")


def with_remark(text: str, today: date) -> list[Spelled]:
    """The days that both say; empty where either is unknown.

    Raises ``Unreadable`` where they contradict each other. ``text`` is ``normal``.
    """
    match = _REMARK.fullmatch(text)
    if match is None:
        return []
    remark = match["remark"]
    said = {one: _meant(remark, one, today) for one in spelled(match["date"], today)}
    if not any(said.values()):
        return []
    agreeing = [one for one, days in said.items() if one.start in days and not one.end]
    if not agreeing:
        raise Unreadable(_("“（%(remark)s）”与前面的日期不符") % {"remark": remark})
    return agreeing


def _meant(remark: str, beside: Spelled, today: date) -> set[str]:
    """The days that the remark may mean beside this date, as EDTF."""
    weekday = _WEEKDAY.fullmatch(remark)
    if weekday:
        number = 7 if weekday[1] in "日天" else int(weekday[1])
        try:
            day = date.fromisoformat(beside.start)
        except ValueError:  # no single day
            return set()
        return {beside.start} if day.isoweekday() == number else {"other"}
    year = int(beside.start[:4])
    # The lunar year ends in the solar one that follows.
    texts = (remark, f"{year}年{remark}", f"{year - 1}年{remark}")
    return {one.start for text in texts for one in _days(text, today)}


def _days(text: str, today: date) -> list[Spelled]:
    try:
        return spelled(text, today)
    except Unreadable:
        return []
