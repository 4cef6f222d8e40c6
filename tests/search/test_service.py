"""Records → outbox → index → answers, on the embedded engine."""

from collections.abc import Iterable

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from archive import decisions
from archive.corrections import correct
from archive.models import Exclusion, Folio, OutboxRow, Record
from archive.openness import Access, Audience
from archive.readers import ANONYMOUS, Reader
from archive.seen import PageView, boxes_of, see_one
from media.values import Box
from search import service
from search.consistency import compare
from search.drain import drain, rebuild
from search.engines.base import Engine
from search.errors import SearchUnavailable
from search.index import engine
from search.service import (
    Results,
    SearchParams,
    marks_at,
    places_of,
    search,
)
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_index")]

STAFF = Reader(Audience.STAFF)
READING_ROOM = Reader(Audience.READING_ROOM)


def drain_all() -> None:
    while drain():
        pass


def find(q: str, reader: Reader = ANONYMOUS) -> Results:
    return search(SearchParams(q=q), reader)


def codes(results: Results) -> list[str]:
    return [hit.view.reference_code for hit in results.record_hits]


@pytest.fixture
def fonds() -> Record:
    made = factories.RecordFactory.create(
        level="fonds", reference_code="Y001", title="演示全宗"
    )
    return factories.open_record(made)


def opened(fonds: Record, code: str, *texts: str, **fields: object) -> Record:
    record = factories.record_with_pages(
        *texts, parent=fonds, reference_code=code, **fields
    )
    return factories.open_record(record)


@pytest.mark.parametrize("q", ["矛盾糾紛", "矛盾纠纷"])
def test_either_script_finds_pages_in_both(fonds: Record, q: str) -> None:
    opened(fonds, "Y001-WS-001", "凡遇矛盾糾紛，先聽兩造陳述。")
    opened(fonds, "Y001-WS-002", "第一页", "已登记的矛盾纠\n纷，均须写明。")
    drain_all()
    results = find(q)
    assert sorted(codes(results)) == ["Y001-WS-001", "Y001-WS-002"]
    assert results.total == 2
    split = next(
        h for h in results.record_hits if h.view.reference_code == "Y001-WS-002"
    )
    (snippet,) = split.snippets
    assert snippet.page == 2
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["矛盾纠纷"]
    # The match runs over a line end: a box on each line.
    assert len(split.pages[0].boxes) == 2


def test_facets_count_what_was_found(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "调解", tags=["样式"], date_original="1953")
    opened(fonds, "Y001-WS-002", "调解", tags=["样式", "规则"])
    drain_all()
    facets = {facet.name: facet.values for facet in find("调解").facets}
    assert [(v.value, v.count) for v in facets["tag"]] == [("样式", 2), ("规则", 1)]
    assert [(v.label, v.count) for v in facets["fonds"]] == [("Y001　演示全宗", 2)]
    assert [(v.value, v.count) for v in facets["year"]] == [("1953", 1)]
    narrowed = search(SearchParams(q="调解", filters={"tag": ("规则",)}), ANONYMOUS)
    assert codes(narrowed) == ["Y001-WS-002"]


def test_a_catalogue_entry_is_found_by_title_and_code_only(fonds: Record) -> None:
    record = factories.record_with_pages(
        "金丝雀全文", parent=fonds, reference_code="Y001-WS-009", title="目录题名"
    )
    factories.open_record(record, **factories.CATALOGUE_ONLY)
    drain_all()
    assert find("金丝雀").total == 0
    for q in ("目录题名", "Y001-WS-009"):
        (hit,) = find(q).record_hits
        assert hit.view.access is Access.CATALOGUE
        assert not hit.view.pages
    assert find("金丝雀", STAFF).total == 1


def test_the_reading_room_finds_what_is_open_there(fonds: Record) -> None:
    record = factories.record_with_pages("金丝雀", parent=fonds)
    factories.open_record(record, **factories.READING_ROOM)
    drain_all()
    assert find("金丝雀").total == 0
    assert find("金丝雀", READING_ROOM).total == 1
    granted = Reader(Audience.PUBLIC, {record.pk: Audience.READING_ROOM})
    assert find("金丝雀", granted).total == 1


def test_closing_takes_effect_before_the_index_has_heard_of_it(fonds: Record) -> None:
    record = opened(fonds, "Y001-WS-001", "金丝雀", tags=["秘"])
    drain_all()
    assert find("金丝雀").total == 1
    factories.decide([record], {"open_status": "controlled"})
    assert Exclusion.objects.exists()
    results = find("金丝雀")
    assert results.total == 0
    assert all(not facet.values for facet in results.facets)
    drain_all()
    assert not Exclusion.objects.exists()
    assert find("金丝雀").total == 0
    assert find("金丝雀", STAFF).total == 1


