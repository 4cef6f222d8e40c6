"""What documents say of their date, as the catalogue understands it."""
# The table is read as one: its lines stay whole.
# ruff: noqa: E501

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lunar_python import Solar

from archive.dates import DateRange, Reading, read, to_standard
from archive.dates.bounds import bounds

TODAY = date(2026, 11, 24)

# As written → EDTF, first day, last day, calendar, certainty.
SPELLINGS = """
中华民国卅七年 | 1948 | 1948-01-01 | 1948-12-31 | republic | certain
民国三十七年十一月三日 | 1948-11-03 | 1948-11-03 | 1948-11-03 | republic | certain
中華民國三十七年十一月 | 1948-11 | 1948-11-01 | 1948-11-30 | republic | certain
约民国三十七年 | 1948~ | 1948-01-01 | 1948-12-31 | republic | approximate
光绪二十三年 | 1897 | 1897-01-01 | 1897-12-31 | era | certain
光緒二十三年三月初五 | 1897-04-06 | 1897-04-06 | 1897-04-06 | lunar | certain
光绪癸卯年 | 1903 | 1903-01-01 | 1903-12-31 | era | certain
宣统三年 | 1911 | 1911-01-01 | 1911-12-31 | era | certain
乾隆五十年 | 1785 | 1785-01-01 | 1785-12-31 | era | certain
一九六三年春 | 1963-21 | 1963-03-01 | 1963-05-31 | gregorian | certain
1963年夏季 | 1963-22 | 1963-06-01 | 1963-08-31 | gregorian | certain
1963年秋 | 1963-23 | 1963-09-01 | 1963-11-30 | gregorian | certain
一九六三年冬 | 1963-24 | 1963-12-01 | 1964-02-29 | gregorian | certain
1963年农历十月初五 | 1963-11-20 | 1963-11-20 | 1963-11-20 | lunar | certain
农历1963年十月初五 | 1963-11-20 | 1963-11-20 | 1963-11-20 | lunar | certain
一九六三年（癸卯）十月初五 | 1963-11-20 | 1963-11-20 | 1963-11-20 | lunar | certain
1963年閏四月初一 | 1963-05-23 | 1963-05-23 | 1963-05-23 | lunar | certain
1963年正月 | 1963-01-25/1963-02-23 | 1963-01-25 | 1963-02-23 | lunar | certain
1963年腊月廿三 | 1964-02-06 | 1964-02-06 | 1964-02-06 | lunar | certain
六十年代 | 196X | 1960-01-01 | 1969-12-31 | gregorian | certain
二十世纪六十年代 | 196X | 1960-01-01 | 1969-12-31 | gregorian | certain
上世纪60年代 | 196X | 1960-01-01 | 1969-12-31 | gregorian | certain
1960年代 | 196X | 1960-01-01 | 1969-12-31 | gregorian | certain
六十至七十年代 | 196X/197X | 1960-01-01 | 1979-12-31 | gregorian | certain
二十世纪 | 19XX | 1900-01-01 | 1999-12-31 | gregorian | certain
1963年11月某日 | 1963-11-XX | 1963-11-01 | 1963-11-30 | gregorian | certain
1963年某月 | 1963 | 1963-01-01 | 1963-12-31 | gregorian | certain
1963年11月上旬 | 1963-11-01/1963-11-10 | 1963-11-01 | 1963-11-10 | gregorian | certain
1963年2月下旬 | 1963-02-21/1963-02-28 | 1963-02-21 | 1963-02-28 | gregorian | certain
1963年11月底 | 1963-11-21/1963-11-30 | 1963-11-21 | 1963-11-30 | gregorian | certain
1963年年初 | 1963-01/1963-03 | 1963-01-01 | 1963-03-31 | gregorian | certain
1963年底 | 1963-10/1963-12 | 1963-10-01 | 1963-12-31 | gregorian | certain
1963年上半年 | 1963-01/1963-06 | 1963-01-01 | 1963-06-30 | gregorian | certain
1963年第三季度 | 1963-07/1963-09 | 1963-07-01 | 1963-09-30 | gregorian | certain
1963年前后 | 1963~ | 1963-01-01 | 1963-12-31 | gregorian | approximate
1963年11月左右 | 1963-11~ | 1963-11-01 | 1963-11-30 | gregorian | approximate
1963年（？） | 1963? | 1963-01-01 | 1963-12-31 | gregorian | uncertain
1963年存疑 | 1963? | 1963-01-01 | 1963-12-31 | gregorian | uncertain
1963-11/1964-01 | 1963-11/1964-01 | 1963-11-01 | 1964-01-31 | gregorian | certain
1963年5月1日至3日 | 1963-05-01/1963-05-03 | 1963-05-01 | 1963-05-03 | gregorian | certain
1963年11月20日至次年2月 | 1963-11-20/1964-02 | 1963-11-20 | 1964-02-29 | gregorian | certain
1963年1至3月 | 1963-01/1963-03 | 1963-01-01 | 1963-03-31 | gregorian | certain
1963-1964 | 1963/1964 | 1963-01-01 | 1964-12-31 | gregorian | certain
19630101-19641231 | 1963-01-01/1964-12-31 | 1963-01-01 | 1964-12-31 | gregorian | certain
1963年— | 1963/.. | 1963-01-01 | - | gregorian | certain
1963年5月至今 | 1963-05/.. | 1963-05-01 | - | gregorian | certain
1963年以前 | ../1963 | - | 1963-12-31 | gregorian | certain
[19450815] | 1945-08-15 | 1945-08-15 | 1945-08-15 | gregorian | inferred
〔1945年8月〕 | 1945-08 | 1945-08-01 | 1945-08-31 | gregorian | inferred
1963年11月20日或22日 | [1963-11-20,1963-11-22] | 1963-11-20 | 1963-11-22 | gregorian | certain
1963 年 11 月 20 日 | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
一九六三年十一月廿三日 | 1963-11-23 | 1963-11-23 | 1963-11-23 | gregorian | certain
1963年11月20日上午 | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
1963/11/20 | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
1963/11 | 1963-11 | 1963-11-01 | 1963-11-30 | gregorian | certain
1963/11/20—1963/12/1 | 1963-11-20/1963-12-01 | 1963-11-20 | 1963-12-01 | gregorian | certain
一九六三、十一、二十 | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
1963.11.20。 | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
民国卅七.11.3 | 1948-11-03 | 1948-11-03 | 1948-11-03 | republic | certain
民三十七年 | 1948 | 1948-01-01 | 1948-12-31 | republic | certain
民國前一年 | 1911 | 1911-01-01 | 1911-12-31 | republic | certain
二OO三年十一月 | 2003-11 | 2003-11-01 | 2003-11-30 | gregorian | certain
1963年度 | 1963 | 1963-01-01 | 1963-12-31 | gregorian | certain
1963年夏秋之交 | 1963-22/1963-23 | 1963-06-01 | 1963-11-30 | gregorian | certain
1963年冬至1964年春 | 1963-24/1964-21 | 1963-12-01 | 1964-05-31 | gregorian | certain
六十年代初 | 1960/1963 | 1960-01-01 | 1963-12-31 | gregorian | certain
二十世纪六十年代中期 | 1964/1966 | 1964-01-01 | 1966-12-31 | gregorian | certain
六十年代末 | 1967/1969 | 1967-01-01 | 1969-12-31 | gregorian | certain
五六十年代 | 195X/196X | 1950-01-01 | 1969-12-31 | gregorian | certain
1963年11月20日（星期三） | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
1963年11月20日（农历十月初五） | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
癸卯年十月初五（1963年11月20日） | 1963-11-20 | 1963-11-20 | 1963-11-20 | lunar | certain
六三年十一月廿日（农历癸卯年十月初五） | 1963-11-20 | 1963-11-20 | 1963-11-20 | gregorian | certain
1964年2月6日（农历腊月廿三） | 1964-02-06 | 1964-02-06 | 1964-02-06 | gregorian | certain
公元1963年 | 1963 | 1963-01-01 | 1963-12-31 | gregorian | certain
1966-1976年 | 1966/1976 | 1966-01-01 | 1976-12-31 | gregorian | certain
1963.1-1963.12 | 1963-01/1963-12 | 1963-01-01 | 1963-12-31 | gregorian | certain
1963年元月 | 1963-01 | 1963-01-01 | 1963-01-31 | gregorian | certain
1963年、1965年 | {1963,1965} | 1963-01-01 | 1965-12-31 | gregorian | certain
1966年5月、6月 | {1966-05,1966-06} | 1966-05-01 | 1966-06-30 | gregorian | certain
癸卯年（1963年） | 1963 | 1963-01-01 | 1963-12-31 | cycle | certain
民国三十七年（1948） | 1948 | 1948-01-01 | 1948-12-31 | republic | certain
光绪廿九年十二月（1904年） | 1904-01-17/1904-02-15 | 1904-01-17 | 1904-02-15 | lunar | certain
""".strip().splitlines()


