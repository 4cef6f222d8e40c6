"""The thesaurus: names lead to concepts, and go on doing so whatever happens."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import records
from archive.errors import ArchiveError, InvalidValue, ValueTooLong
from archive.models import (
    FormerSubjectNumber,
    OutboxRow,
    Record,
    RecordTerm,
    Subject,
    Term,
)
from archive.subjects import editing, found, store
from archive.subjects.errors import (
    BroaderCycle,
    InvalidNumber,
    LabelMissing,
    LabelTaken,
    MergeRefused,
    NumberTaken,
    RelatedRefused,
    SubjectInUse,
    UnknownSubject,
)
from archive.subjects.thesaurus import faults
from tests.factories import RecordFactory, UserFactory, subject

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def empty(db: None) -> None:
    """Without the seed, which other tests look at."""
    Subject.objects.update(broader=None)
    Subject.objects.all().delete()
    Term.objects.all().delete()


def about(text: str, **fields: Any) -> Record:
    return RecordFactory.create(subjects=text, **fields)


def labels(record: Record) -> list[str]:
    return [one.label for one in found.read(record.subjects)]


def waiting() -> set[int]:
    return set(OutboxRow.objects.values_list("source_id", flat=True))


def told(record: Record) -> tuple[str, ...]:
    return found.index_values([record.subjects])[record.subjects]


def test_a_record_has_a_row_for_each_name_of_its_text() -> None:
    law = subject("法治", alternatives=["依法治理"])
    record = about("依法治理；村口小店; 村口小店")

    terms = Term.objects.filter(bearers__record=record).order_by("text")
    assert [(one.text, one.subject) for one in terms] == [
        ("依法治理", law),
        ("村口小店", None),
    ]


def test_names_are_folded_but_stay_in_the_text_as_they_were_written() -> None:
    subject("枫桥式派出所")
    record = about("楓橋式派出所")

    assert labels(record) == ["枫桥式派出所"]
    record.refresh_from_db()
    assert record.subjects == "楓橋式派出所"


def test_rows_follow_every_way_in_which_the_text_changes() -> None:
    by = UserFactory.create()
    record, other = about("甲"), about("甲；乙")

    records.edit_many([(record, {"subjects": "丙"}), (other, {"subjects": ""})], by)
    assert [one.term.text for one in RecordTerm.objects.all()] == ["丙"]
    records.edit(record, {"title": "别的"}, by)
    assert RecordTerm.objects.filter(record=record).count() == 1
    records.delete(record, by)
    assert not RecordTerm.objects.exists()


def test_a_record_is_found_under_its_concept_and_all_above() -> None:
    law = subject("法治")
    police = subject("枫桥式公安派出所", broader="法治", alternatives=["枫桥式派出所"])
    record = about("枫桥式派出所；村口小店")

    assert told(record) == ("法治", "枫桥式公安派出所", "村口小店")
    assert list(found.bearers(law)) == [record]
    assert list(found.bearers(police)) == [record]


def test_a_new_concept_takes_up_the_keyword_of_its_name() -> None:
    record = about("村规民约")
    OutboxRow.objects.all().delete()

    rules = subject("村规民约")

    assert list(found.bearers(rules)) == [record]
    assert waiting() == {record.pk}


def test_a_concept_that_is_renamed_is_still_found_by_its_old_name() -> None:
    rules = subject("村规民约", label_en="Village rules")
    record, other = about("村规民约"), about("别的")
    OutboxRow.objects.all().delete()

    differing = editing.edit(rules, {"label": "乡规民约", "label_en": "Local rules"})

    assert differing["label"] == ("村规民约", "乡规民约")
    assert store.load().concepts[rules.number].alternatives == (
        "Village rules",
        "村规民约",
    )
    assert told(record) == ("乡规民约",)
    assert waiting() == {record.pk}
    assert other.pk not in waiting()


def test_what_lies_above_a_record_tells_the_index_when_it_is_renamed_or_moved() -> None:
    law, order = subject("法治"), subject("治安")
    police = subject("派出所", broader="法治")
    record = about("派出所")

    OutboxRow.objects.all().delete()
    editing.edit(law, {"label": "依法治理"})
    assert waiting() == {record.pk}
    assert told(record) == ("依法治理", "派出所")

    OutboxRow.objects.all().delete()
    editing.edit(police, {"broader": "治安"})
    assert waiting() == {record.pk}
    assert told(record) == ("治安", "派出所")
    assert list(found.bearers(order)) == [record]
    assert not found.bearers(law).exists()


def test_a_note_or_a_source_tells_the_index_nothing() -> None:
    rules = subject("村规民约")
    about("村规民约")
    OutboxRow.objects.all().delete()

    editing.edit(rules, {"scope_note": "经村民会议通过的。", "source": "某书"})

    assert not waiting()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"label": " "}, LabelMissing),
        ({"label": "调 解"}, LabelTaken),
        ({"label": "新词", "alternatives": ["調解"]}, LabelTaken),
        ({"label": "新词", "label_en": "MEDIATION"}, LabelTaken),
        ({"label": "新词", "broader": "没有的词"}, UnknownSubject),
        ({"label": "新词", "related": ["没有的词"]}, UnknownSubject),
        ({"label": "新词", "number": "编号"}, InvalidNumber),
        ({"label": "新词", "number": "S000001"}, NumberTaken),
        ({"label": "新词", "status": "perhaps"}, InvalidValue),
        ({"label": "长" * 101}, ValueTooLong),
        ({"label": "新\x07词"}, InvalidValue),
    ],
)
def test_a_concept_that_cannot_be_is_refused(
    fields: dict[str, Any], error: type[ArchiveError]
) -> None:
    subject("调解", label_en="Mediation")
    before = store.load()

    with pytest.raises(error):
        editing.create(**fields)
    assert store.load() == before


def test_an_older_concept_cannot_take_the_name_of_a_newer_one() -> None:
    older = subject("甲", alternatives=["某甲"])
    subject("乙", alternatives=["某乙"])

    with pytest.raises(LabelTaken, match="乙"):
        editing.edit(older, {"label": "某乙"})


def test_no_concept_comes_to_lie_above_itself() -> None:
    top = subject("甲")
    subject("乙", broader="甲")
    subject("丙", broader="乙")

    with pytest.raises(BroaderCycle, match=r"甲.*丙"):
        editing.edit(top, {"broader": "丙"})
    with pytest.raises(BroaderCycle):
        editing.edit(top, {"broader": "甲"})


def test_what_is_broader_is_not_also_related() -> None:
    subject("甲")
    below = subject("乙", broader="甲")
    other = subject("丁")

    with pytest.raises(RelatedRefused):
        editing.edit(below, {"related": ["甲"]})
    with pytest.raises(RelatedRefused):
        editing.edit(below, {"related": ["乙"]})
    editing.edit(below, {"related": ["丁"]})
    assert list(other.related.all()) == [below]


def test_a_merge_keeps_names_numbers_narrower_concepts_and_records() -> None:
    one = subject("网格管理", alternatives=["网格制"], label_en="Grids")
    two = subject("网格化服务管理")
    below = subject("网格员", broader="网格管理")
    friend = subject("社区", related=["网格管理"])
    first, second = about("网格管理；网格化服务管理"), about("网格制")
    OutboxRow.objects.all().delete()

    editing.merge([one], two)

    assert told(first) == told(second) == ("网格化服务管理",)
    below.refresh_from_db()
    assert below.broader == two
    assert list(two.related.all()) == [friend]
    assert set(found.bearers(two)) == {first, second}
    assert waiting() == {first.pk, second.pk}
    assert store.load().find(one.number) == two.number
    assert FormerSubjectNumber.objects.get(number=one.number).subject == two
    with pytest.raises(NumberTaken):
        editing.create(one.number, label="别的")


def test_numbers_lead_through_several_merges() -> None:
    one, two, three = subject("甲"), subject("乙"), subject("丙")
    editing.merge([one], two)
    editing.merge([two], three)

    assert store.load().find(one.number) == three.number
    editing.delete(three)
    assert set(FormerSubjectNumber.objects.values_list("subject", flat=True)) == {None}
    assert subject("丁").number == "S000004"


def test_a_concept_merges_into_one_below_it() -> None:
    subject("顶")
    one = subject("甲", broader="顶")
    subject("乙", broader="甲")
    low = subject("丙", broader="乙")
    record = about("甲")

    editing.merge([one], low)

    assert told(record) == ("顶", "丙")
    assert [one.label for one in Subject.objects.order_by("path")] == ["顶", "丙", "乙"]


def test_a_concept_does_not_merge_into_itself() -> None:
    one = subject("甲")
    with pytest.raises(MergeRefused):
        editing.merge([one], one)


def test_only_an_unused_concept_is_deleted() -> None:
    used, above = subject("甲"), subject("乙")
    subject("丙", broader="乙")
    about("甲")

    with pytest.raises(SubjectInUse, match="1 条档案"):
        editing.delete(used)
    with pytest.raises(SubjectInUse, match="1 个下位词"):
        editing.delete(above)
    editing.delete(subject("丁"))
    assert not Subject.objects.filter(label="丁").exists()
    assert not Term.objects.filter(text="丁").exists()


def test_a_name_that_is_taken_away_is_a_free_keyword_again() -> None:
    one = subject("甲", alternatives=["某甲"])
    record = about("某甲")

    editing.edit(one, {"alternatives": []})

    assert told(record) == ("某甲",)
    assert labels(record) == [""]


def test_the_number_of_queries_does_not_depend_on_how_many_records_there_are() -> None:
    for index in range(3):
        subject(f"词{index}")

    def queries(count: int) -> int:
        texts = [f"词{index % 3}；自由{index}" for index in range(count)]
        with CaptureQueriesContext(connection) as captured:
            found.index_values(texts)
        return len(captured)

    assert queries(4) == queries(100)


def test_suggestions_come_by_characters_and_initials_and_tell_where_they_stand() -> (
    None
):
    subject("法治")
    subject("枫桥式公安派出所", broader="法治", alternatives=["枫桥式派出所"])
    subject("旧词派出所", status="deprecated")

    for typed in ("派出", "楓橋式", "fqsga", "公安派出所"):
        (one,) = found.suggest(typed)
        assert one.value == "枫桥式公安派出所"
        assert one.note.split(" · ")[0] == "法治"
    (one,) = found.suggest("枫桥式派出所")
    assert one.note.endswith("即“枫桥式派出所”")
    about("派出所门口")  # a free keyword is not offered as a concept
    assert len(found.suggest("派出所")) == 1
    assert found.suggest(" ") == []


NAMES = st.sampled_from("甲乙丙丁戊己庚辛")


@st.composite
def deeds(draw: Any) -> list[tuple[Any, ...]]:
    deed = st.one_of(
        st.tuples(st.just("create"), NAMES, st.none() | NAMES),
        st.tuples(st.just("rename"), NAMES, NAMES),
        st.tuples(st.just("hang"), NAMES, NAMES),
        st.tuples(st.just("relate"), NAMES, st.lists(NAMES, max_size=3)),
        st.tuples(st.just("merge"), NAMES, NAMES),
        st.tuples(st.just("delete"), NAMES),
    )
    return draw(st.lists(deed, max_size=12))


def do(deed: tuple[Any, ...]) -> None:
    what, name, *rest = deed
    if what == "create":
        editing.create(label=name, broader=rest[0] or "")
        return
    number = store.load().find(name)
    one = Subject.objects.get(number=number)
    if what == "merge":
        other = Subject.objects.get(number=store.load().find(rest[0]))
        editing.merge([one], other)
    elif what == "delete":
        editing.delete(one)
    else:
        field = {"rename": "label", "hang": "broader", "relate": "related"}[what]
        editing.edit(one, {field: rest[0]})


def outcomes(history: Iterable[tuple[Any, ...]]) -> None:
    for deed in history:
        try:
            do(deed)
        except ArchiveError:
            continue


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=deeds())
def test_whatever_is_done_the_thesaurus_holds_together(
    history: list[tuple[Any, ...]],
) -> None:
    with transaction.atomic():
        record = about("甲；乙")
        outcomes(history)
        now = store.load()
        assert faults(now, now.concepts) == []
        assert set(now.owners()) == set(
            Term.objects.filter(subject__isnull=False).values_list("folded", flat=True)
        )
        for row in Subject.objects.select_related("broader"):
            above = row.broader.path if row.broader else ""
            assert row.path == f"{above}{row.pk:08d}"
            assert row.depth == (row.broader.depth + 1 if row.broader else 0)
        for number, heir in now.former.items():
            assert number not in now.concepts
            assert heir == "" or heir in now.concepts
        assert RecordTerm.objects.filter(record=record).count() == 2
        transaction.set_rollback(True)
