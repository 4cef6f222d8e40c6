"""What the demonstration's curriculum says: our own words, on the sample records.

Records are named by reference code, exhibitions by slug; ``training`` puts ids in.
"""

from typing import Any

_NOTES = "Y001-WS·1953·Y-003-002"
_GUIDE = "Y001-WS·2025·D30-002-001"
_WRITING = "Y001-WS·2025·D30-002-004"
_MEETING = "Y001-WS·2026·Y-001-002"
_COURSE = "Y002-ZY·2026·Y-001"

Block = tuple[str, Any]


def _record(code: str, page: int, words: str, note: str) -> Block:
    value = {"record": code, "page": page, "words": words, "label": "", "note": note}
    return ("record", value)


def _discussion(minutes: int, *questions: str) -> Block:
    told = {"title": "讨论", "minutes": minutes, "questions": list(questions)}
    return ("discussion", told)


def _choice(
    kind: str, text: str, explanation: str, *answers: tuple[str, bool, str]
) -> Block:
    offered = [
        {"text": said, "right": right, "feedback": feedback}
        for said, right, feedback in answers
    ]
    return (kind, {"text": text, "answers": offered, "explanation": explanation})


def _truth(text: str, is_true: bool, yes: str, no: str, explanation: str) -> Block:
    told = {"text": text, "is_true": is_true, "when_true": yes, "when_false": no}
    return ("truth", {**told, "explanation": explanation})


def _quiz(title: str, *questions: Block) -> Block:
    return ("quiz", {"title": title, "pass_mark": 60, "questions": list(questions)})


def _lesson(slug: str, title: str, hours: str, summary: str, *content: Block) -> Any:
    return {
        "slug": slug,
        "title": title,
        "hours": hours,
        "summary": summary,
        "content": list(content),
    }


CURRICULUM: dict[str, Any] = {
    "slug": "recording-and-filing",
    "title": "基层调解记录与归档",
    "summary": "面向乡镇、街道和村社调解员，从登记簿上的一行字学起。",
    "aims": "学员学完后，能够据实登记一起纠纷，写出一份经得起核对的记录，并按规定归档、"
    "准确引用。",
    "audience": "基层调解员",
    "prerequisites": "无",
    "completion": "随堂测验及格，并交一份记录",
}

