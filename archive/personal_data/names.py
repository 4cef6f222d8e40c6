"""Names of people: a surname and a given name after a word for who they are.

「X某」, 「甲户」 and their like are what the rules ask for and are passed over.
Without such a word before it, nothing tells a name from other words well enough.
"""

import re
from collections.abc import Iterator
from typing import Final

from archive.personal_data.found import Finding, Kind

# The hundred and more commonest surnames (公安部，2020年全国姓名报告), 简 and 繁.
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡"
    "蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛"
    "闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤骆俞宣斯楼寿边屠阮裘郦赖樊施洪"
    "翟安颜倪牛温芦季章鲁葛伍申尤毕聂丛焦柳邢齐庄梅涂詹祝喻"
    "張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉蘇呂盧鍾譚陸範韋賈鄒龍賀顧龔萬錢嚴湯樓壽邊莊"
)
_DOUBLE: Final = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "皇甫",
    "夏侯",
    "尉迟",
    "公孙",
)
_ROLES: Final = (
    *("当事人", "原告", "被告", "第三人", "申请人", "被申请人", "上诉人", "被上诉人"),
    *("申诉人", "投诉人", "举报人", "信访人", "委托人", "代理人", "法定代理人"),
    *("负责人", "联系人", "监护人", "证人", "见证人", "在场人", "受害人", "伤者"),
    *("死者", "患者", "病人", "业主", "住户", "户主", "承包人", "发包人", "出租人"),
    *("承租人", "房东", "租客", "债权人", "债务人", "借款人", "出借人", "担保人"),
    *("调解员", "人民调解员", "书记员", "审判员", "仲裁员", "法官", "律师", "民警"),
    *("村民", "居民", "邻居", "职工", "工人", "员工", "司机", "驾驶员", "店主", "老板"),
    *("丈夫", "妻子", "父亲", "母亲", "儿子", "女儿", "女婿", "儿媳", "姓名", "署名"),
    *("當事人", "調解員", "見證人", "證人", "鄰居"),
)
# What stands for a given name without being one, and words that follow a role and
# begin like a name: 「当事人方面」, 「村民常说」, 「证人任务」.
_ANONYMOUS: Final = frozenset("某甲乙丙丁戊己庚辛壬癸氏Ａ×＊*○〇□")
_NO_NAME_WORDS: Final = (
    "方面 方式 方法 方可 方才 方能 方案 常说 常常 常年 常见 常有 向来 向其 向人"
    " 向村 向调 任务 任何 任意 安全 安排 安置 于是 于当 于次 何时 何事 何人 何以"
    " 何处 万一 白天 白白 高兴 高度 高龄 范围 成立 应当 金额 金钱 石料 田地 田里"
    " 田间 田头 马上 左右 余下 余款 许多 许可 温和 严格 严重 史料 项目 时常 施工"
    " 施救 洪水 武断 齐全 齐声 柳树 梅雨 程序 程度 章程 江边 毛病 龙头 贺词 雷雨"
    " 林地 林木 黄昏 叶子 夏季 夏天 秋收 牛羊 牛棚 季节 申请 申诉 申明 申报 焦急"
    " 焦虑 庄稼 庄重 伍员 尤其 毕竟 丛生 涂改 祝贺 边界 边上 边走 顾虑 顾及 汤药"
    " 孔洞 莫名 莫不 钱款 钱财 代表 代理 曾经 曾向 曾在 曾于 曾说 曾多 曾到 曾两"
    " 曾有 曾因 付款 付清 付出 付给 和解 段落 段时 江水 安装 任期 单独 祝愿 温度"
    " 安心 严肃 方便 高声 高喊 莫非 于第 于一 于二 于三 于四 于五 于六 于七 于八"
    " 于九 于十 于同 于上 于下 于本 于事 于理 于法 于前 于后 于今 于此 于心 應當"
    " 許多 於是 嚴格"
)
_NO_NAMES: Final = tuple(_NO_NAME_WORDS.split())

_BETWEEN: Final = r"(?:[：:、（(「“]|\s|是|为|叫|之)?"
_NAME: Final = (
    f"(?P<name>(?:(?:{'|'.join(_DOUBLE)})|[{_SURNAMES}])"
    r"(?P<given>[\u4e00-\u9fff×＊*○〇□]{1,2}))"
)
_ROLE: Final = re.compile(
    f"(?:{'|'.join(sorted(_ROLES, key=len, reverse=True))}){_BETWEEN}{_NAME}"
)
_NEXT: Final = re.compile(f"[、，,和与及]{_NAME}")
# What follows a given name of one character, so that it is not read as two:
# 「当事人王强说」.
_AFTER: Final = frozenset(
    "说讲称与和及的在到于向对把将被同从因由为表等認认愿不也都先又已曾是提答问请去来"
    "要以给让用可便就並并、，。；：）)”」！？ \n"
)


def names(text: str) -> Iterator[Finding]:
    """Names after the words for who people are, and those listed after such a name.

    All are for a person to judge.
    """
    for match in _ROLE.finditer(text):
        found = _read(match)
        while found is not None:
            yield found
            following = _NEXT.match(text, found.end)
            found = _read(following) if following else None


def _read(match: re.Match[str]) -> Finding | None:
    start, given = match.start("name"), match["given"]
    surname = match["name"][: -len(given)]
    if given[0] in _ANONYMOUS or match["name"].startswith(_NO_NAMES):
        return None
    if given[0] in _AFTER:
        return None
    if len(given) == 2 and given[1] in _AFTER:
        given = given[0]
    name = surname + given
    return Finding(Kind.NAME, start, start + len(name), name)
