"""What the demonstration's exhibitions say. Records by code, images by name."""

import uuid
from typing import Any

_NOTES = "Y001-WS·1953·Y-003-002"
_GUIDE = "Y001-WS·2025·D30-002-001"
_WRITING = "Y001-WS·2025·D30-002-004"
_MINUTES = "Y001-WS·2026·Y-001-001"
_MEETING = "Y001-WS·2026·Y-001-002"
_COMPACT = "Y001-WS·2023·Y-001"
_SCANNING = "Y001-KJ·2026·Y-001"
_RULES = "Y002-WS·2026·Y-001"
_COURSE = "Y002-ZY·2026·Y-001"
_NO_FOLIO = {"record": None, "page": None, "region": ""}


def _shown(record: str, page: int, words: str, label: str = "") -> dict[str, Any]:
    return {"record": record, "page": page, "words": words, "label": label}


def _folio(record: str, page: int, region: str = "") -> dict[str, Any]:
    return {"record": record, "page": page, "region": region}


def _story(text: str, *evidence: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return ("story", {"text": text, "evidence": _listed(*evidence)})


def _listed(*values: Any) -> list[dict[str, Any]]:
    return [
        {"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values
    ]


def _stop(
    number: int, title: str, short: str, full: str, *evidence: Any, **more: Any
) -> dict[str, Any]:
    return {
        "number": number,
        "title": title,
        "short": short,
        "full": full,
        "place": "",
        "minutes": 3,
        "picture": {"image": None, "folio": _NO_FOLIO, "caption": ""},
        "evidence": _listed(*evidence),
        "audio": [],
        **more,
    }


def _of_folio(record: str, page: int, region: str, caption: str = "") -> dict[str, Any]:
    return {"image": None, "folio": _folio(record, page, region), "caption": caption}


CURRENT: dict[str, Any] = {
    "slug": "origin-of-a-page",
    "title": "一页纸的来历",
    "summary": (
        "一次调解，落在纸上不过数行。此后它被装订、编号、审核、扫描，"
        "终于可以被一个从未到过库房的人找到。本展循着一页纸走完这段路。"
    ),
    "hero": _folio(_NOTES, 1, "14,24,58,22"),
    "fields": {
        "kind": "temporary",
        "opens": -49,
        "closes": None,
        "minutes": 20,
        "in_hall": True,
        "hall_place": "演示展厅（虚设）",
    },
    "chapters": [
        {
            "title": "写下来",
            "content": [
                _story(
                    "<p>登记是调解的第一道工序，也是档案的起点。记什么、怎么记，"
                    "直接决定后人能知道什么。样件要求登记人问明起因，写清时间、"
                    "地点和在场之人，不得增减[1]。</p>"
                    "<p>这种要求看似平常，却使一份登记有了凭证的品格：它可以核对，"
                    "可以追问，也可以在多年之后作为引证的依据。写的人还被告诫："
                    "要用原话，听不懂的字不可乱猜[2]。</p>",
                    _shown(_NOTES, 1, "據實登簿，不得增減"),
                    _shown(_WRITING, 1, "寫各方的話，要用原話"),
                ),
                (
                    "quotation",
                    {
                        **_shown(
                            _NOTES,
                            1,
                            "問明起因，記其時日、地點與在場之人，據實登簿，不得增減。",
                        ),
                        "explanation": "问清事情怎样发生，记下时间、地点和在场的人，"
                        "照事实写进登记簿，不添也不减。",
                    },
                ),
                _story(
                    "<p>同一件事，五十字可以写完，也可以写满三页。样件给出的尺度是"
                    "“够用”：时间、地点、人物、起因、办法、期限，六样俱全，"
                    "十年之后仍然看得明白。</p>",
                ),
            ],
        },
        {
            "title": "两种写法，一件事",
            "content": [
                _story(
                    "<p>同一个词，在竖排文书中写作“矛盾糾紛”，在后来的横排印件中"
                    "写作“矛盾纠纷”。检索时两者视为一词，读者不必先知道它当年怎样写。"
                    "左右两图取自两件样本，红框是系统所标，不是原件上的痕迹。</p>",
                ),
                (
                    "pair",
                    {
                        "left": {
                            "image": None,
                            **_shown(_NOTES, 3, "矛盾糾紛"),
                            "caption": "繁体竖排，自右向左。",
                        },
                        "right": {
                            "image": None,
                            **_shown(_GUIDE, 1, "矛盾纠纷"),
                            "caption": "简体横排。",
                        },
                    },
                ),
                _story(
                    "<p>字形之外，语序、用语也在变。竖排样件说“兩造”“幹事”，"
                    "横排样件说“双方”“调解员”。词不同，事相近，"
                    "这要靠著录时的主题词把它们连起来。</p>",
                    _shown(_NOTES, 1, "先聽兩造陳述"),
                ),
            ],
        },
        {
            "title": "一页之中",
            "content": [
                _story(
                    "<p>把一页样件放大来看。竖排的纸从右上角读起；"
                    "点图上的编号，下面有说明。</p>",
                ),
                (
                    "detail",
                    {
                        **_folio(_NOTES, 1, "52,5,40,34"),
                        "caption": "调解须知样件首页。",
                        "hotspots": _listed(
                            {
                                "point": "78.6,12",
                                "title": "从这里读起",
                                "text": "题名写在最右一列，字比正文大。",
                            },
                            {
                                "point": "66.8,17",
                                "title": "一条一列起",
                                "text": "每条另起一列，数目字在列首，便于引用到条。",
                            },
                            {
                                "point": "61,33",
                                "title": "先听，再问",
                                "text": "第一条讲听，第二条讲记，先后有序。",
                            },
                        ),
                    },
                ),
            ],
        },
        {
            "title": "从案头到屏幕",
            "content": [
                (
                    "timeline",
                    {
                        "moments": _listed(
                            {
                                "when": "形成之时",
                                "title": "登记、署名",
                                "text": "当事双方看过之后署名，另留一份备查。",
                                "disputed": False,
                                "evidence": _listed(
                                    _shown(_NOTES, 1, "由雙方閱後署名")
                                ),
                            },
                            {
                                "when": "年终",
                                "title": "整理、归档",
                                "text": "登记簿、协议书、回访记录按编号排好，"
                                "写好卷内目录，移交档案室。",
                                "disputed": False,
                                "evidence": _listed(
                                    _shown(_GUIDE, 2, "写好卷内目录和备考表")
                                ),
                            },
                            {
                                "when": "加工之时",
                                "title": "扫描、校验",
                                "text": "文件一生成就计算校验值；"
                                "以后每次迁移、备份都要复核。",
                                "disputed": False,
                                "evidence": _listed(
                                    _shown(_SCANNING, 2, "文件生成后即计算")
                                ),
                            },
                            {
                                "when": "今天",
                                "title": "识别、检索",
                                "text": "影像与文字逐字对应，查到一个词，"
                                "便回到纸上的那个位置。",
                                "disputed": False,
                                "evidence": _listed(
                                    _shown(_SCANNING, 3, "识别结果逐字保存位置")
                                ),
                            },
                        )
                    },
                ),
                (
                    "full_image",
                    {
                        "image": None,
                        "folio": _folio(_MEETING, 1, "4,10,92,38"),
                        "caption": "会议记录表样页：议题、票数、摘要，一事一行。",
                    },
                ),
            ],
        },
        {
            "title": "谁可以看",
            "content": [
                _story(
                    "<p>归了档不等于人人可看。样件说得明白：登记簿中的姓名、"
                    "住址、电话只供办理使用，对外一律遮盖[1]。阅览规则也只提供"
                    "已经开放的材料；只开放目录的，读者可以提出申请[2]。</p>"
                    "<p>本馆照此办理：一件档案怎样开放，由两人先后审核。"
                    "一旦收回，展览中引自它的文字和影像随即消失，叙述仍在。</p>",
                    _shown(_GUIDE, 2, "对外提供时一律遮盖"),
                    _shown(_RULES, 1, "仅开放目录的材料"),
                ),
            ],
        },
        {
            "title": "再往下读",
            "content": [
                _story("<p>本展所用的文书都可以在馆藏中打开，逐页翻看。</p>"),
                (
                    "records",
                    {
                        "records": _listed(
                            {"record": _NOTES, "note": "须知十五条，附记录两则。"},
                            {"record": _GUIDE, "note": "登记簿每一栏怎样填。"},
                            {"record": _COURSE, "note": "怎样听、怎样记、怎样说。"},
                        )
                    },
                ),
            ],
        },
    ],
    "stops": [
        _stop(
            1,
            "一本登记簿从哪里开始",
            "请先看这一页的第二条：问明起因，照事实记下。"
            "后面所有的展品，都从这一行字开始。",
            "<p>各位看到的是一页竖排的样件，请从右边第一列读起。</p>"
            "<p>第二条只有几十个字，却把登记的要求说全了：起因、时间、地点、在场的人，"
            "照事实写，不添不减。请留意“不得增减”四个字——记录的人可以写得短，"
            "但不可以替别人说话。</p><p>看过这一条，我们再去看后人怎样填这本簿子。</p>",
            _shown(_NOTES, 1, "據實登簿，不得增減"),
            place="第一展室入口",
            picture=_of_folio(_NOTES, 1, "30,8,55,30"),
        ),
        _stop(
            2,
            "“矛盾糾紛”与“矛盾纠纷”",
            "左边竖排繁体，右边横排简体，说的是同一个词。请在图上找红框。",
            "<p>两件样本，两种字体，两个方向。系统识别每一个字的位置，"
            "检索的时候把繁体、简体当作同一个词。</p>"
            "<p>大家可以在旁边的屏幕上试一试：输入简体，看竖排的那一页会不会出来。</p>",
            _shown(_NOTES, 1, "凡遇矛盾糾紛", "竖排样件第一条"),
            _shown(_GUIDE, 1, "发现的矛盾纠纷", "横排样件第一条"),
            place="第一展室左侧",
        ),
        _stop(
            3,
            "一行登记，六个问题",
            "请看登记簿的填写说明。每一行都在回答：第几件、何时、因何、如何、"
            "结果怎样、后来怎样。",
            "<p>请看展柜中的填写说明。编号由年份、组别和序号组成，每年从头编起，"
            "不得空号、重号。</p><p>请特别留意最后一栏，它记的是回访，"
            "也就是事情过去之后的事。说明里列举常见的错误，"
            "其中一条就是“回访一栏空着”。</p>",
            _shown(_GUIDE, 2, "四是回访一栏空着"),
            place="第一展室展柜",
        ),
        _stop(
            4,
            "开会怎样记",
            "会议记录不记姓名，只记要点；票数用数字，填错了划去重写。",
            "<p>这张表是村民会议的记录样式。应到多少户、实到多少户、每个议题几票，"
            "一格一格填清楚。</p><p>讨论摘要记要点，不记姓名，"
            "以甲、乙、丙、丁代称：公开的是办法，不是谁家的事。</p>",
            _shown(_MEETING, 1, "按田块由远到近轮灌"),
            place="第二展室左侧",
            picture=_of_folio(_MEETING, 1, "4,8,92,40"),
        ),
        _stop(
            5,
            "公约由谁来订",
            "体例的第一条说：公约由里民自订，条文宜少，语句宜浅，老幼都能明白。",
            "<p>这件样本讲怎样订一份自治公约。它没有替任何一个村写条文，"
            "只说写的时候要注意什么。</p><p>请看第二条：订约之前，逐户征询；"
            "订成之后，张贴十日。先问再定，是它最要紧的一步。</p>",
            _shown(_COMPACT, 1, "公約由里民自訂"),
            place="第二展室右侧",
        ),
        _stop(
            6,
            "从这里回到原页",
            "扫描、识别、检索，都是为了让您能回到纸上的那一处。请在屏幕上试一试。",
            "<p>走到这里，请任选前面记得的一个词，在屏幕上检索。</p>"
            "<p>打开的页上，您查的字已经框好；旁边有引文可以抄录，"
            "责任者、题名、档号、页次都齐备。别人拿着这条引文，也能回到同一处。</p>",
            _shown(_SCANNING, 3, "识别结果逐字保存位置"),
            place="第三展室",
            picture={
                "image": "plan",
                "folio": _NO_FOLIO,
                "caption": "参观路线示意（演示，不按比例）。",
            },
        ),
    ],
}

PAST: dict[str, Any] = {
    "slug": "meeting-and-compact",
    "title": "坐下来商量",
    "summary": "一张会议记录表、一份公约体例、一次会议纪要：三件样本讲怎样议事。",
    "hero": _folio(_COMPACT, 1, "18,8,66,26"),
    "fields": {
        "kind": "temporary",
        "opens": -270,
        "closes": -88,
        "minutes": 8,
        "in_hall": False,
    },
    "chapters": [
        {
            "title": "先问，再定",
            "content": [
                _story(
                    "<p>订约之前逐户征询，赞成与否都记下来；订成之后张贴十日。"
                    "样件把“问”放在“定”的前面[1]。</p>",
                    _shown(_COMPACT, 1, "應逐戶徵詢意見"),
                ),
            ],
        },
        {
            "title": "定了，要记",
            "content": [
                _story(
                    "<p>会议纪要样件逐案写明说明、讨论和决议。"
                    "其中一案就是记录本身：纪要宜在三日之内送达[1]。</p>",
                    _shown(_MINUTES, 4, "會議紀要宜於三日內送達各委員"),
                ),
                (
                    "records",
                    {
                        "records": _listed(
                            {"record": _COMPACT, "note": "订立自治公约的体例。"},
                            {"record": _MINUTES, "note": "一次虚设的会议。"},
                            {"record": _MEETING, "note": "村民会议的记录表。"},
                        )
                    },
                ),
            ],
        },
    ],
    "stops": [],
}

VISIT_HOURS: list[dict[str, Any]] = [
    {
        "days": ["1", "2", "3", "4", "5", "6"],
        "opens": "09:00",
        "closes": "17:00",
        "last_entry": "16:30",
    },
]
VISIT_NOTICES = (
    "<ul><li>展品请勿触摸；拍照请关闭闪光灯（演示）。</li>"
    "<li>展牌上的二维码打开对应的讲解词，请自备耳机（演示）。</li></ul>"
)
VISIT_TRANSPORT = "<p>公交、停车的说明写在这里（演示，未填写实际线路）。</p>"
VISIT_ACCESS = (
    "<ul><li>入口有坡道，展室之间没有台阶（演示）。</li>"
    "<li>讲解词都有文字；触摸屏可以坐着操作（演示）。</li></ul>"
)
