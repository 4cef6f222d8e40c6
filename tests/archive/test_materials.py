"""Particulars by kind of material, and their way through the records' services."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import materials, records
from archive.errors import ParticularRefused, ValueTooLong
from archive.models import Change, Record
from archive.vocabulary import Material
from tests.factories import RecordFactory, UserFactory

NAMES = sorted({one.name for group in materials.PARTICULARS.values() for one in group})


def test_every_material_has_its_particulars_and_every_head_is_one_of_them() -> None:
    assert set(materials.PARTICULARS) == set(Material.values)
    columns = materials.columns()
    assert columns["摄影者"] == "particulars.photographer"
    assert columns["授权书"] == "particulars.authorisation"
    assert {path.removeprefix("particulars.") for path in columns.values()} == {
        "material",
        *NAMES,
    }


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.text(st.characters(exclude_characters="\0"), max_size=300),
    )
)
def test_what_was_checked_once_stays_as_it_is(given: dict[str, str]) -> None:
    canonical = materials.checked(given)

    assert materials.checked(canonical) == canonical
    assert list(canonical) == list(materials.checked(dict(reversed(canonical.items()))))
    assert all(text and text == text.strip() for text in canonical.values())


@pytest.mark.parametrize(
    "bad", ["text", None, {"colour": "红"}, {"size": 3}, {"size": "a\0"}]
)
def test_what_is_no_particular_is_refused(bad: object) -> None:
    with pytest.raises(ParticularRefused):
        materials.checked(bad)


def test_a_particular_has_a_length() -> None:
    with pytest.raises(ValueTooLong, match="尺寸"):
        materials.checked({"size": "长" * (materials.SHORT + 1)})


def test_what_is_missing_is_named() -> None:
    assert materials.missing("object", {"size": "3 cm"}) == ["质地"]
    assert materials.missing("", {}) == []


@pytest.mark.django_db
@pytest.mark.database
def test_particulars_are_created_edited_logged_and_given_back() -> None:
    by = UserFactory.create()
    before = {"event": "样本会议"}
    record = RecordFactory.create(material="photograph", particulars=before)

    records.edit(record, {"particulars": {"event": "", "place": " 某村 "}}, by)
    change = Change.objects.filter(action="edit").latest("pk")
    assert (change.before, change.after) == (
        {"particulars": before},
        {"particulars": {"place": "某村"}},
    )
    records.edit(record, change.before, by)

    assert Record.objects.get(pk=record.pk).particulars == before


@pytest.mark.django_db
def test_an_edit_that_leaves_a_particular_without_its_material_is_refused() -> None:
    by = UserFactory.create()
    record = RecordFactory.create(
        material="photograph", particulars={"event": "样本会议"}
    )
    for changes in (
        {"material": "object"},
        {"material": ""},
        {"particulars": {"size": "3 cm"}},
        {"material": "object", "particulars": {"event": "样本会议"}},
    ):
        with pytest.raises(ParticularRefused):
            records.edit(record, changes, by)
    records.edit(record, {"material": "object", "particulars": {"size": "3 cm"}}, by)
    assert record.material == "object"
    with pytest.raises(ParticularRefused):
        RecordFactory.create(particulars={"size": "3 cm"})