@pytest.mark.parametrize("line", SPELLINGS, ids=lambda line: line.partition(" |")[0])
def test_a_spelling_is_understood(line: str) -> None:
    text, edtf, first, last, calendar, certainty = map(str.strip, line.split(" | "))
    found = read(text, TODAY)
    assert found.edtf == edtf
    assert (str(found.earliest or "-"), str(found.latest or "-")) == (first, last)
    assert (found.calendar, found.certainty) == (calendar, certainty)
    assert (found.candidates, found.problem) == ((), "")


@pytest.mark.parametrize(
    "text",
    [
        "1948年（民国三十六年）",
        "民国三十七年（1949年）",
        "光绪二十九年（1904）",
        "1963年（甲辰）",
        "癸卯年（1964年）",
        "1963年11月20日（星期四）",
    ],
)
def test_a_year_told_twice_and_not_the_same_is_never_read_as_either(text: str) -> None:
    found = read(text, TODAY)
    assert (found.edtf, found.impossible) == ("", True)
    assert "不符" in found.problem


@pytest.mark.parametrize(
    ("text", "edtf", "candidates"),
    [
        ("癸卯年", "[1843,1903,1963,2023]", ["1843", "1903", "1963", "2023"]),
        (
            "癸卯年十月初五",
            "[1843-11-26,1903-11-23,1963-11-20,2023-11-17]",
            ["1843-11-26", "1903-11-23", "1963-11-20", "2023-11-17"],
        ),
        ("六三年", "[1963,1974]", ["1963", "1974"]),
        ("63年11月", "[1963-11,1974-11]", ["1963-11", "1974-11"]),
        ("63.11.20", "[1963-11-20,1974-11-20]", ["1963-11-20", "1974-11-20"]),
        ("六三年冬", "1963-12-01/1975-02-28", ["1963-24", "1974-24"]),
        ("康熙壬寅年", "[1662,1722]", ["1662", "1722"]),
    ],
)
def test_where_it_does_not_say_which_year_a_person_is_asked(
    text: str, edtf: str, candidates: list[str]
) -> None:
    found = read(text, TODAY)
    assert found.ambiguous
    assert (found.edtf, found.certainty) == (edtf, "uncertain")
    assert [one.edtf for one in found.candidates] == candidates
    assert found.earliest == found.candidates[0].earliest
    assert found.latest == found.candidates[-1].latest


