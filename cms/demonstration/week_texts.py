"""What the demonstration's publicity weeks say: our own words, no real event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

THIS, LAST = 2026, 2025


@dataclass(frozen=True, slots=True)
class Event:
    """``offset`` counts the days from the first of the week; hours as ``9:30``."""

    slug: str
    offset: int
    hours: tuple[str, str]
    kind: str
    title: str
    summary: str
    place: str
    capacity: int | None = None
    speakers: tuple[tuple[str, str, str], ...] = ()
    minutes: str = ""

    @property
    def times(self) -> tuple[time, time]:
        first, last = (time.fromisoformat(f"{one:0>5}") for one in self.hours)
        return first, last


HALL, MEETING = "陈列馆报告厅", "研究院会议室"
ROOM_ONE, ROOM_TWO = "学院研修教室一", "学院研修教室二"
STORE, FLOOR_TWO = "陈列馆库房", "陈列馆二层"

ACCESS = "入口有坡道，报告厅设轮椅席位；宣讲配手语和字幕（演示）。"

EVENTS: Mapping[int, tuple[Event, ...]] = {
    THIS: (
        Event(
            "opening",
            0,
            ("9:00", "11:00"),
            "lecture",
            "开幕与主题宣讲",
            "本年主题、日程与各会场介绍，全程有手语和字幕。",
            HALL,
            speakers=(("某甲", "某县宣讲团", "一页登记表能说明什么"),),
            minutes="介绍了本周八场活动与各会场，讲解一页登记表从填写到归档的经过。",
        ),
        Event(
            "registers",
            1,
            ("9:30", "11:30"),
            "seminar",
            "研讨：登记簿何以成为史料",
            "从著录、鉴定与利用三个角度讨论基层文书的价值。",
            MEETING,
            capacity=40,
            speakers=(
                ("某乙", "某大学（虚设）", "登记簿里的时间"),
                ("某丙", "某县档案馆（虚设）", "鉴定时看什么"),
            ),
            minutes="与会者认为：登记簿的可信在于当时、当场、按次序；引用时应一并说明体例。",
        ),
        Event(
            "case-writing",
            2,
            ("14:00", "16:30"),
            "workshop",
            "工作坊：案例写作与匿名处理",
            "以一起虚设的相邻用水纠纷为例，当场完成一份案例。",
            ROOM_ONE,
            capacity=24,
            minutes="分四组各写成一份初稿，互查姓名、地点与可以推知身份的细节。",
        ),
        Event(
            "open-store",
            3,
            ("9:00", "11:00"),
            "open-day",
            "开放日：库房与数字化",
            "观看一页纸从拆卷、扫描到入库的过程，每场二十人。",
            STORE,
            capacity=20,
        ),
        Event(
            "teachers",
            3,
            ("15:00", "16:30"),
            "workshop",
            "教师备课会",
            "交流课程材料的更新与使用。",
            ROOM_TWO,
            capacity=30,
            minutes="议定明年各课程引用的档案一律注明档号与页次。",
        ),
        Event(
            "honours",
            4,
            ("14:30", "16:30"),
            "award",
            "表彰与交流会",
            "宣读表彰名单（示例），受表彰单位介绍做法。",
            HALL,
        ),
        Event(
            "family-tour",
            5,
            ("10:00", "11:00"),
            "open-day",
            "家庭导览：一页纸的来历",
            "适合八岁以上儿童，由讲解员带领，可随身携带展点单。",
            FLOOR_TWO,
            capacity=15,
        ),
        Event(
            "closing",
            6,
            ("15:00", "16:00"),
            "commemoration",
            "闭幕与资料发布",
            "发布本周讲稿、课件与影像目录。",
            HALL,
            minutes="本周讲稿与课件目录随即上网，影像待加字幕后发布。",
        ),
    ),
    LAST: (
        Event(
            "opening",
            0,
            ("9:00", "10:30"),
            "lecture",
            "开幕：从一张便条说起",
            "用三份演示文书说明纠纷怎样写下、怎样了结。",
            HALL,
            minutes="讲稿已整理，文中所引文书均为演示材料。",
        ),
        Event(
            "oral-history",
            1,
            ("9:30", "11:30"),
            "seminar",
            "研讨：口述怎样与文书互证",
            "讨论口述与文书说法不一时怎样并列，怎样注明。",
            MEETING,
            capacity=40,
            minutes="会议建议：说法不一的并列，不作取舍，各注来源。",
        ),
        Event(
            "village-talk",
            2,
            ("14:00", "15:30"),
            "lecture",
            "宣讲进村：自治公约怎样订",
            "带着一份公约样件到村里逐条解说。",
            "某县某村文化礼堂（虚设）",
        ),
        Event(
            "scanning",
            2,
            ("19:00", "20:30"),
            "workshop",
            "工作坊：家里的旧纸怎样保存",
            "示范除尘、平整与拍照，可带一件旧纸来。",
            ROOM_ONE,
            capacity=20,
        ),
        Event(
            "show",
            3,
            ("9:00", "17:00"),
            "exhibition",
            "临时展：调解室的一天",
            "一间虚设的调解室，从开门到关门用到的十件东西。",
            FLOOR_TWO,
        ),
        Event(
            "honours",
            4,
            ("14:30", "16:00"),
            "award",
            "五年一次表彰会（示例）",
            "名单为示例，用来演示表彰页面的写法。",
            HALL,
            minutes="表彰名单见表彰栏目，内容为示例。",
        ),
        Event(
            "open-store",
            5,
            ("9:30", "11:00"),
            "open-day",
            "开放日：看一次消毒与除尘",
            "分两批进入库房，每批十人。",
            STORE,
            capacity=20,
        ),
        Event(
            "closing",
            6,
            ("15:00", "16:00"),
            "other",
            "闭幕与答问",
            "回答一周里收到的问题，公布下一年的打算。",
            HALL,
            minutes="共答二十三问，记录附后（演示）。",
        ),
    ),
}

PROGRAMMES: Mapping[int, Mapping[str, str]] = {
    THIS: {
        "title": "2026 年“枫桥经验”宣传周",
        "theme": "写下来，找得到",
        "summary": "七天八场活动。研讨、工作坊与开放日须报名，宣讲与表彰会自由入场。",
        "introduction": "本页日程、地点和人物均为演示而虚设，不代表任何机构的实际安排。"
        "宣传周结束以后，各场的纪要和材料留在各自的页面上。",
        "poster": "海报文字（演示）：写下来，找得到。",
        "minutes": "全周纪要（演示）：八场活动均如期举行，各场纪要见其页面。",
    },
    LAST: {
        "title": "2025 年“枫桥经验”宣传周",
        "theme": "坐下来，说清楚",
        "summary": "往年日程与资料，供查阅（演示）。",
        "introduction": "往年的日程保留在原来的网址上，内容均为演示。",
        "poster": "海报文字（演示）：坐下来，说清楚。",
        "minutes": "全周纪要（演示）：八场活动的讲稿与纪要已附在各场页面。",
    },
}

HONOURS_AWARD = "“枫桥经验”传承发展先进集体和先进个人（示例）"
HONOURS_SOURCE = "演示材料，为试用而编，没有这样的表彰文件"
COLLECTIVES = (
    ("甲镇人民调解委员会", "", "连续五年逐件登记，件件可查。"),
    ("乙街道社会治理中心", "", "把受理、流转、办结写在一张表上。"),
    ("丙村村民委员会", "", "公约逐户征询，异议照录。"),
)
INDIVIDUALS = (
    ("某甲", "专职网格员", "巡查记录当日补齐。"),
    ("某乙", "人民调解员", "回访写进同一份卷里。"),
    ("某丙", "驻村指导员", "带出三名能写记录的青年。"),
)

ENGLISH: Mapping[str, str] = {
    "title": "Publicity week of the Fengqiao experience, 2026",
    "theme": "Written down, found again",
    "summary": "Eight events on seven days. Seminars, workshops and open days need "
    "registration; lectures and the award ceremony are open to all.",
    "introduction": "Programme, places and people are made up for demonstration. After "
    "the week, minutes and materials stay on the page of each event.",
    "poster": "Poster text (demonstration): Written down, found again.",
    "minutes": "Minutes of the week (demonstration): all eight events took place; the "
    "minutes of each are on its page.",
}
INDEX_ENGLISH: Mapping[str, str] = {
    "title": "Publicity week",
    "summary": "The week in November: programme, registration, materials and honours.",
}
