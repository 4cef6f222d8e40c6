"""Days as formal papers write them."""

from datetime import date

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def chinese_date(day: date) -> str:
    """The day as formal papers write it: ``二〇二六年十一月二十四日``."""
    year = str(day.year).translate(_DIGITS)
    return f"{year}年{_below_a_hundred(day.month)}月{_below_a_hundred(day.day)}日"


def _below_a_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    begin = "" if tens == 0 else "十" if tens == 1 else f"{tens}十".translate(_DIGITS)
    return begin + (str(ones).translate(_DIGITS) if ones else "")
