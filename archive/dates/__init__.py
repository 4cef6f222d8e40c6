"""Dates as documents write them, read into EDTF, words and a range of days."""

from .reading import UNDATED, Reading, read, read_date
from .standard import to_standard
from .values import DateRange

__all__ = ["UNDATED", "DateRange", "Reading", "read", "read_date", "to_standard"]
