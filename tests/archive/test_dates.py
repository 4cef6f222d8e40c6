"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.dates import read_date

DAY = (date(1963, 11, 20), date(1963, 11, 20))
MONTH = (date(1963, 11, 1), date(1963, 11, 30))
YEAR = (date(1963, 1, 1), date(1963, 12, 31))


@pytest.mark.parametrize(
    ("text", "edtf", "bounds"),
    [
        ("1963", "1963", YEAR),
        ("196311", "1963-11", MONTH),
        ("19631120", "1963-11-20", DAY),
        ("19630000", "1963", YEAR),
        ("[19631120]", "1963-11-20", DAY),
        ("〔1963年〕", "1963", YEAR),
        ("1963-11-20", "1963-11-20", DAY),
        ("1963-11", "1963-11", MONTH),
        ("1963年11月20日", "1963-11-20", DAY),
        ("1963年11月20号", "1963-11-20", DAY),
        ("１９６３年１１月", "1963-11", MONTH),
        ("1963年", "1963", YEAR),
        ("一九六三年", "1963", YEAR),
        ("一九六三年十一月二十日", "1963-11-20", DAY),
        ("二〇〇三年十月", "2003-10", (date(2003, 10, 1), date(2003, 10, 31))),
        ("1963/1965", "1963/1965", (date(1963, 1, 1), date(1965, 12, 31))),
        ("1963年至1965年", "1963/1965", (date(1963, 1, 1), date(1965, 12, 31))),
        ("1963年5月至11月", "1963-05/1963-11", (date(1963, 5, 1), MONTH[1])),
        ("1963.11.20", "1963-11-20", DAY),
        ("1963.11", "1963-11", MONTH),
        ("１９６３．１１．２０", "1963-11-20", DAY),
        ("1963.11.20—1963.11.20", "1963-11-20/1963-11-20", DAY),
        ("民国五十二年", "1963", YEAR),
        ("民國52年11月", "1963-11", MONTH),
        ("中华民国五十二年十一月二十日", "1963-11-20", DAY),
        ("[民国五十二年]", "1963", YEAR),
        ("民国元年", "1912", (date(1912, 1, 1), date(1912, 12, 31))),
        (
            "民国三十七年至三十八年",
            "1948/1949",
            (date(1948, 1, 1), date(1949, 12, 31)),
        ),
        (
            "民国三十七年五月至六月",
            "1948-05/1948-06",
            (date(1948, 5, 1), date(1948, 6, 30)),
        ),
        ("约1963", "1963~", YEAR),
        ("約1963年11月", "1963-11~", MONTH),
        ("大约一九六三年", "1963~", YEAR),
        ("约民国五十二年", "1963~", YEAR),
        ("[约1963]", "1963~", YEAR),
        ("ca. 1963", "1963~", YEAR),
        ("Circa 1963", "1963~", YEAR),
        ("约1963年至1965年", "1963~/1965", (date(1963, 1, 1), date(1965, 12, 31))),
        ("1963?", "1963?", YEAR),
        ("1963~", "1963~", YEAR),
        ("196X", "196X", (date(1960, 1, 1), date(1969, 12, 31))),
        ("1963-11-XX", "1963-11-XX", MONTH),
        ("1963/..", "1963/..", (date(1963, 1, 1), None)),
        ("../1963", "../1963", (None, date(1963, 12, 31))),
        (
            "[1963-11-20,1963-11-22]",
            "[1963-11-20,1963-11-22]",
            (date(1963, 11, 20), date(1963, 11, 22)),
        ),
    ],
)
def test_a_date_is_understood(
    text: str, edtf: str, bounds: tuple[date | None, date | None]
) -> None:
    read = read_date(text)
    assert read is not None
    assert read.edtf == edtf
    assert (read.earliest, read.latest) == bounds


@pytest.mark.parametrize(
    "text",
    [
        *("", "不详", "1963-02-30", "19631301", "20241", "十", "1965/1963", "../.."),
        *("0000", "1963.13.1", "1963.11-20", "1963.11..", "民国", "民国年", "民国〇年"),
        *("民国前", "民国三十七年二月三十日", "约", "约约1963", "约不详"),
    ],
)
def test_what_is_no_date_has_no_range(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "display"),
    [
        ("19631120", "1963年11月20日"),
        ("[19450815]", "[1945年8月15日]"),
        ("1963/1965", "1963年至1965年"),
        ("民国三十七年五月", "1948年5月"),
        ("约1963", "约1963年"),
        ("[约1963.11.20]", "[约1963年11月20日]"),
        ("约1963年至1965年", "约1963年至1965年"),
        ("196X", "20世纪60年代"),
        ("[1963-11-20,1963-11-22]", "1963年11月20日或1963年11月22日"),
        ("1963-21", "1963年春"),
        ("{1963,1964}", "1963年、1964年"),
    ],
)
def test_a_date_is_shown_in_words_where_words_are_plain(
    text: str, display: str
) -> None:
    read = read_date(text)
    assert read is not None
    assert read.display == display


@settings(deadline=None, max_examples=30)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_every_plain_spelling(day: date) -> None:
    for spelling in ("%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "[%Y%m%d]"):
        read = read_date(day.strftime(spelling))
        assert read is not None
        assert (read.earliest, read.latest) == (day, day)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 120))
def test_a_year_of_the_republic_is_read(year: int) -> None:
    read = read_date(f"民国{year}年")
    assert read is not None
    assert read.edtf == str(1911 + year)


_PIECES = (
    *"0123456789年月日至/-.?~X[],十二三一〇元 ",
    *("民国", "民國", "约", "ca. ", "1963", "..", "三十七"),
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=20), st.lists(st.sampled_from(_PIECES)).map("".join)))
def test_any_text_has_an_answer(text: str) -> None:
    read = read_date(text)
    if read is not None and read.earliest and read.latest:
        assert read.earliest <= read.latest