@pytest.mark.parametrize("text", ["", " ", "无日期", "日期不详", "n.d.", "不详"])
def test_what_says_that_there_is_no_date_is_no_problem(text: str) -> None:
    assert read(text).problem == read(text).edtf == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1963年2月30日", "1963年2月没有 30 日"),
        ("1963年13月", "没有 13 月"),
        ("光绪三十五年", "光绪只有 34 年"),
        ("甲丑年", "没有“甲丑”这个干支"),
        ("1963年闰五月", "没有闰5月"),
        ("1963年农历十月三十一", "没有 31 日"),
        ("民国〇年", "民国没有 0 年"),
        ("公元前221年", "公元前"),
        ("1963年春节", "春节"),
        ("1963年11月20日（星期四）", "与前面的日期不符"),
        ("1963年11月20日（农历十月初六）", "与前面的日期不符"),
        ("1963年11月20日（晚会）", "晚会"),
        ("昨天", "读不懂“昨天”"),
        ("长" * 201, "200"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_part_that_cannot(
    text: str, said: str
) -> None:
    found = read(text, TODAY)
    assert said in found.problem
    assert (found.edtf, found.earliest, found.candidates) == ("", None, ())


@settings(max_examples=400, deadline=None)
@given(
    st.text(max_size=40)
    | st.text("〇一二三十年月日民国约至或[]/~?19635-癸卯初闰", max_size=14)
)
@example("９" * 300)
@example("1963年" * 60)
def test_reading_never_raises_and_what_it_reads_is_edtf(text: str) -> None:
    found = read(text, TODAY)
    ranges: list[Reading | DateRange] = [found, *found.candidates]
    for one in ranges:
        if one.edtf:
            parse_edtf(one.edtf)
            assert one.earliest or one.latest
        if one.earliest and one.latest:
            assert one.earliest <= one.latest


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


@settings(max_examples=150, deadline=None)
@given(st.dates(date(1912, 1, 1), TODAY))
def test_one_day_in_many_spellings_is_one_day(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(one)] for one in str(day.year))
    month, monthday = han(day.month), han(day.day)
    republic = day.year - 1911
    spellings = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{year}年{month}月{monthday}日",
        f"{day.year}.{day.month}.{day.day}",
        day.strftime("%Y%m%d"),
        f"民国{republic}年{day.month}月{day.day}号",
    ]
    if republic < 100:
        spellings.append(f"中華民國{han(republic)}年{month}月{monthday}日")
    assert {read(text, TODAY).edtf for text in spellings} == {day.isoformat()}


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1645, 2, 1), TODAY))
def test_a_lunar_day_is_the_solar_day_of_the_calendar(day: date) -> None:
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month = lunar.getMonth()
    leap = "闰" if month < 0 else ""
    first = "初" if lunar.getDay() <= 10 else ""
    text = f"农历{lunar.getYear()}年{leap}{abs(month)}月{first}{lunar.getDay()}"
    assert read(text, TODAY).edtf == day.isoformat()