def test_closing_a_parent_closes_what_lies_below(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "金丝雀")
    drain_all()
    factories.decide([fonds], {"open_status": "deferred"})
    assert find("金丝雀").total == 0
    drain_all()
    assert find("金丝雀").total == 0


def test_a_deleted_record_leaves_the_index(fonds: Record) -> None:
    from archive import records

    record = factories.RecordFactory.create(parent=fonds, title="待删")
    factories.open_record(record)
    drain_all()
    assert find("待删").total == 1
    records.delete(record)
    drain_all()
    assert find("待删", STAFF).total == 0
    assert not compare(engine())


def test_the_index_is_what_the_database_says(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "甲")
    assert compare(engine()).missing
    drain_all()
    assert not compare(engine())
    OutboxRow.objects.all().delete()
    Record.objects.filter(reference_code="Y001-WS-001").update(version=99)
    assert compare(engine()).stale


def test_a_rebuilt_index_answers_as_before(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "矛盾纠纷")
    drain_all()
    before = codes(find("矛盾纠纷"))
    assert rebuild(engine()) == (Record.objects.count(), set())
    assert codes(find("矛盾纠纷")) == before == ["Y001-WS-001"]
    assert not compare(engine())


def test_an_engine_that_is_down_loses_nothing(
    fonds: Record, embedded_index: Engine, settings: Settings
) -> None:
    opened(fonds, "Y001-WS-001", "矛盾纠纷")
    waiting = OutboxRow.objects.count()
    settings.SEARCH = {
        **settings.SEARCH,
        "ENGINE": "elasticsearch",
        "HOSTS": ["http://127.0.0.1:9"],
    }
    with pytest.raises(SearchUnavailable):
        drain()
    with pytest.raises(SearchUnavailable):
        find("矛盾纠纷")
    assert OutboxRow.objects.count() == waiting


def test_no_words_lists_everything_visible(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "甲")
    drain_all()
    assert sorted(codes(find(""))) == ["Y001", "Y001-WS-001"]
    nothing = find("，。！")
    assert nothing.total == 0
    assert nothing.notice


def test_the_viewer_marks_what_the_search_marked(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "无关", "先说矛盾，再说矛盾糾紛。")
    view = see_one("Y001-WS-001", ANONYMOUS)
    assert view is not None
    marks = marks_at(places_of("矛盾纠纷", view), view.pages)
    assert list(marks) == [2]
    (mark,) = marks[2]
    assert view.pages[1].text[mark.start : mark.end] == "矛盾糾紛"
    assert len(mark.boxes) == 1
    assert marks_at(places_of("", view), view.pages) == {}


