"""People's words win, and keep their place on the scan."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import jobs, seen
from archive.boxes import pack, unpack
from archive.corrections import align, correct
from archive.models import Job, OutboxRow, Transcript
from archive.readers import ANONYMOUS
from archive.recognition import commit
from media.values import Box
from tests.archive.readings import read_as
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


def test_a_new_line_on_top_leaves_the_others_in_place() -> None:
    old = "第二行\n第三行"
    new = align(old, grid(old), "第一行\n第二行\n第三行", "h")
    assert new == [None] * 4 + grid(old)


@pytest.mark.parametrize("new", ["甲乙丙\n丁戊己\n庚辛", "甲乙丙丁戊己庚辛"])
def test_a_line_split_or_joined_moves_no_box(new: str) -> None:
    old = "甲乙丙丁戊己\n庚辛"
    places = dict(zip(old, grid(old), strict=True))
    assert align(old, grid(old), new, "h") == [places[char] for char in new]


def test_a_sign_set_where_two_lines_are_joined_stands_after_the_first() -> None:
    old = "甲乙\n丙丁"
    boxes = align(old, grid(old), "甲乙，丙丁", "h")
    assert boxes == [*grid("甲乙"), grid(old)[1], *grid(old)[3:]]


LINES = st.text("甲乙丙丁\n", max_size=20)
INK = [chr(code) for code in range(0x4E00, 0x4E00 + 20)]


def in_lines(chars: list[str], ends: set[int]) -> str:
    """The characters, a line feed after each place in ``ends``."""
    return "".join(
        char + ("\n" if place in ends else "") for place, char in enumerate(chars)
    )


ENDS = st.sets(st.integers(0, 18))


@settings(deadline=None)
@given(LINES.map(list), ENDS, ENDS, st.sampled_from("hv"))
def test_lines_broken_anew_move_no_box(
    chars: list[str], ends: set[int], new_ends: set[int], direction: str
) -> None:
    chars = [char for char in chars if char != "\n"]
    old, new = in_lines(chars, ends), in_lines(chars, new_ends)
    boxes = align(old, grid(old), new, direction)
    inked = [box for box in boxes if box is not None]
    assert inked == [box for box in grid(old) if box is not None]
    assert len(inked) == len(chars)


@settings(deadline=None)
@given(ENDS, ENDS, st.integers(0, 19), st.sampled_from(["误", "两字", ""]))
def test_with_lines_broken_anew_unchanged_characters_keep_their_boxes(
    ends: set[int], new_ends: set[int], place: int, typed: str
) -> None:
    old = in_lines(INK, ends)
    corrected = [*INK[:place], typed, *INK[place + 1 :]]
    new = in_lines(corrected, new_ends)
    boxes = align(old, grid(old), new, "h")
    was = dict(zip(old, grid(old), strict=True))
    for char, box in zip(new, boxes, strict=True):
        if char in INK:
            assert box == was[char]


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
    assert OutboxRow.objects.filter(source_id=record.pk).exists()
    again = correct(folio, "矛盾糾紛", person)
    assert Transcript.objects.filter(folio=folio).count() == 3
    assert again.is_correction


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_correction_and_the_recognition_of_the_same_page_do_not_block_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever comes second waits; both lock the job before the page."""
    folio, person = FolioFactory.create(), UserFactory.create()
    (lease,) = jobs.claim(1)
    finish, job_is_held = jobs.finish, threading.Event()
    outcomes: list[object] = []

    def finish_slowly(lease: jobs.Lease) -> bool:
        finished = finish(lease)
        job_is_held.set()
        time.sleep(0.5)  # the person is at it by now
        return finished

    def attempt(work: Callable[[], object]) -> None:
        try:
            outcomes.append(work())
        except DatabaseError as error:
            outcomes.append(error)
        finally:
            connection.close()

    def type_it() -> None:
        job_is_held.wait(10)
        correct(folio, "人的文字", person)

    monkeypatch.setattr(jobs, "finish", finish_slowly)
    works = (lambda: commit(lease, read_as("机器的文字")), type_it)
    threads = [threading.Thread(target=attempt, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) == {True, None}
    folio.refresh_from_db()
    assert folio.transcript is not None
    assert folio.transcript.text == "人的文字"
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_page_that_was_never_recognised_may_be_typed() -> None:
    folio = FolioFactory.create()
    transcript = correct(folio, "手录\r\n全文", UserFactory.create())
    assert transcript.text == "手录\n全文"
    assert unpack(bytes(transcript.boxes)) == [None] * 5
    assert not Job.objects.exists()
