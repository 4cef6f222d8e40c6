"""The fixed wordings that a new house begins with; then the list is its editors'.

From the regulation's own words. Its text is a draft: it is cited as one.
"""

from dataclasses import dataclass

from cms.models.fixed_wordings import FixedWording

_DRAFT = "《绍兴市“枫桥经验”传承发展条例（草案送审稿）》"


@dataclass(frozen=True, slots=True)
class Beginning:
    wording: str
    variants: tuple[str, ...]
    also_right: tuple[str, ...] = ()
    blocking: bool = False
    note: str = ""
    source: str = ""


BEGINNINGS: tuple[Beginning, ...] = (
    Beginning(
        "“枫桥经验”",
        ("枫桥经验", '"枫桥经验"', "《枫桥经验》"),
        ("「枫桥经验」", "‘枫桥经验’"),
        note="用弯引号；在引号之中用单引号，繁体用直角引号。",
        source=_DRAFT,
    ),
    Beginning(
        "新时代“枫桥经验”",
        ("“新时代枫桥经验”", "新时代枫桥经验"),
        ("新时代「枫桥经验」",),
        note="引号不包括“新时代”。",
        source=f"{_DRAFT}第十九条、第二十条",
    ),
    Beginning(
        "网上“枫桥经验”",
        ("“网上枫桥经验”", "网上枫桥经验"),
        ("网上「枫桥经验」",),
        note="引号不包括“网上”。",
        source=f"{_DRAFT}第十八条",
    ),
    Beginning(
        "“枫桥经验”陈列馆",
        ("枫桥经验陈列馆", "“枫桥经验陈列馆”", "枫桥陈列馆"),
        ("「枫桥经验」陈列馆", "‘枫桥经验’陈列馆"),
        source=f"{_DRAFT}第二十一条",
    ),
    Beginning(
        "浙江新时代“枫桥经验”研究院",
        ("枫桥经验研究院", "浙江新时代枫桥经验研究院", "枫桥研究院"),
        ("新时代“枫桥经验”研究院",),
        source=f"{_DRAFT}第二十条",
    ),
    Beginning(
        "“枫桥经验”宣传周",
        ("枫桥经验宣传周", "“枫桥经验宣传周”", "枫桥宣传周"),
        ("「枫桥经验」宣传周", "‘枫桥经验’宣传周"),
        note="每年十一月第三周。",
        source=f"{_DRAFT}第二十四条",
    ),
    Beginning(
        _DRAFT,
        (
            "《绍兴市“枫桥经验”传承发展条例》",
            "《绍兴市枫桥经验传承发展条例》",
            "《枫桥经验传承发展条例》",
        ),
        blocking=True,
        note="尚是送审稿，不作现行法规引用。",
        source="本馆规定",
    ),
    Beginning(
        "四先四早",
        ("四早四先", "4先4早", "四先四早法"),
        source=f"{_DRAFT}第十六条",
    ),
    Beginning(
        "预测预警预防",
        ("预测预防预警", "预警预测预防", "预防预测预警"),
        source=f"{_DRAFT}第十六条",
    ),
    Beginning(
        "矛盾纠纷多元化解",
        ("矛盾纠纷多元调解", "矛盾纠纷多元解决", "纠纷矛盾多元化解"),
        source=f"{_DRAFT}第十七条",
    ),
    Beginning(
        "网格化服务管理",
        ("网格化管理服务",),
        source=f"{_DRAFT}第十五条",
    ),
    Beginning(
        "基层工作事项准入制度",
        ("基层事项准入制度", "基层工作准入制度"),
        source=f"{_DRAFT}第十四条",
    ),
    Beginning(
        "共建共治共享",
        ("共治共建共享", "共建共享共治", "共享共建共治"),
        source=f"{_DRAFT}第三条",
    ),
    Beginning(
        "要各地仿效，经过试点，推广去做",
        ("要各地效仿，经过试点，推广去做", "要各地仿效、经过试点、推广去做"),
        blocking=True,
        note="批示原文；日期有二十日、二十二日两说，须一并写明。",
        source="《建国以来毛泽东文稿》",
    ),
)


def provide() -> int:
    """Fill a list that is empty; how many wordings were put in."""
    if FixedWording.objects.exists():
        return 0
    made = FixedWording.objects.bulk_create(
        FixedWording(
            wording=one.wording,
            variants="\n".join(one.variants),
            also_right="\n".join(one.also_right),
            blocking=one.blocking,
            note=one.note,
            source=one.source,
        )
        for one in BEGINNINGS
    )
    return len(made)
