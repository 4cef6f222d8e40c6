"""Folding keeps offsets and brings the forms of a character together."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import fold_table
from archive.fold import FOLD_VERSION, TABLE, fold
from archive.fold_table import generate

HERE = Path(fold_table.__file__).parent
EVERYTHING = "".join(map(chr, range(0x110000)))
SAME = """
    楓枫 橋桥 經经 驗验 糾纠 紛纷 衛卫 衞卫 敍叙 敘叙 甯宁 邨村 峯峰 羣群 爲为 為为 衆众
    眾众 説说 說说 強强 敎教 眞真 淸清 內内 吿告 旣既 鄕乡 黃黄 別别 冊册 產产 啟启 啓启
    綫线 麪面 裡里 裏里 覆复 複复 復复 徵征 著着 藉借 瞭了 祕秘 囘回 囬回 徧遍 槪概 卽即
    佔占 併并 並并 髮发 發发 後后 係系 繫系 証证 證证 註注 遊游 劄札 箚札 傑杰 採采 綵彩
    倣仿 効效 脚脚 卻却 臺台 檯台 囯国 歺餐 伩信 迠建 亊事 ○〇 ⼈人 ⺝月 㑹会 館馆
"""
DIFFERENT = """
    矛予 未末 土士 己已 枫风 诸请 宁咛 令今 村材 采菜 坏坯 氿酒 旦蛋 付副 肖萧 尸屎 夯劣
"""
UNICODE_DATA = Path("/usr/share/unicode")


def changed() -> int:
    """How many code points folding changes."""
    return int(np.count_nonzero(np.arange(TABLE.size) != TABLE))


def test_folding_keeps_the_length_and_twice_is_once_for_every_code_point() -> None:
    folded = fold(EVERYTHING)
    assert len(folded) == len(EVERYTHING)
    assert fold(folded) == folded


@given(st.text(), st.text())
def test_a_text_folds_character_by_character(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)
    assert len(fold(first)) == len(first)
    assert fold(first) == "".join(map(fold, first))


@given(st.text(alphabet=st.characters(categories=["Cs", "Co", "Cc"])))
def test_what_has_no_meaning_is_left_alone(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize("pair", SAME.split())
def test_forms_that_readers_take_for_one_character_are_one(pair: str) -> None:
    assert fold(pair[0]) == fold(pair[1])


@pytest.mark.parametrize("pair", DIFFERENT.split())
def test_characters_with_a_use_of_their_own_stay_apart(pair: str) -> None:
    assert fold(pair[0]) != fold(pair[1])


def test_width_and_case_fold_where_one_character_becomes_one() -> None:
    assert fold("ＯＣＲ２０２６，ＡｂＣ　ﾃ") == "ocr2026,abc テ"
    assert fold("㎡Ⅳ½") == "㎡ⅳ½"


def test_circled_and_raised_numbers_do_not_grow_onto_their_neighbours() -> None:
    assert fold("①1963²㈠") == "①1963²㈠"


def test_the_committed_table_is_in_order_and_without_idle_lines() -> None:
    lines = (HERE / "table.txt").read_text("utf-8").split("\n")
    pairs = [line for line in lines if line and not line.startswith("# ")]
    assert pairs == sorted(set(pairs))
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
    assert changed() == len(pairs)


@pytest.mark.parametrize("name", ["accepted.txt", "refused.txt"])
def test_every_reviewed_pair_is_heeded(name: str) -> None:
    for source, target in generate.read_pairs(HERE / name):
        assert (fold(source) == fold(target)) is (name == "accepted.txt"), source


def test_the_table_names_its_own_version() -> None:
    assert len(FOLD_VERSION) == 12


@pytest.mark.skipif(
    not (UNICODE_DATA / "Unihan_Variants.txt.bz2").exists(),
    reason="needs Debian's unicode-data",
)
def test_the_committed_table_is_what_the_generator_makes() -> None:
    pytest.importorskip("opencc")
    made = generate.build(UNICODE_DATA)
    if unicodedata.unidata_version == "14.0.0":
        assert {source: fold(source) for source in made} == made
        assert len(made) == changed()
    else:
        # Another Python knows more characters: those of both must agree.
        assert all(made[c] == fold(c) for c in made if fold(c) != c)


def test_pairs_that_run_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        generate.follow({"甲": "乙", "乙": "甲"})("甲")
