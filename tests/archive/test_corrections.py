"""People's words win, and keep their place on the scan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import seen
from archive.boxes import pack, unpack
from archive.corrections import align, correct
from archive.models import Job, OutboxRow, Transcript
from archive.readers import ANONYMOUS
from media.values import Box
from tests.factories import (
    FolioFactory,
    TranscriptFactory,
    UserFactory,
    grid,
    open_record,
)


def test_a_replaced_character_keeps_its_place() -> None:
    old = "矛质纠纷\n调解"
    assert align(old, grid(old), "矛盾纠纷\n调解", "h") == grid(old)


def test_an_inserted_character_lies_between_its_neighbours() -> None:
    boxes = align("矛纷", [Box(0, 0, 20, 20), Box(60, 0, 20, 20)], "矛盾纠纷", "h")
    assert boxes == [
        Box(0, 0, 20, 20),
        Box(20, 0, 20, 20),
        Box(40, 0, 20, 20),
        Box(60, 0, 20, 20),
    ]


def test_in_a_column_an_inserted_character_lies_between_top_and_bottom() -> None:
    boxes = align("矛纠", [Box(0, 0, 20, 20), Box(0, 40, 20, 20)], "矛盾纠", "v")
    assert boxes[1] == Box(0, 20, 20, 20)


def test_a_deleted_character_moves_no_other() -> None:
    old = "矛盾盾纠纷"
    new = align(old, grid(old), "矛盾纠纷", "h")
    assert len(new) == 4
    assert new[0] == grid(old)[0] and new[-1] == grid(old)[-1]


def test_a_new_line_in_between_leaves_the_others_in_place() -> None:
    old = "第一行\n第三行"
    new = align(old, grid(old), "第一行\n第二行\n第三行", "h")
    assert new[:3] == grid(old)[:3]
    assert new[3:8] == [None] * 5
    assert new[8:] == grid(old)[4:]


LINES = st.text("甲乙丙丁\n", max_size=20)


@settings(deadline=None)
@given(LINES, LINES, st.sampled_from("hv"))
def test_boxes_stay_parallel_to_any_text(old: str, new: str, direction: str) -> None:
    boxes = align(old, grid(old), new, direction)
    assert len(boxes) == len(new)
    assert all(
        box is None for char, box in zip(new, boxes, strict=True) if char == "\n"
    )
    assert align(old, grid(old), old, direction) == grid(old)


@given(
    st.lists(
        st.one_of(
            st.none(), st.builds(Box, *[st.integers(0, 2**31 - 1) for _ in range(4)])
        )
    )
)
def test_packed_boxes_come_back_as_they_were(boxes: list[Box | None]) -> None:
    assert unpack(pack(boxes)) == boxes


@pytest.mark.django_db
def test_a_correction_is_a_new_version_in_force() -> None:
    recognised = TranscriptFactory.create(text="矛质纠纷")
    folio, person = recognised.folio, UserFactory.create()
    OutboxRow.objects.all().delete()
    corrected = correct(folio, "矛盾纠纷", person)
    record = open_record(folio.record)
    (page,) = seen.see([record.pk], ANONYMOUS)[record.pk].pages
    assert (page.text, page.proofread) == ("矛盾纠纷", True)
    assert seen.boxes_of([page])[folio.pk] == grid("矛质纠纷")
    assert Transcript.objects.get(pk=recognised.pk).text == "矛质纠纷"
    assert corrected.created_by == person
    assert OutboxRow.objects.filter(record_id=record.pk).exists()
    again = correct(folio, "矛盾糾紛", person)
    assert Transcript.objects.filter(folio=folio).count() == 3
    assert again.is_correction


@pytest.mark.django_db
def test_a_page_that_was_never_recognised_may_be_typed() -> None:
    folio = FolioFactory.create()
    transcript = correct(folio, "手录\r\n全文", UserFactory.create())
    assert transcript.text == "手录\n全文"
    assert unpack(bytes(transcript.boxes)) == [None] * 5
    assert not Job.objects.exists()
