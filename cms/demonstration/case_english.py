"""One case, the section and the collection in English: our own words, too."""

from collections.abc import Mapping
from typing import Any, Final

SLUG: Final = "shared-channel"
CASE: Final[Mapping[str, Any]] = {
    "title": "Two households, one channel",
    "summary": (
        "One channel, two fields, and a quarrel about who comes first in the dry "
        "season. The mediator measured the channel and timed the water; “who is "
        "first” became “odd days and even days”. Signed after eleven days, kept when "
        "visited after forty."
    ),
    "place": "a county",
    "duration": "eleven days",
    "outcome_text": (
        "On odd days the first household draws water first, on even days the second. "
        "They mend the mouth of the channel together and share labour and material "
        "alike. On the fortieth day the agreement was kept and the mouth was mended."
    ),
    "anonymity": (
        "The parties go by letters, the place is told to the county, and time by "
        "counting days. Two people checked separately that nobody can be recognised."
    ),
}
WORDS: Final[Mapping[str, str]] = {
    "引水一方，田在上游": "Drawing water, upstream",
    "引水一方，田在下游": "Drawing water, downstream",
    "甲户": "Household A",
    "乙户": "Household B",
    "<p>甲户在上，乙户在下，共用一条支渠。旱季水量减半，甲户先引则乙户田干，乙户夜间堵渠"
    "则甲户不平。双方各执一词，曾两次争执，未有肢体冲突。</p>": (
        "<p>Household A lies above, household B below; they share a side channel. In "
        "the dry season there is half the water. When A drew first, B’s field fell "
        "dry; when B blocked the channel by night, A felt wronged. They had quarrelled "
        "twice, without coming to blows.</p>"
    ),
    "第 1 日": "Day 1",
    "第 2 日": "Day 2",
    "第 4 日": "Day 4",
    "第 11 日": "Day 11",
    "第 40 日": "Day 40",
    "登记受理": "Heard and registered",
    "双方先后到调解室，分别陈述。调解员当面复述，双方确认无误后登记。": (
        "Each came to the mediation room and told it alone. The mediator repeated "
        "what had been said; when both agreed that it was right, it was registered."
    ),
    "到田间勘看": "Seen in the field",
    "量渠宽，计一亩田引满所需时辰，邀村中三人在场，绘图附卷。": (
        "The width of the channel was measured, and how long it takes to fill a mu "
        "of field. Three villagers were present; a sketch was put on file."
    ),
    "分头商议": "Talked over apart",
    "甲户顾虑修渠费用，乙户顾虑约定难以持久。调解员分别记下各自可以让步之处。": (
        "A feared the cost of mending, B that no agreement would last. The mediator "
        "noted for each what they could give up."
    ),
    "共同议定": "Agreed",
    "单日甲户先引，双日乙户先引；渠口由两户合修，工料各半。双方署名存照。": (
        "A first on odd days, B first on even days; the mouth mended together, labour "
        "and material in halves. Both signed."
    ),
    "回访": "Visited again",
    "引水如约，渠口已修。记入登记簿末栏，结案归档。": (
        "The water was drawn as agreed, the mouth was mended. Entered in the last "
        "column of the register, closed and filed."
    ),
    "先量后议。渠宽与时辰一经量定，争执便由感受转为数目。": (
        "Measure first, then talk. Once width and time are known, a feeling becomes "
        "a figure."
    ),
    "约定要能自行执行。单双日无须旁人监督，违约一望即知。": (
        "An agreement should run by itself. Odd and even days need nobody to watch "
        "them, and a breach is seen at once."
    ),
    "回访列为必经步骤，结案以履行为准，不以签字为准。": (
        "The visit afterwards is part of the work: a case is closed when it is kept, "
        "not when it is signed."
    ),
    "样卷所附的引水调解记录": (
        "The record of a mediation about water in the sample file"
    ),
    "议题一：水渠轮灌次序怎样议定": (
        "First item: how a village agreed on turns at the channel"
    ),
}
STREAMS: Final = ("parties", "background", "steps", "lessons", "cited")

INDEX: Final[Mapping[str, Any]] = {
    "title": "Cases",
    "summary": (
        "One dispute each: how it arose, what was done, what it teaches. Each "
        "statement leads back to the page that it rests on."
    ),
}
