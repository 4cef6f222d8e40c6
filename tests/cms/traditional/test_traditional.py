"""简体 into 繁體: phrases across tags, and nothing else of the page."""

import json
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.traditional.converter import Converter, plainly_simplified
from cms.traditional.markup import LITERAL_END, LITERAL_START

plain = Converter()


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("依靠群众就地解决矛盾", "依靠群眾就地解決矛盾"),
        ("皇后与后来", "皇后與後來"),
        ("干部、干涉、干净", "幹部、干涉、乾淨"),
        ("头发和发展", "頭髮和發展"),
        ("复查、复杂、回复", "複查、複雜、回覆"),
        ("公里与村里", "公里與村裡"),
        ("为了台湾的面粉", "為了臺灣的麵粉"),
        # The words stay those of the mainland.
        ("网络信息质量", "網絡信息質量"),
        ("“枫桥经验”说‘四先四早’", "「楓橋經驗」說『四先四早』"),
        ("don’t 和 “it’s”", "don’t 和 「it’s」"),
        ("plain ASCII text", "plain ASCII text"),
    ],
)
def test_words_become_traditional_by_phrase(simplified: str, traditional: str) -> None:
    assert plain.text(simplified) == traditional
    assert plain.page(f"<p>{simplified}</p>") == f"<p>{traditional}</p>"


def test_traditional_pages_do_not_change_when_converted_again() -> None:
    once = plain.page("<p>“枫桥经验”的发展：矛盾纠纷就地解决，后来复查。</p>")
    assert plain.page(once) == once


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("皇<wbr>后", "皇<wbr>后"),
        ("头<b>发</b>", "頭<b>髮</b>"),
        ("<span>干</span><mark>部</mark>", "<span>幹</span><mark>部</mark>"),
        ("<p>头</p><p>发展</p>", "<p>頭</p><p>發展</p>"),
        ("头 发展", "頭 發展"),
        ("头<br>发展", "頭<br>發展"),
        ("头<!-- 发 -->发", "頭<!-- 发 -->發"),
    ],
)
def test_a_word_over_inline_tags_is_one_word(html: str, expected: str) -> None:
    assert plain.page(html) == expected


@pytest.mark.parametrize(
    "kept",
    [
        '<p translate="no">发展 <b>发</b></p>',
        '<p lang="zh-Hant">发</p>',
        '<p lang="en">发 <i>发</i></p>',
        '<span class="code">发-001·文书</span>',
        "<code>发</code>",
        "<pre>发 <b>发</b></pre>",
        '<script type="module">let 发 = "</p>";</script>',
        "<style>.发 {}</style>",
        "<textarea>发</textarea>",
        "<!-- 发 -->",
        '<input value="发" name="发">',
        '<a href="/发/?q=发" data-x="发" id="发" class="发">x</a>',
        '<meta name="keywords" content="发">',
        '<script type="application/ld+json">{"a": "发"}</script>',
        '<script type="application/json" id="data">{"a": "发"}</script>',
        '<div translate="no"><p translate="yes">发</p></div>',
        '<div translate="no"><p lang="zh-Hans">发</p></div>',
    ],
)
def test_what_is_not_words_for_readers_stays(kept: str) -> None:
    assert plain.page(kept) == kept
    around = f"<p>发</p>{kept}<p>发</p>"
    assert plain.page(around) == f"<p>發</p>{kept}<p>發</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<div lang="en">a <p lang="zh-Hans">发</p> 发</div>发',
            '<div lang="en">a <p lang="zh-Hant">發</p> 发</div>發',
        ),
        (
            '<p lang="zh-Hans">发<q lang="zh-Hant">发</q>发</p>',
            '<p lang="zh-Hant">發<q lang="zh-Hant">发</q>發</p>',
        ),
        (
            '<div translate="no"><div><div>发</div>发</div>发</div>发',
            '<div translate="no"><div><div>发</div>发</div>发</div>發',
        ),
        (
            '<p lang="en">发<br>发<img alt="发"></p>发',
            '<p lang="en">发<br>发<img alt="发"></p>發',
        ),
        ('<ul lang="en"><li>发<li>发</ul>发', '<ul lang="en"><li>发<li>发</ul>發'),
        ("</p>发</div>", "</p>發</div>"),
        ('<html lang="zh-Hant"><p>发</p>', '<html lang="zh-Hant"><p>發</p>'),
    ],
)
def test_marks_hold_for_what_is_in_them_however_nested(
    html: str, expected: str
) -> None:
    assert plain.page(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a title="发>展" href="/发">x</a>', '<a title="發>展" href="/发">x</a>'),
        ("<img alt='发' src=\"/发\">", "<img alt='發' src=\"/发\">"),
        (
            '<input placeholder="检索" value="检索">',
            '<input placeholder="檢索" value="检索">',
        ),
        ('<b aria-label="头发">发</b>', '<b aria-label="頭髮">發</b>'),
        ('<p data-text-more="发"></p>', '<p data-text-more="發"></p>'),
        ('<p data-more-label="发"></p>', '<p data-more-label="發"></p>'),
        (
            '<meta name="description" content="发">',
            '<meta name="description" content="發">',
        ),
        (
            '<meta property="og:title" content="发">',
            '<meta property="og:title" content="發">',
        ),
        (
            '<textarea placeholder="发">发</textarea>',
            '<textarea placeholder="發">发</textarea>',
        ),
        ("<title>发 · 馆藏</title>", "<title>發 · 館藏</title>"),
    ],
)
def test_attributes_that_are_read_are_converted(html: str, expected: str) -> None:
    assert plain.page(html) == expected


