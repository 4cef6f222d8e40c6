"""Terms in running text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from cms.knowledge.explaining import Explainer, KnownTerm
from tests.cms.knowledge.conftest import add_term

BUTTON = re.compile(
    r'<button type="button" class="term" popovertarget="[^"]*">(.*?)</button>'
)


class _Page:
    def __init__(self, pk: int) -> None:
        self.pk = pk


def explainer(*names: str) -> Explainer:
    """One that knows these terms; ``甲/乙`` is 甲 with the other name 乙."""
    one = Explainer(None)
    known = [
        KnownTerm(_Page(n), tuple(each.split("/"))) for n, each in enumerate(names)
    ]
    one.__dict__["_by_name"] = {name: term for term in known for name in term.names}
    return one


def marked(text: str) -> list[str]:
    return BUTTON.findall(text)


def test_the_first_place_of_a_term_becomes_a_button_and_no_other() -> None:
    one = explainer("就地化解")
    assert marked(one.html("<p>就地化解与就地化解</p>")) == ["就地化解"]
    assert marked(one.text("再说就地化解")) == []
    assert [term.page.pk for term in one.used] == [0]


def test_of_names_that_overlap_the_longest_is_taken() -> None:
    one = explainer("网格", "网格员/专职网格员")
    assert marked(one.text("专职网格员在网格里")) == ["专职网格员", "网格"]


def test_another_name_counts_as_the_term() -> None:
    one = explainer("网格员/专职网格员")
    assert marked(one.text("专职网格员和网格员")) == ["专职网格员"]


@pytest.mark.parametrize(
    "tag", ["a", "button", "h2", "h3", "blockquote", "q", "code", "summary", "label"]
)
def test_in_a_link_a_heading_or_a_quotation_a_term_stays_as_it_is(tag: str) -> None:
    one = explainer("网格")
    inside = f"<{tag}>网格<b>网格</b></{tag}>"
    assert one.html(inside) == inside
    assert marked(one.html(f"{inside}<p>网格</p>")) == ["网格"]


def test_attributes_and_entities_are_left_to_the_letter() -> None:
    one = explainer("网格")
    image = '<img src="/网格.png" alt="网格">'
    source = f'<p title="网格">&lt;b&gt; &amp; {image}<br/>&#27700;</p>'
    assert one.html(source) == source


def test_plain_text_is_escaped() -> None:
    one = explainer("网格")
    assert one.text("<script>网格") == (
        '&lt;script&gt;<button type="button" class="term" popovertarget="term-0">'
        "网格</button>"
    )


def test_a_name_in_latin_letters_is_a_whole_word() -> None:
    one = explainer("grid")
    assert marked(one.text("gridlock and grids")) == []
    assert marked(one.text("a grid.")) == ["grid"]


PIECES = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<b>", "</b>", '<a href="/x">', "</a>", "<br>"),
            *("&amp;", "&lt;", "网格", "网格员", "化解", " ", "文", "<h2>", "</h2>"),
        ]
    ),
    max_size=30,
)


@given(PIECES)
def test_without_its_buttons_a_text_is_what_it_was(pieces: list[str]) -> None:
    source = "".join(pieces)
    told = explainer("网格", "网格员", "化解").html(source)
    assert BUTTON.sub(r"\1", told) == source


@given(st.text(max_size=80))
def test_plain_text_says_the_same(text: str) -> None:
    told = explainer("网格", "a").text(text)
    assert html.unescape(BUTTON.sub(r"\1", told)) == text


@pytest.mark.django_db
def test_published_terms_are_known_at_the_cost_of_one_query(
    site: object, django_assert_num_queries: object
) -> None:
    add_term("网格员", variants="专职网格员；兼职网格员")
    add_term("就地化解")
    add_term("撤下的词").unpublish()
    one = Explainer(Locale.get_default().pk)
    with django_assert_num_queries(2):  # type: ignore[operator]
        # One for the terms, one for the pages that are private.
        told = one.html("<p>兼职网格员、撤下的词、就地化解</p>") + one.text("网格员")
    assert marked(told) == ["兼职网格员", "就地化解"]
