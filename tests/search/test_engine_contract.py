"""What both engines must answer, exactly: the same tests run on each."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from search.engines.base import (
    FACETS,
    PUBLIC,
    READING_ROOM,
    STAFF,
    Access,
    Engine,
    Filters,
)
from search.errors import PagingTooDeep
from search.query import MAX_DEPTH
from tests.search import oracle
from tests.search.corpus import document, found, request, search
from tests.search.engines import engine

__all__ = ["engine"]

EVERYONE = Access()


@pytest.mark.parametrize(
    "query",
    ["矛盾糾紛", "矛盾纠纷", "矛盾糺紛", "「矛盾糾紛」", "纠", "盾纠", "矛盾纠纷调"],
)
def test_traditional_simplified_and_variant_forms_find_one_another(
    engine: Engine, query: str
) -> None:
    engine.write([document(1, "矛盾糾紛調解"), document(2, "矛盾纠纷调解")])
    engine.write([document(3, "矛糾盾紛"), document(4, "别的")])
    expected = [1, 2, 3] if query == "纠" else [1, 2]
    assert found(engine, query) == expected


def test_full_width_and_capital_letters_are_folded(engine: Engine) -> None:
    engine.write([document(1, "ＯＣＲ识别率９８％"), document(2, "ocr 识别率98")])
    assert found(engine, "OCR") == [1, 2]
    assert found(engine, "识别率９８") == [1, 2]
    assert found(engine, "oc") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("枫", [1, 2, 3]),
        ("枫桥", [1, 2]),
        ("枫桥经", [1]),
        ("枫桥经验传承", [1]),
        ("桥枫", []),
        ("枫经", [3]),
    ],
)
def test_one_two_three_and_more_characters(
    engine: Engine, query: str, expected: list[int]
) -> None:
    engine.write([document(1, "“枫桥经验”传承发展"), document(2, "经验在枫桥")])
    engine.write([document(3, "枫，经桥验")])
    assert found(engine, query) == expected


def test_a_phrase_runs_over_line_ends_pages_and_punctuation(engine: Engine) -> None:
    engine.write([document(1, "矛盾不上\n\n交，平安\n不出事")])
    assert found(engine, "不上交平安不出") == [1]
    assert found(engine, "不上平安") == []


def test_dates_in_chinese_are_found_token_by_token(engine: Engine) -> None:
    engine.write([document(1, "于1963年11月20日通过"), document(2, "21963年1月120日")])
    assert found(engine, "1963年11月20日") == [1]
    assert found(engine, "1963") == [1]
    assert found(engine, "963年") == []
    assert found(engine, "年11月") == [1]


def test_latin_words_are_whole_words(engine: Engine) -> None:
    engine.write([document(1, "the Archive's reading-room"), document(2, "archived")])
    assert found(engine, "archive") == [1]
    assert found(engine, '"reading room"') == [1]
    assert found(engine, "reading-room") == [1]
    assert found(engine, "room reading") == [1]
    assert found(engine, '"room reading"') == []


def test_words_next_to_one_another_are_not_run_together(engine: Engine) -> None:
    engine.write([document(1, "1 23 ab c"), document(2, "12 3 a bc")])
    assert found(engine, '"1 23"') == [1]
    assert found(engine, '"12 3"') == [2]
    assert found(engine, '"ab c"') == [1]


def test_rare_ideographs_of_every_plane_are_tokens(engine: Engine) -> None:
    engine.write([document(1, "甲𠀀乙"), document(2, "甲𰻝乙"), document(3, "甲鿿乙")])
    assert found(engine, "甲𠀀乙") == [1]
    assert found(engine, "𰻝乙") == [2]
    assert found(engine, "鿿") == [3]
    assert found(engine, "甲乙") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("甲 乙", [1]),
        ("甲 AND 乙", [1]),
        ("甲 OR 丙", [1, 2, 3]),
        ("甲 NOT 乙", [2]),
        ("甲 -乙", [2]),
        ("-甲", [3, 4]),
        ("NOT 甲 NOT 丙", [4]),
        ("甲 OR -丙", [1, 2, 4]),
        ("(甲 OR 丙) -(乙 OR 丁)", [2]),
        ("-(甲 乙)", [2, 3, 4]),
        ("甲 -(乙 OR -丁)", []),
        ("甲甲 OR 乙", [1]),
        ("丙丁 -丁", []),
    ],
)
def test_and_or_not_and_brackets(
    engine: Engine, query: str, expected: list[int]
) -> None:
    engine.write([document(1, "甲乙"), document(2, "甲"), document(3, "丙丁")])
    engine.write([document(4, "戊")])
    assert found(engine, query) == expected


def test_title_text_and_code_are_searched_but_no_phrase_crosses_them(
    engine: Engine,
) -> None:
    engine.write(
        [document(1, "乙丙", title="工作总结甲", reference_code="WS·1963-001")]
    )
    assert found(engine, "工作总结") == [1]
    assert found(engine, "乙丙") == [1]
    assert found(engine, "WS·1963-001") == [1]
    assert found(engine, "总结 乙丙 WS") == [1]
    assert found(engine, "甲乙") == []
    assert found(engine, "丙WS") == []


def test_no_query_lists_everything_the_reader_may_see(engine: Engine) -> None:
    engine.write([document(1, "甲"), document(2)])
    engine.write([document(3, "丙", audience_min=STAFF)])
    assert found(engine, None) == [1, 2]


LEVELS = (
    "{甲}书 OR {乙}本 ({q})",
    "{甲}书 OR {乙}本 -({q})",
    "{甲}书 -({q})",
    "-{甲}书 OR -({q})",
    '"{甲}，书" OR "{乙} 本" -("{甲}{乙}" {q})',
)
LEAVES = ("末", "甲书 OR 末 乙本", "甲书 OR -末")


def nested(levels: Sequence[str], leaf: str, depth: int) -> str:
    """Brackets in brackets; no two levels hold the same words."""
    query = leaf
    for n in range(depth):
        level = levels[n % len(levels)]
        query = level.format(q=query, 甲=chr(0x4E00 + n), 乙=chr(0x5E00 + n))
    return query


@pytest.mark.parametrize("depth", [MAX_DEPTH, 20])
@pytest.mark.parametrize("leaf", LEAVES)
def test_brackets_are_answered_however_deep_they_are(
    engine: Engine, leaf: str, depth: int
) -> None:
    corpus = [document(1, "末"), document(2, "甲书乙本"), document(3, "末乙本")]
    engine.write(corpus)
    filters = Filters({"tag": ()}, date_to="9999-12-31")
    access = Access(granted={STAFF: frozenset({9})}, excluded_paths=("9",))
    for levels in product(LEVELS, repeat=2):
        asked = request(nested(levels, leaf, depth), filters=filters, access=access)
        ids, _facets = oracle.answer(corpus, asked)
        assert sorted(hit.id for hit in engine.search(asked).hits) == ids
        everything = replace(asked, filters=Filters(), sort="relevance")
        ids, _facets = oracle.answer(corpus, everything)
        assert sorted(hit.id for hit in engine.search(everything).hits) == ids


def test_filters_take_what_has_all_the_values(engine: Engine) -> None:
    engine.write(
        [
            document(1, type="件", tags=("调解", "会议"), years=(1963, 1964)),
            document(2, type="件", tags=("会议",), years=(1964,)),
            document(3, type="案卷", tags=("会议",)),
        ]
    )
    assert found(engine, None, filters=Filters({"tag": ("会议",)})) == [1, 2, 3]
    assert found(engine, None, filters=Filters({"tag": ("会议", "调解")})) == [1]
    assert found(engine, None, filters=Filters({"tag": ("调解", "无")})) == []
    assert found(engine, None, filters=Filters({"type": ("件",)})) == [1, 2]
    assert found(engine, None, filters=Filters({"type": ("件", "案卷")})) == []
    both = Filters({"type": ("件",), "year": ("1964", "1963")})
    assert found(engine, None, filters=both) == [1]
    assert found(engine, None, filters=Filters({"decade": ("1960",)})) == [1, 2]
    assert found(engine, None, filters=Filters({"year": ("x",)})) == []
    assert found(engine, None, filters=Filters({"year": ()})) == [1, 2, 3]


@pytest.mark.parametrize(
    ("date_from", "date_to", "expected"),
    [
        ("1963-11-20", "1963-11-20", [1, 2, 4]),
        ("1963-11-21", None, [2, 3, 4]),
        (None, "1963-01-01", [2, 5]),
        ("1964-01-01", "1964-12-31", [3, 4]),
        (None, None, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_date_filters_take_what_overlaps(
    engine: Engine, date_from: str | None, date_to: str | None, expected: list[int]
) -> None:
    engine.write(
        [
            document(1, date_min="1963-11-20", date_max="1963-11-20"),
            document(2, date_min="1963-01-01", date_max="1963-12-31"),
            document(3, date_min="1964-01-01", date_max="1964-12-31"),
            document(4, date_min="1963-06-01"),
            document(5, date_max="1949-10-01"),
            document(6),
        ]
    )
    filters = Filters(date_from=date_from, date_to=date_to)
    assert found(engine, None, filters=filters) == expected


def test_facets_count_all_hits_and_not_the_page(engine: Engine) -> None:
    engine.write(
        [
            document(1, "甲", type="件", tags=("乙", "甲"), years=(1963,), fonds="Z1"),
            document(2, "甲", type="件", tags=("甲", "甲"), years=(1964, 1963)),
            document(3, "甲", type="案卷", tags=("丙",), years=(1951,), fonds="Z1"),
            document(4, "丁", type="件", tags=("甲",), years=(1963,), fonds="Z1"),
        ]
    )
    facets = ("type", "tag", "year", "decade", "subject")
    response = search(engine, "甲", limit=1, facets=facets)
    assert response.total == 3
    assert len(response.hits) == 1
    assert dict(response.facets) == {
        "type": (("件", 2), ("案卷", 1)),
        "tag": (("甲", 2), ("丙", 1), ("乙", 1)),
        "year": (("1964", 1), ("1963", 2), ("1951", 1)),
        "decade": (("1960", 2), ("1950", 1)),
        "subject": (),
    }
    assert response.approximate == frozenset()


def test_facets_follow_filters_and_access(engine: Engine) -> None:
    engine.write([document(1, tags=("甲", "乙")), document(2, tags=("乙",))])
    engine.write([document(3, tags=("乙", "密"), audience_min=STAFF)])
    response = search(
        engine, None, facets=("tag",), filters=Filters({"tag": ("甲",)}), limit=0
    )
    assert response.facets["tag"] == (("乙", 1), ("甲", 1))
    assert response.hits == ()
    everything = search(engine, None, facets=("tag",))
    assert everything.facets["tag"] == (("乙", 2), ("甲", 1))


def test_the_number_beside_a_value_is_the_total_that_choosing_it_gives(
    engine: Engine,
) -> None:
    engine.write(
        [
            document(
                n,
                "甲" if n % 3 else "乙",
                type="件" if n % 2 else "案卷",
                section="馆藏" if n % 5 else "展览",
                fonds=f"Z{n % 2 + 1}",
                tags=tuple(f"标签{k}" for k in range(1, 5) if n % k == 0),
                creators=("甲某", "乙某")[: n % 3],
                places=("G000001", "G000002")[: n % 3],
                subjects=("调解",) if n % 4 else (),
                years=tuple(range(1958 + n, 1958 + n + n % 4)),
                audience_min=STAFF if n == 9 else PUBLIC,
            )
            for n in range(1, 13)
        ]
    )
    followed = set()

    def follow(chosen: dict[str, tuple[str, ...]], steps: int) -> None:
        response = search(engine, "甲", filters=Filters(chosen), facets=tuple(FACETS))
        for facet, values in response.facets.items():
            for value, count in values:
                narrowed = {**chosen, facet: (*chosen.get(facet, ()), value)}
                total = search(engine, "甲", filters=Filters(narrowed), limit=0).total
                assert total == count, narrowed
                followed.add(facet)
                if steps > 1 and value not in chosen.get(facet, ()):
                    follow(narrowed, steps - 1)

    follow({}, steps=2)
    assert followed == set(FACETS)


def test_a_facet_with_too_many_values_says_so(engine: Engine) -> None:
    tags = tuple(f"标签{n:04d}" for n in range(1_001))
    engine.write([document(1, tags=tags), document(2, tags=tags[-1:])])
    response = search(engine, None, facets=("tag", "type"))
    assert len(response.facets["tag"]) == 1_000
    assert response.facets["tag"][0] == ("标签1000", 2)
    assert response.approximate == {"tag"}


def test_sorting_by_date_puts_the_undated_last(engine: Engine) -> None:
    engine.write(
        [
            document(1, date_min="1964-01-01", date_max="1964-01-01"),
            document(2),
            document(3, date_min="1963-01-01", date_max="1970-12-31"),
            document(4, date_max="1949-10-01"),
            document(5, date_min="1964-01-01", reference_code="A"),
        ]
    )
    assert found(engine, None, sort="date_asc") == [4, 3, 5, 1, 2]
    assert found(engine, None, sort="date_desc") == [5, 1, 3, 4, 2]


def test_sorting_by_code_is_by_code_points(engine: Engine) -> None:
    codes = ["Z001-永久", "Z001-D30", "Z001-𠀀", "A9", "a1"]
    engine.write([document(n, reference_code=code) for n, code in enumerate(codes, 1)])
    in_order = [codes[n - 1] for n in found(engine, None, sort="code")]
    assert in_order == sorted(codes)


def test_what_has_no_code_comes_after_what_has_one(engine: Engine) -> None:
    engine.write([document(-2, "甲", reference_code=""), document(3, "甲")])
    engine.write([document(-1, "甲", reference_code=""), document(1, "甲")])
    assert found(engine, "甲", sort="code") == [1, 3, -1, -2]
    assert found(engine, "甲", sort="date_desc") == [1, 3, -1, -2]


def test_a_document_for_some_languages_is_found_in_those_alone(engine: Engine) -> None:
    engine.write([document(1, "甲"), document(-2, "甲", languages=("zh",))])
    engine.write([document(-3, "甲", languages=("en", "fr")), document(-4, "乙")])
    spoken = {
        language: sorted(found(engine, "甲", filters=Filters(language=language)))
        for language in ("", "zh", "en", "fr", "e")
    }
    assert spoken == {
        "": [-3, -2, 1],
        "zh": [-2, 1],
        "en": [-3, 1],
        "fr": [-3, 1],
        "e": [1],
    }
    response = search(engine, "甲", filters=Filters(language="zh"), facets=("type",))
    assert response.total == 2


def test_relevance_puts_words_in_the_title_first(engine: Engine) -> None:
    engine.write([document(n, "会议记录" + "无关" * 50) for n in range(1, 6)])
    engine.write([document(6, "无关" * 50, title="会议记录")])
    for query in ("会议记录", "会", "会 议录 OR 会议"):
        hits = search(engine, query, sort="relevance").hits
        assert len(hits) == 6
        assert hits[0].source_id == 6
        assert hits[0].score > hits[1].score
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)


def test_titles_can_be_looked_through_alone(engine: Engine) -> None:
    engine.write([document(1, "枫桥经验", title="别的"), document(2, title="枫桥经验")])
    engine.write([document(3, title="经验枫桥", reference_code="枫桥经验-3")])
    for sort in ("relevance", "code"):
        assert found(engine, "枫桥经验", titles_only=True, sort=sort) == [2]
    assert found(engine, "枫桥", titles_only=True) == [2, 3]
    assert found(engine, "-枫桥", titles_only=True) == [1]
    assert found(engine, "枫桥 -枫桥经验", titles_only=True) == [3]


def test_which_values_lead_to_anything(engine: Engine) -> None:
    engine.write([document(1, subjects=("甲", "乙")), document(2, subjects=("乙",))])
    engine.write([document(3, subjects=("丙",), audience_min=STAFF)])
    engine.write([document(-4, subjects=("丁",), path="", languages=("en",))])

    def present(
        *values: str, access: Access = EVERYONE, language: str = ""
    ) -> set[str]:
        return set(engine.present("subject", values, access, language))

    assert present("甲", "乙", "丙", "丁", "戊") == {"甲", "乙", "丁"}
    assert present("甲", "丙", access=Access(STAFF)) == {"甲", "丙"}
    assert present("丙", access=Access(PUBLIC, {STAFF: frozenset({3})})) == {"丙"}
    assert present("甲", "乙", access=Access(excluded_paths=("0001",))) == {"乙"}
    assert present("乙", access=Access(excluded=frozenset({1, 2}))) == set()
    assert present("甲", "丁", language="zh") == {"甲"}
    assert present() == set()


def test_pages_of_hits_follow_one_another(engine: Engine) -> None:
    engine.write([document(n, "甲") for n in range(1, 8)])
    pages = [search(engine, "甲", offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7, 7, 7, 7]
    ids = [[hit.source_id for hit in page.hits] for page in pages]
    assert ids == [[1, 2, 3], [4, 5, 6], [7], []]


def test_nothing_is_paged_past_ten_thousand(engine: Engine) -> None:
    search(engine, "甲", offset=9_980, limit=20)
    with pytest.raises(PagingTooDeep):
        search(engine, "甲", offset=9_981, limit=20)


def test_a_hit_names_the_view_that_was_found(engine: Engine) -> None:
    engine.write([document(7, "甲", audience_min=READING_ROOM)])
    (hit,) = search(engine, "甲", access=Access(STAFF)).hits
    assert (hit.source_id, hit.audience_min, hit.id) == (7, READING_ROOM, "7:1")