def test_boxes_are_unpacked_for_the_pages_asked_for_alone(
    fonds: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(fonds, "Y001-WS-001", *["先说矛盾，再说矛盾。"] * 20, "无关")
    view = see_one("Y001-WS-001", ANONYMOUS)
    assert view is not None
    unpacked: list[int] = []

    def counted(pages: Iterable[PageView]) -> dict[int, list[Box | None]]:
        pages = list(pages)
        unpacked.extend(page.sequence for page in pages)
        return boxes_of(pages)

    monkeypatch.setattr(service, "boxes_of", counted)
    places = places_of("矛盾", view)
    assert places.spans == dict.fromkeys(range(1, 21), ((2, 4), (7, 9)))
    assert unpacked == []
    marks = marks_at(places, view.pages[18:])
    assert unpacked == list(marks) == [19, 20]
    assert [len(mark.boxes) for mark in marks[20]] == [1, 1]


@pytest.mark.parametrize(
    ("q", "notice"),
    [("", ""), ("矛盾", ""), ("？", "没有可检索"), ("矛" * 300, "过长")],
)
def test_a_query_that_cannot_be_looked_for_says_why(
    fonds: Record, q: str, notice: str
) -> None:
    opened(fonds, "Y001-WS-001", "矛盾")
    view = see_one("Y001-WS-001", ANONYMOUS)
    assert view is not None
    assert notice in places_of(q, view).notice
    assert bool(places_of(q, view).notice) is bool(notice)


def test_a_catalogue_entry_is_counted_under_no_level(fonds: Record) -> None:
    record = factories.RecordFactory.create(
        parent=fonds, title="目录题名", level="file", subjects="调解"
    )
    factories.open_record(record, **factories.CATALOGUE_ONLY)
    drain_all()
    (hit,) = find("目录题名").record_hits
    assert hit.view.access is Access.CATALOGUE
    facets = {facet.name: facet.values for facet in find("目录题名").facets}
    assert facets["type"] == facets["subject"] == ()
    assert search(SearchParams(filters={"type": ("file",)}), ANONYMOUS).total == 0
    assert search(SearchParams(filters={"type": ("file",)}), STAFF).total == 1


def test_subjects_are_found_one_by_one(fonds: Record) -> None:
    opened(fonds, "Y001-WS-001", "甲", subjects="调解；治保; 乡约")
    drain_all()
    by_subject = SearchParams(filters={"subject": ("治保", "乡约")})
    assert codes(search(by_subject, ANONYMOUS)) == ["Y001-WS-001"]


def test_only_what_is_searched_is_said_to_be_searched() -> None:
    assert find("枫桥经验").variants == ("楓橋經驗",)
    assert find("坐标").variants == ()


def test_a_facet_that_is_cut_off_says_so(
    fonds: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.base.FACET_SIZE", 2)
    opened(fonds, "Y001-WS-001", "甲", tags=["一", "二", "三"])
    drain_all()
    approximate = {facet.name for facet in find("甲").facets if facet.approximate}
    assert approximate == {"tag"}


def test_a_search_costs_the_same_queries_for_one_hit_and_for_ten(
    fonds: Record, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    opened(fonds, "Y001-WS-001", "调解")
    drain_all()
    with django_assert_num_queries(9):
        assert find("调解").total == 1
    for number in range(2, 11):
        opened(fonds, f"Y001-WS-{number:03}", "调解", "再调解")
    drain_all()
    with django_assert_num_queries(9):
        assert find("调解").total == 10


def test_a_second_person_must_have_opened_it(fonds: Record) -> None:
    record = factories.record_with_pages("金丝雀", parent=fonds)
    decisions.propose(
        [record], factories.PUBLIC, "依据", factories.UserFactory.create()
    )
    drain_all()
    assert find("金丝雀").total == 0


def test_a_grant_for_a_volume_finds_no_word_that_an_item_withholds(
    fonds: Record,
) -> None:
    above = factories.record_with_pages(
        "甲乙丙丁", "戊己庚辛", "子丑寅卯", parent=fonds, reference_code="Y001-WS-001"
    )
    lent = factories.record_with_pages(
        "天地玄黄", parent=fonds, reference_code="Y001-3"
    )
    withheld = factories.RecordFactory.create(
        parent=above, level="item", first_page=2, last_page=2
    )
    both = Reader(
        Audience.PUBLIC,
        {above.pk: Audience.STAFF, withheld.pk: Audience.STAFF},
    )
    reader = Reader(
        Audience.PUBLIC, {above.pk: Audience.STAFF, lent.pk: Audience.STAFF}
    )
    drain_all()
    assert find("戊己庚辛", reader).total == 0
    assert codes(find("天地玄黄", reader)) == ["Y001-3"]
    assert find("戊己庚辛", both).total == 2
    assert find("戊己庚辛", STAFF).total == 2


def test_a_grant_finds_no_word_of_a_page_in_quarantine(fonds: Record) -> None:
    held = factories.record_with_pages("甲乙丙丁", "戊己庚辛", parent=fonds)
    reader = Reader(Audience.PUBLIC, {held.pk: Audience.STAFF})
    Folio.objects.filter(record=held, sequence=2).update(quarantined=True)
    drain_all()
    assert find("戊己庚辛", reader).total == 0
    assert find("戊己庚辛", STAFF).total == 1
    Folio.objects.update(quarantined=False)
    assert find("戊己庚辛", reader).total == 1


def test_words_taken_off_a_page_are_found_through_no_item(fonds: Record) -> None:
    above = opened(fonds, "Y001-WS-001", "甲乙丙丁", "戊己庚辛")
    item = factories.RecordFactory.create(
        parent=above, level="item", first_page=2, last_page=2
    )
    factories.open_record(item)
    drain_all()
    assert find("戊己庚辛").total == 2
    page = Folio.objects.get(record=above, sequence=2)
    correct(page, "子丑寅卯", factories.UserFactory.create())
    drain_all()
    assert find("戊己庚辛").total == 0
    assert find("子丑寅卯").total == 2
