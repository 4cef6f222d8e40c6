"""Lines break and are justified as Chinese type asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import fonts
from tests.samples.breaking import NOT_FIRST, NOT_LAST, Type, length, paragraph

SONG = Type("song", 40, "h")
TEXT = st.text("档案调解阅览，。（）「」、300 dpi", min_size=1, max_size=120)


def texts(text: str, measure: float = 400.0) -> list[str]:
    lines = paragraph(text, SONG, measure, 80.0)
    return ["".join(char.char for char in line) for line in lines]


@given(TEXT.map(str.strip).filter(bool))
def test_breaking_loses_only_spaces_at_the_ends_of_lines(text: str) -> None:
    assert "".join(texts(text)).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.sampled_from(["档案，", "（调解）", "阅览。", "「规约」、"])))
def test_no_line_starts_or_ends_with_the_wrong_mark(parts: list[str]) -> None:
    lines = texts("".join(parts) + "完")
    assert not any(line[0] in NOT_FIRST for line in lines[1:])
    assert not any(line[-1] in NOT_LAST for line in lines[:-1])


def test_a_run_of_latin_letters_is_not_broken() -> None:
    assert any("SHA-" in line for line in texts("校验值采用SHA-256算法计算得出"))
    assert any("PDF/A" in line for line in texts("格式一律采用标准PDF/A保存"))


def test_all_lines_but_the_last_reach_the_measure() -> None:
    lines = paragraph("本规则由阅览室负责解释，自公布之日起施行。", SONG, 410.0, 80.0)
    assert len(lines) > 1
    for line in lines[:-1]:
        assert length(line) == pytest.approx(410.0)


def test_vertical_marks_take_their_vertical_form() -> None:
    flat = fonts.glyph("ming", 60, "「", "h")
    upright = fonts.glyph("ming", 60, "「", "v")
    assert flat.mask.tobytes() != upright.mask.tobytes()


def test_vertical_marks_stand_right_in_one_face_and_centred_in_the_other() -> None:
    corner = fonts.glyph("song", 60, "，", "v")
    centred = fonts.glyph("ming", 60, "，", "v")
    assert corner.left + corner.mask.width / 2 > 40 and corner.top < 20
    assert abs(centred.left + centred.mask.width / 2 - 30) < 5