COURSES: tuple[dict[str, Any], ...] = (
    {
        "slug": "registering",
        "title": "怎样登记",
        "summary": "一行登记应当回答什么，怎样做到据实、不增减。",
        "aims": "能够独立登记一起纠纷，并说明每一栏的依据。",
        "audience": "基层调解员",
        "prerequisites": "无",
        "completion": "两次测验及格",
        "form": "含展点观摩",
        "lessons": (
            _lesson(
                "six-questions",
                "六个问题",
                "3",
                "以登记簿填写说明为例，说明一行登记应当回答什么。",
                (
                    "text",
                    "<p>登记簿上的一行，要让没有到场的人也看得明白：何时、何地、何人、"
                    "何事、做了什么、结果怎样。下面的样件逐栏写了填法，先通读一遍，"
                    "再对照自己填过的一行。</p>",
                ),
                _record(
                    _GUIDE,
                    1,
                    "发现的矛盾纠纷",
                    "登记的范围：找一找，除了上门反映的，还有哪些也要登记？",
                ),
                _record(
                    _GUIDE,
                    2,
                    "四是回访一栏空着",
                    "常见错误一共列了几条？您犯过哪一条？",
                ),
                (
                    "stop",
                    {
                        "page": "origin-of-a-page",
                        "number": 3,
                        "note": "在馆内上课的，到这个展点前看原件的摆法；"
                        "在线学习的，点开看讲解词。",
                    },
                ),
                _discussion(
                    20,
                    "当场化解的小事，为什么也要补记一行？",
                    "“结果”一栏只写“已处理”三个字，隔一年再看，会缺什么？",
                ),
                _quiz(
                    "随堂测验：六个问题",
                    _choice(
                        "single",
                        "登记日期与事情发生的日期不是同一天，应当怎样写？",
                        "两个日期各有用处：一个说明事情，一个说明办理是否及时。",
                        ("只写登记日期", False, "看的人会以为事情是当天发生的。"),
                        ("两个日期都写明", True, "正是样件的要求。"),
                        ("只写发生日期", False, "看不出是不是及时登记。"),
                    ),
                    _choice(
                        "multiple",
                        "一行登记里，哪些是应当写的？",
                        "估计和评价不写进登记：登记只写听到和看到的。",
                        ("在场的人", True, ""),
                        ("各方的说法", True, ""),
                        ("登记人的估计", False, "猜测不写。"),
                        ("下一步的安排", True, ""),
                    ),
                    _truth(
                        "当场化解的纠纷不必登记。",
                        False,
                        "样件第一条写明：当场化解的，也要补记一行。",
                        "对，也要补记一行。",
                        "不补记，季度分析时就少了一件。",
                    ),
                ),
            ),
            _lesson(
                "faithful",
                "据实，不增减",
                "3",
                "复述与确认的练习，两人一组。",
                (
                    "text",
                    "<p>先听，再复述，最后才落笔。两份样件相隔几十年，说的是同一件事："
                    "写下来的话，要让说话的人自己认得。</p>",
                ),
                _record(_NOTES, 1, "據實登簿，不得增減", "八个字，哪两个最难做到？"),
                _record(
                    _WRITING, 1, "寫各方的話，要用原話", "原话里有骂人的字，怎么办？"
                ),
                _discussion(
                    30, "两人一组：一人说三分钟，一人复述，说的人指出增减之处。"
                ),
            ),
        ),
    },
    {
        "slug": "agreeing-and-filing",
        "title": "议定、回访与归档",
        "summary": "把约定写清楚，按时回访，最后整理成卷。",
        "aims": "能够写出可以自行执行的约定，并按要求归档、引用。",
        "audience": "基层调解员",
        "prerequisites": "怎样登记",
        "completion": "测验及格，并交一份记录",
        "form": "含半日现场教学",
        "lessons": (
            _lesson(
                "hearing",
                "听取双方",
                "2",
                "分别陈述、当面复述的次序与用语。",
                ("text", "<p>听的次序，决定了后面能不能谈得下去。</p>"),
                _record(_NOTES, 1, "先聽兩造陳述", "“兩造”指什么？为什么是“先”？"),
                (
                    "records",
                    {
                        "records": [
                            {"record": _COURSE, "note": "怎样听、怎样记、怎样说。"}
                        ]
                    },
                ),
            ),
            _lesson(
                "agreement",
                "把约定写清楚",
                "3",
                "能自行执行的约定有哪些特征。",
                (
                    "text",
                    "<p>好的约定写明谁做、何时做完、做不到怎么办，双方看过才签名。</p>",
                ),
                _record(_MEETING, 1, "按田块由远到近轮灌", "这一句为什么不会有争议？"),
                _record(_NOTES, 1, "由雙方閱後署名", "先“閱”后“署名”，次序能不能换？"),
                _quiz(
                    "随堂测验：约定",
                    _choice(
                        "single",
                        "下面哪一句可以自行执行？",
                        "可以自行执行的约定，不用再问别人就知道怎么做。",
                        ("双方互谅互让", False, "没有写做什么。"),
                        ("单日甲户放水，双日乙户放水", True, "谁、何时，都写明了。"),
                        ("今后注意用水", False, "没有写怎样算注意。"),
                    ),
                    _truth(
                        "约定写好以后，可以由调解员代签。",
                        False,
                        "不可以：要由双方看过以后自己签名。",
                        "对，要由双方看过以后自己签名。",
                        "签名说明本人看过、认得。",
                    ),
                ),
            ),
            _lesson(
                "filing",
                "整理成卷与个人信息",
                "3",
                "排列、编页、拟题名；哪些必须遮盖。",
                ("text", "<p>归档是写给十年以后的人看的，遮盖是为今天的人着想。</p>"),
                _record(_GUIDE, 2, "写好卷内目录和备考表", "备考表由谁写，写给谁看？"),
                _record(_GUIDE, 2, "对外提供时一律遮盖", "哪几项必须遮盖？"),
                _discussion(
                    20, "统计报表只填件数，不填姓名。这样做丢了什么，保住了什么？"
                ),
            ),
        ),
    },
)

CASE_NOTE = "读完之后，找出写进约定的每一句话，看它回答了六个问题中的哪几个。"
"""What a lesson says of a case, where the demonstration has one."""
CASE_LESSON = "agreement"

NOTES = (
    ("heading", "上课之前（演示）"),
    ("text", "<p>把样件打印成两面，每组一份；讨论题留足时间，不急着给答案。</p>"),
)

TEACHERS: tuple[dict[str, Any], ...] = (
    {
        "name": "某甲",
        "unit": "样本培训班（虚设）",
        "position": "讲师",
        "introduction": "讲登记与记录。为演示系统虚设，并无其人。",
    },
    {
        "name": "某乙",
        "unit": "样本档案阅览室（虚设）",
        "position": "档案员",
        "introduction": "讲归档与引用。为演示系统虚设，并无其人。",
    },
)
POINTS: tuple[dict[str, Any], ...] = (
    {
        "name": "样本议事亭（演示）",
        "place": "某县",
        "shows": "村民小组议事的亭子和公示栏。为演示系统虚设，并无其地。",
        "group_size": 30,
    },
    {
        "name": "样本渠口（演示）",
        "place": "某县",
        "shows": "量、画、记：在渠口做现场勘看的练习。为演示系统虚设，并无其地。",
        "group_size": 20,
    },
)

ENGLISH: dict[str, Any] = {
    "title": "Recording and filing local mediation",
    "summary": "For mediators of townships, streets and villages: from one line in the "
    "register onwards.",
    "aims": "To register a dispute as it was, to write a record that stands up to "
    "checking, to file it by the rules and to cite it exactly.",
    "audience": "Local mediators",
    "prerequisites": "None",
    "completion": "Pass the quizzes and hand in a record",
}
"""The English of the curriculum's own fields."""
SECTION_ENGLISH = {
    "title": "Training",
    "summary": "Curricula, courses and lessons: learning from a page of the holdings.",
}
SLIDES = (
    ("登记的六个问题", "何时　何地　何人　何事　做了什么　结果怎样"),
    ("落笔之前", "听完　复述　确认"),
)
