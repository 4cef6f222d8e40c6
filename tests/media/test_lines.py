from media.recognition.engine import Word
from media.recognition.lines import join_lines, join_words
from media.values import Box


def word(text: str, x: int, line: int = 0, confidence: float = 90.0) -> Word:
    return Word(text, Box(x, 100, 40 * len(text), 40), confidence, line)


def test_han_are_joined_without_spaces_and_ascii_words_with_one() -> None:
    assert join_words(["矛盾", "纠纷"]) == "矛盾纠纷"
    assert join_words(["1963", "年", "11", "月", "20", "日"]) == "1963年11月20日"
    assert join_words(["Open", "Archival", "系统"]) == "Open Archival系统"
    assert join_words(["300", "dpi", "，", "PDF"]) == "300 dpi，PDF"


def test_words_of_a_line_become_one_line_with_the_mean_over_characters() -> None:
    lines = join_lines(
        [word("甲", 0, 0, 60), word("乙丙丁", 50, 0, 80), word("戊", 0, 1)]
    )
    assert [line.text for line in lines] == ["甲乙丙丁", "戊"]
    assert lines[0].confidence == 75
    assert lines[0].box == Box(0, 100, 170, 40)


def test_no_words_are_no_lines() -> None:
    assert join_lines([]) == []