def test_a_literal_stays_in_a_sentence_and_in_an_attribute() -> None:
    word = f"{LITERAL_START}纠纷{LITERAL_END}"
    html = f'<a title="检索“{word}”">检索：{word}</a>'
    assert plain.page(html) == '<a title="檢索「纠纷」">檢索：纠纷</a>'


def test_texts_for_scripts_are_converted_as_json() -> None:
    html = (
        '<script id="texts-x" type="application/json">{"发": ["\\u53d1<", 1]}</script>'
    )
    script = re.search(r">(.*)</script>", plain.page(html))
    assert script is not None
    assert "<" not in script[1]
    assert json.loads(script[1]) == {"发": ["發<", 1]}


def test_on_a_page_written_in_traditional_only_the_interface_is_converted() -> None:
    html = "<div data-by-hand><p>台灣裏面的天后宮</p><a>返回首页</a></div><p>发</p>"
    assert plain.page(html) == (
        "<div data-by-hand><p>台灣裏面的天后宮</p><a>返回首頁</a></div><p>發</p>"
    )
    assert plainly_simplified("返回首页")
    assert not plainly_simplified("台湾裏面")
    assert not plainly_simplified("天后")


def test_wordings_of_the_house_come_first_and_the_longest_of_them() -> None:
    house = Converter(
        {"枫桥": "楓橋", "枫桥镇": "楓橋鄉鎮", "里面": "裏面", "台": "台"}
    )
    assert house.text("枫桥镇在枫桥里面，台湾") == "楓橋鄉鎮在楓橋裏面，台灣"
    # Over tags, too, and a longer wording goes where the word begins.
    assert house.page("<b>里</b>面") == "<b>裏</b>面"
    assert house.page("枫<wbr>桥镇上") == "楓橋鄉鎮<wbr>上"
    assert house.page('<p translate="no">里面</p>') == '<p translate="no">里面</p>'


WORDS = st.sampled_from(
    ["发展", "头", "发", "“枫桥”", "皇后", " ", "GB/T", "里", "&amp;"]
)
TAGS = st.sampled_from(
    ["b", "span", "p", "div", 'p lang="en"', 'span lang="zh-Hans"', 'i translate="no"',
     'a href="/发"', 'b title="头发"', 'span class="code"', 'div data-by-hand', "code"]
)  # fmt: skip
HTML = st.recursive(
    WORDS | st.sampled_from(["<br>", "<wbr>", '<img alt="发">', "<!-- 发 -->"]),
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
            TAGS,
            st.lists(inner, max_size=4),
        )
        | st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=25,
)
READ = {"title", "alt", "lang"}


class Skeleton(HTMLParser):
    """Tags and attributes, and texts by what stands around them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[object] = []
        self.kept: list[str] = []
        self.open: list[tuple[str, bool, bool]] = [("", True, True)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(n, None if n in READ else v) for n, v in attrs]))
        given = dict(attrs)
        _, simplified, free = self.open[-1]
        if "lang" in given:
            simplified = given["lang"] in ("zh-Hans", "zh-Hant")
        if (
            given.get("translate") == "no"
            or given.get("class") == "code"
            or tag == "code"
        ):
            free = False
        if tag not in ("br", "wbr", "img"):
            self.open.append((tag, simplified, free))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(tag)
        self.open.pop()

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))

    def handle_data(self, data: str) -> None:
        _, simplified, free = self.open[-1]
        if not (simplified and free):
            self.kept.append(data)


@given(HTML)
def test_tags_never_change_and_what_is_marked_never_does(html: str) -> None:
    before, after = Skeleton(html), Skeleton(plain.page(html))
    assert before.tags == after.tags
    assert before.kept == after.kept


@given(HTML)
def test_no_simplified_word_is_left_where_it_may_be_changed(html: str) -> None:
    """Against a reading by a real parser, text by text."""

    class Free(Skeleton):
        def handle_data(self, data: str) -> None:
            _, simplified, free = self.open[-1]
            if simplified and free:
                assert "发" not in data, html
                assert "“" not in data, html

    Free(plain.page(html.replace(" data-by-hand", "")))


@given(st.text(st.characters(codec="ascii")))
def test_a_page_without_chinese_is_returned_as_it_came(html: str) -> None:
    assert plain.page(html) == html.replace(' lang="zh-Hans"', ' lang="zh-Hant"')


@given(st.text())
def test_any_text_at_all_is_survived(text: str) -> None:
    assert isinstance(plain.page(text), str)


def test_a_hundred_kilobytes_cost_milliseconds() -> None:
    entry = (
        '<li class="x"><h3 class="keep"><a href="/zh-hant/catalogue/T001/">'
        '<span lang="zh-Hans">依靠群众<wbr>就地解决</span></a></h3><p class="meta">'
        '<span class="code">T001-WS·1953·Y-003-002</span></p><p>诸暨干部群众创造的'
        "经验，后来各地仿效，制度复查，一词一句皆可回到原页。</p></li>\n"
    )
    page = entry * (100_000 // len(entry.encode()))
    plain.page(page)
    times = []
    for _ in range(15):
        start = time.process_time()
        plain.page(page)
        times.append(time.process_time() - start)
    # 5 ms on an idle machine; this is for one that is not.
    assert min(times) < 0.03


def test_two_words_are_not_taken_for_one() -> None:
    assert plain.text("发现并发挥作用，在网格里走访") == "發現並發揮作用，在網格裡走訪"
    assert plain.text("据事实简表转录") == "據事實簡表轉錄"
