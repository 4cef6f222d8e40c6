"""What DA/T 18-2022 requires at each level, and what counts as said."""

import pytest

from archive.completeness import CHECKED, check, check_many, missing
from archive.elements import ELEMENTS, FIELDS, Obligation
from archive.models import Record
from archive.vocabulary import Level
from tests.factories import RecordFactory

pytestmark = pytest.mark.django_db


def test_the_table_of_the_standard() -> None:
    table = {element.name: element.obligations for element in ELEMENTS}
    assert table["repository_code"] == table["custodial_history"] == "OOOM"
    assert table["document_number"] == table["secrecy"] == "C---"
    assert table["retention_code"] == table["open_status"] == "MM--"
    assert table["admin_bio_history"] == "---O"
    assert table["destruction"] == "OC--"
    assert all(len(one) == 4 and set(one) <= set("MCO-") for one in table.values())


def test_every_element_is_a_field_of_the_record_and_stands_once() -> None:
    fields = {field.name for field in Record._meta.concrete_fields}
    assert set(FIELDS) <= fields
    assert len(set(FIELDS)) == len(FIELDS)


@pytest.mark.parametrize(
    ("level", "required"),
    [
        ("item", {"title", "date_display", "creators", "retention_code"}),
        ("file", {"title", "date_display", "creators", "retention_code"}),
        ("series", {"title", "date_display", "creators"}),
        (
            "fonds",
            {
                "title",
                "date_display",
                "creators",
                "repository_code",
                "custodial_history",
            },
        ),
    ],
)
def test_required_elements_by_level(level: str, required: set[str]) -> None:
    bare = Record(level=level, reference_code="Z")
    assert set(check(bare, []).missing) == required
    assert required <= {
        one.name for one in ELEMENTS if one.obligation(level) is Obligation.REQUIRED
    }


def test_the_score_is_the_share_of_what_is_required() -> None:
    record = Record(level="item", reference_code="Z", title="甲", creators="乙")
    answer = check(record, [])
    assert answer.score == 100 * 4 // 6
    record.date_edtf, record.retention_code = "1963", "Y"
    assert check(record, []).score == 100


def test_what_is_above_counts_for_what_is_inherited_and_for_nothing_else() -> None:
    fonds = Record(
        level="fonds", creators="样本单位", retention_code="Y", date_edtf="1963"
    )
    item = Record(level="item", reference_code="Z", title="甲")
    assert check(item, [fonds]).missing == ("date_display",)


def test_blanks_do_not_count_and_openness_is_not_asked_for() -> None:
    record = Record(level="item", reference_code="Z", title="甲", creators="  ")
    assert "creators" in check(record, []).missing
    assert "open_status" not in check(record, []).missing


def test_what_is_to_be_considered_and_what_does_not_belong_here() -> None:
    record = Record(level="item", reference_code="Z", title="甲", arrangement="整理过")
    answer = check(record, [])
    assert answer.conditional == ("document_number", "extent_medium")
    assert answer.misplaced == ("arrangement",)


def test_many_are_checked_in_one_query(django_assert_num_queries: object) -> None:
    fonds = RecordFactory.create(level="fonds", creators="样本单位")
    items = [RecordFactory.create(parent=fonds, level="item") for _ in range(5)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        answers = check_many(items)
    assert all("creators" not in one.missing for one in answers.values())


@pytest.mark.database
@pytest.mark.parametrize("element", CHECKED)
def test_the_database_finds_the_same_as_the_checker(element: str) -> None:
    whole = {
        "creators": "甲",
        "repository_code": "Z",
        "custodial_history": "接收",
        "retention_code": "Y",
        "date_original": "1963",
    }
    said = RecordFactory.create(level="fonds", **whole)
    silent = RecordFactory.create(level="fonds")
    for top in (said, silent):
        for level in Level.values:
            below = RecordFactory.create(parent=top, level=level)
            RecordFactory.create(parent=below, level=level)
            RecordFactory.create(parent=top, level=level, **whole)
    answers = check_many(list(Record.objects.all()))
    expected = {pk for pk, one in answers.items() if element in one.missing}
    found = set(Record.objects.filter(missing(element)).values_list("pk", flat=True))
    assert found == expected
    assert expected or element == "title"