PARTS = st.dates(date(1000, 1, 1), TODAY).flatmap(
    lambda day: st.sampled_from(
        [day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]]
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=2), st.booleans())
def test_the_standards_form_is_read_back(parts: list[str], inferred: bool) -> None:
    edtf = "/".join(parts)
    written = to_standard(edtf, inferred=inferred)
    if bounds(edtf) is not None:
        found = read(written, TODAY)
        assert found.edtf == edtf
        assert (found.certainty == "inferred") is inferred


@pytest.mark.parametrize("edtf", ["1963-24", "196X", "[1963,1964]", "1963/..", "1963~"])
def test_what_the_standard_has_no_form_for_is_not_forced_into_it(edtf: str) -> None:
    assert to_standard(edtf) == ""


YEARS = st.one_of(
    st.builds("{}年".format, st.integers(1000, 2030)),
    st.builds("民国{}年".format, st.integers(0, 120)),
    st.builds(
        "{}{}年".format,
        st.sampled_from(["光绪", "宣统", "康熙", "同治"]),
        st.sampled_from(["元", "三", "十二", "二十三", "六十"]),
    ),
    st.sampled_from(
        ["癸卯年", "六三年", "63年", "次年", "", "农历1963年", "公元前221年"]
    ),
)
MONTHS = st.builds("{}月".format, st.integers(0, 13)) | st.sampled_from(
    ["", "正月", "腊月", "闰四月", "春", "冬", "上半年", "第三季度", "底", "某月"]
)
DAYS = st.builds("{}日".format, st.integers(0, 32)) | st.sampled_from(
    ["", "初五", "三十", "某日", "上旬", "廿一", "末"]
)
NUMBERS = st.builds("{:08d}".format, st.integers(0, 99_999_999)) | st.sampled_from(
    ["196X", "19XX", "1963-XX", "1963-11-XX", "1963-24", "六十年代", "20世纪", ".."]
)
WRITTEN = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "约", "[", "ca. "]),
    st.builds("{}{}{}".format, YEARS, MONTHS, DAYS) | NUMBERS,
    st.sampled_from(["", "", "?", "~", "%", "前后", "起", "以前", "]", "(存疑)"]),
)
GENERATED = WRITTEN | st.builds(
    "{}{}{}".format,
    WRITTEN,
    st.sampled_from(["/", "至", "-", "—", "或", "、", ",", ".."]),
    WRITTEN,
)


@settings(max_examples=300, deadline=None)
@given(GENERATED)
def test_what_is_stored_for_a_spelling_is_edtf_and_says_the_same_again(
    text: str,
) -> None:
    found = read(text, TODAY)
    if not found.edtf:
        assert (found.earliest, found.latest) == (None, None)
        return
    parse_edtf(found.edtf)
    assert found.earliest or found.latest
    again = read(found.edtf, TODAY)
    assert (again.edtf, again.earliest, again.latest) == (
        found.edtf,
        found.earliest,
        found.latest,
    )
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
