"""One change to many records: seen before, made in one batch, or not at all."""

from collections.abc import Iterable

import pytest

from archive import bulkedit, records, workflow
from archive.bulkedit import Action, Operation
from archive.errors import ValueTooLong
from archive.models import Batch, Change, Record
from cms.models import User
from tests.factories import RecordFactory, UserFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Record]:
    return [
        RecordFactory.create(genre=genre, note=note, tags=tags)
        for genre, note, tags in (
            ("", "旧附注", ["甲"]),
            ("通知", "", []),
            ("报告", "旧", ["甲", "乙"]),
        )
    ]


@pytest.fixture
def person(db: None) -> User:
    return UserFactory.create()


def genres(several: Iterable[Record]) -> list[str]:
    return [Record.objects.get(pk=one.pk).genre for one in several]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (Operation("genre", Action.SET, "纪要"), ["纪要", "纪要", "纪要"]),
        (Operation("genre", Action.FILL, "纪要"), ["纪要", "通知", "报告"]),
        (Operation("genre", Action.PREFIX, "新"), ["新", "新通知", "新报告"]),
        (Operation("genre", Action.SUFFIX, "稿"), ["稿", "通知稿", "报告稿"]),
        (Operation("genre", Action.REPLACE, "告", "知"), ["", "通告", "报告"]),
        (Operation("genre", Action.CLEAR), ["", "", ""]),
    ],
    ids=lambda value: value.action.value if isinstance(value, Operation) else "",
)
def test_each_action_on_a_field(
    three: list[Record], person: User, operation: Operation, expected: list[str]
) -> None:
    looked = bulkedit.preview(three, operation)
    assert genres(three) == ["", "通知", "报告"]
    bulkedit.apply(three, operation, person)
    assert genres(three) == expected
    changed = sum(a != b for a, b in zip(expected, ["", "通知", "报告"], strict=True))
    assert (len(looked.lines), looked.unchanged) == (changed, 3 - changed)


def test_tags_are_added_and_taken_off(three: list[Record], person: User) -> None:
    bulkedit.apply(three, Operation("tags", Action.ADD_TAGS, "丙；甲"), person)
    assert [sorted(one.tags.names()) for one in three] == [
        ["丙", "甲"],
        ["丙", "甲"],
        ["丙", "乙", "甲"],
    ]
    bulkedit.apply(three, Operation("tags", Action.REMOVE_TAGS, "甲"), person)
    assert [sorted(one.tags.names()) for one in three] == [["丙"], ["丙"], ["丙", "乙"]]


def test_it_is_one_batch_with_its_person_and_what_was_before(
    three: list[Record], person: User
) -> None:
    batch = bulkedit.apply(three, Operation("genre", Action.SET, "通知"), person)
    assert batch is not None
    assert (batch.label, batch.by_id, batch.kind) == (
        "文种改为“通知”",
        person.pk,
        "edit",
    )
    before = dict(batch.changes.values_list("record_id", "before"))
    assert before == {three[0].pk: {"genre": ""}, three[2].pk: {"genre": "报告"}}


def test_where_all_are_as_wanted_there_is_no_batch(
    three: list[Record], person: User
) -> None:
    operation = Operation("note", Action.REPLACE, "新", "没有这个词")
    assert bulkedit.apply(three, operation, person) is None
    assert not Batch.objects.exists()


def test_one_record_that_cannot_be_changed_keeps_all_as_they_are(
    three: list[Record], person: User
) -> None:
    records.edit(three[1], {"genre": "长" * 39}, None)
    operation = Operation("genre", Action.SUFFIX, "两字")
    (problem,) = bulkedit.preview(three, operation).problems
    assert (problem.record, "40" in problem.problem) == (three[1], True)
    edits = Change.objects.count()
    with pytest.raises(bulkedit.BulkEditRefused, match=three[1].reference_code):
        bulkedit.apply(three, operation, person)
    assert genres(three) == ["", "长" * 39, "报告"]
    assert Change.objects.count() == edits
    assert not Batch.objects.exists()


def test_a_title_is_never_emptied(three: list[Record]) -> None:
    looked = bulkedit.preview(three, Operation("title", Action.CLEAR))
    assert (len(looked.problems), looked.lines) == (3, ())


@pytest.mark.parametrize(
    ("operation", "error"),
    [
        (Operation("genre", Action.SET, "  "), bulkedit.ValueMissing),
        (Operation("genre", Action.REPLACE, "乙"), bulkedit.NothingToFind),
        (Operation("tags", Action.ADD_TAGS, "长" * 101), ValueTooLong),
    ],
)
def test_what_says_nothing_is_refused(
    three: list[Record], operation: Operation, error: type[Exception]
) -> None:
    with pytest.raises(error):
        bulkedit.preview(three, operation)


def test_dates_follow_a_changed_original(three: list[Record], person: User) -> None:
    bulkedit.apply(three, Operation("date_original", Action.SET, "1963年"), person)
    assert {Record.objects.get(pk=one.pk).date_edtf for one in three} == {"1963"}


def test_what_waits_to_be_published_is_what_is_changed(person: User) -> None:
    record = RecordFactory.create(note="甲")
    published([record])
    workflow.edit(record, {"note": "乙"}, UserFactory.create())
    operation = Operation("note", Action.SUFFIX, "丙")
    (line,) = bulkedit.preview([record], operation).lines
    assert (line.before, line.after) == ("乙", "乙丙")

    batch = bulkedit.apply([record], operation, person, workflow.edit_many)

    assert workflow.pending(record) == {"note": "乙丙"}
    assert batch is not None
    assert batch.changes.get().before == {"note": "乙"}
