"""The facts of the demonstration's chronicle, with their sources.

Those of the project's table of facts and no others. Where the table says only how sure
it is, that is what stands as the source, so that no reader takes it for more.
"""

from dataclasses import dataclass
from typing import Final

_CERTAIN: Final = "certain"
_DISPUTED: Final = "disputed"

_SECOND_HAND: Final = (
    "本项目所据的事实简表（转录自第二手资料，可信度：{}），正式使用前请核对原始文献"
)
_HIGH: Final = ((_SECOND_HAND.format("高"), ""),)
_MEDIUM: Final = ((_SECOND_HAND.format("中"), ""),)


@dataclass(frozen=True, slots=True)
class Fact:
    """``sources``: pairs of a source and of what it says of a disputed date."""

    date: str
    title: str
    text: str
    sources: tuple[tuple[str, str], ...]
    subjects: str = ""
    certainty: str = _CERTAIN


FACTS: Final = (
    Fact(
        "1963",
        "枫桥开展社会主义教育运动试点",
        "试点中形成了后来称为“枫桥经验”的做法。",
        _HIGH,
        "群众路线",
    ),
    Fact(
        "[1963-11-20,1963-11-22]",
        "毛泽东作出批示",
        "批示要求“要各地仿效，经过试点，推广去做”。批示文字各书一致，日期则有两说。",
        (
            ("《建国以来毛泽东文稿》（据事实简表转录，卷页待核）", "1963年11月20日"),
            ("《毛泽东年谱》（据事实简表转录，卷页待核）", "1963年11月22日"),
        ),
        "群众路线；就地化解",
        _DISPUTED,
    ),
    Fact(
        "1964-01",
        "中央转发“枫桥经验”",
        "有关材料由中央转发各地。",
        _MEDIUM,
        "群众路线",
    ),
    Fact("2003-11", "纪念四十周年大会", "纪念批示四十周年的大会召开。", _HIGH),
    Fact(
        "2013-10",
        "五十周年之际作出指示",
        "就坚持和发展“枫桥经验”作出指示。",
        _HIGH,
        "群众路线",
    ),
    Fact(
        "2018-10",
        "新陈列馆建成",
        "新的陈列馆建成，面积 5040 平方米。",
        _HIGH,
        "“枫桥经验”陈列馆",
    ),
    Fact("2018-11-12", "纪念五十五周年大会", "纪念五十五周年大会在绍兴召开。", _HIGH),
    Fact(
        "2023-11-06",
        "“枫桥式工作法”单位代表受到会见",
        "全国“枫桥式工作法”入选单位代表受到会见。",
        _HIGH,
    ),
)
