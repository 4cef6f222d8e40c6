"""Corrections by people: new versions of a text that keep its boxes."""

from difflib import SequenceMatcher
from itertools import accumulate

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from archive import outbox, volumes
from archive.boxes import pack, unpack
from archive.models import Folio, Job, Transcript
from archive.vocabulary import Direction, Script
from media.values import Box, enclosing

Boxes = list[Box | None]


def correct(folio: Folio, text: str, by: AbstractBaseUser) -> Transcript:
    """Put ``text`` in force as a new version by a person; no OCR replaces it.

    Characters kept from the version before keep their boxes; new ones are laid
    between their neighbours. Recognition that is still to be done is given up.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    with transaction.atomic():
        # First of all: recognition locks the job, then the page, and so do we.
        Job.objects.filter(folio_id=folio.pk).delete()
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
        outbox.changed(volumes.holding([folio]))
    return transcript


def align(old: str, old_boxes: Boxes, new: str, direction: str) -> Boxes:
    """Boxes for ``new``, parallel to its code points, from those of ``old``.

    Where lines are merely broken elsewhere, every character keeps its box. Else
    lines that did not change keep theirs, and the changed ones between them are
    compared character by character. Line feeds have none.
    """
    if old.replace("\n", "") == new.replace("\n", ""):
        return _broken_anew(old, old_boxes, new)
    old_lines, new_lines = old.split("\n"), new.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in old_lines)]
    matcher = SequenceMatcher(_is_blank, old_lines, new_lines, autojunk=False)
    boxes: Boxes = []
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        was = slice(starts[first], max(starts[first], starts[last] - 1))
        if kind == "equal":
            boxes += [*old_boxes[was], None]
        elif new_first < new_last:
            now = "\n".join(new_lines[new_first:new_last])
            boxes += [*_changed(old[was], old_boxes[was], now, direction), None]
    pairs = zip(new, boxes[:-1], strict=True)
    return [None if char == "\n" else box for char, box in pairs]


def _broken_anew(old: str, old_boxes: Boxes, new: str) -> Boxes:
    """Boxes of the same characters in other lines."""
    pairs = zip(old, old_boxes, strict=True)
    kept = iter([box for char, box in pairs if char != "\n"])
    return [None if char == "\n" else next(kept) for char in new]


def _is_blank(text: str) -> bool:
    """Whether it is no mark to find one's place by: an empty line, a line feed."""
    return text in ("", "\n")


def _changed(old: str, old_boxes: Boxes, new: str, direction: str) -> Boxes:
    """Boxes of changed lines: kept, or sharing the place of what they replace."""
    boxes: Boxes = []
    matcher = SequenceMatcher(_is_blank, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            boxes += old_boxes[start:end]
            continue
        now = new[new_start:new_end]
        lines, new_lines = old[start:end].split("\n"), now.split("\n")
        if len(lines) != len(new_lines):
            lines, new_lines = [old[start:end]], [now]
        for line, new_line in zip(lines, new_lines, strict=True):
            span = slice(start, start + len(line))
            boxes += [*_replaced(old, old_boxes, span, len(new_line), direction), None]
            start = span.stop + 1
        del boxes[-1]
    return boxes


def _replaced(
    old: str, old_boxes: Boxes, span: slice, count: int, direction: str
) -> Boxes:
    """Boxes of the ``count`` characters that stand where ``span`` of ``old`` stood."""
    if span.stop - span.start == count and "\n" not in old[span]:
        return old_boxes[span]
    return _shared(_place(old, old_boxes, span, direction), count, direction)


def _place(old: str, boxes: Boxes, span: slice, direction: str) -> Box | None:
    """Around the ink of ``span``; without any, between its neighbours in the line."""
    inked = [box for box in boxes[span] if box is not None]
    if inked:
        return enclosing(inked)
    first = old.rfind("\n", 0, span.start) + 1
    last = (old + "\n").find("\n", span.start)
    before, after = boxes[first : span.start], boxes[span.stop : last]
    left = next((box for box in reversed(before) if box is not None), None)
    right = next((box for box in after if box is not None), None)
    return _gap(left, right, direction)


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
    if place is None or count == 0:
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
