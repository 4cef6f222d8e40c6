"""Corrections by people: new versions of a text that keep its boxes."""

from difflib import SequenceMatcher

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from archive import outbox
from archive.boxes import pack, unpack
from archive.models import Folio, Job, Transcript
from archive.vocabulary import Direction, Script
from media.values import Box

Boxes = list[Box | None]


def correct(folio: Folio, text: str, by: AbstractBaseUser) -> Transcript:
    """Put ``text`` in force as a new version by a person; no OCR replaces it.

    Characters kept from the version before keep their boxes; new ones are laid
    between their neighbours. Recognition that is still to be done is given up.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    with transaction.atomic():
        folio = (
            Folio.objects.select_for_update(of=("self",))
            .select_related("transcript")
            .get(pk=folio.pk)
        )
        before = folio.transcript
        boxes: Boxes = [None] * len(text)
        if before is not None:
            boxes = align(
                before.text, unpack(bytes(before.boxes)), text, before.direction
            )
        transcript = Transcript.objects.create(
            folio=folio,
            text=text,
            boxes=pack(boxes),
            direction=before.direction if before else Direction.HORIZONTAL,
            script=before.script if before else Script.HANS,
            created_by_id=by.pk,
        )
        folio.transcript = transcript
        folio.save(update_fields=["transcript"])
        Job.objects.filter(folio=folio).delete()
        outbox.changed([folio.record_id])
    return transcript


def align(old: str, old_boxes: Boxes, new: str, direction: str) -> Boxes:
    """Boxes for ``new``, parallel to its code points, from those of ``old``.

    Lines that did not change keep theirs; changed lines are compared character by
    character. Line feeds have none.
    """
    boxes: Boxes = []
    old_lines, new_lines = _lines(old, old_boxes), new.split("\n")
    matcher = SequenceMatcher(
        None, [line for line, _ in old_lines], new_lines, autojunk=False
    )
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        was = old_lines[start:end]
        for number, line in enumerate(new_lines[new_start:new_end]):
            # Where the number of lines changed, the surplus ones have no ink.
            text, places = was[number] if number < len(was) else ("", [])
            boxes += [*_line(text, places, line, direction), None]
    return boxes[:-1]


def _lines(text: str, boxes: Boxes) -> list[tuple[str, Boxes]]:
    lines: list[tuple[str, Boxes]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((line, boxes[start : start + len(line)]))
        start += len(line) + 1
    return lines


def _line(old: str, old_boxes: Boxes, new: str, direction: str) -> Boxes:
    """Boxes of one line: kept, or sharing the place of what they replace."""
    boxes: Boxes = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        count = new_end - new_start
        if kind == "equal" or (kind == "replace" and end - start == count):
            boxes += old_boxes[start:end]
        elif count:
            place = _union(old_boxes[start:end])
            if place is None:
                left = next((box for box in reversed(old_boxes[:start]) if box), None)
                right = next((box for box in old_boxes[end:] if box), None)
                place = _gap(left, right, direction)
            boxes += _shared(place, count, direction)
    return boxes


def _union(boxes: Boxes) -> Box | None:
    inked = [box for box in boxes if box is not None]
    if not inked:
        return None
    left, top = min(box.x for box in inked), min(box.y for box in inked)
    right = max(box.x + box.w for box in inked)
    bottom = max(box.y + box.h for box in inked)
    return Box(left, top, right - left, bottom - top)


def _gap(left: Box | None, right: Box | None, direction: str) -> Box | None:
    """The space between two neighbours, or right after the only one."""
    if left is None or right is None:
        return left or right
    if direction == Direction.VERTICAL:
        top = left.y + left.h
        return Box(left.x, top, left.w, max(1, right.y - top))
    start = left.x + left.w
    return Box(start, left.y, max(1, right.x - start), left.h)


def _shared(place: Box | None, count: int, direction: str) -> Boxes:
    """``place`` cut into ``count`` equal pieces along the line."""
    if place is None:
        return [None] * count
    if direction == Direction.VERTICAL:
        step = place.h / count
        return [
            Box(place.x, round(place.y + n * step), place.w, max(1, round(step)))
            for n in range(count)
        ]
    step = place.w / count
    return [
        Box(round(place.x + n * step), place.y, max(1, round(step)), place.h)
        for n in range(count)
    ]
