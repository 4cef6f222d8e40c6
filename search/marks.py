"""From a stretch of text to rectangles on the image."""

from collections.abc import Sequence

from media.values import Box


def line_boxes(
    text: str, boxes: Sequence[Box | None], start: int, end: int
) -> tuple[Box, ...]:
    """The rectangles round ``text[start:end]``, one for each line or column.

    ``boxes`` is parallel to ``text``. A line without any ink gives none.
    """
    groups: list[list[Box]] = [[]]
    for offset in range(start, min(end, len(boxes))):
        box = boxes[offset]
        if text[offset] == "\n":
            groups.append([])
        elif box is not None and not text[offset].isspace():
            groups[-1].append(box)
    return tuple(_around(group) for group in groups if group)


def _around(boxes: Sequence[Box]) -> Box:
    left = min(box.x for box in boxes)
    top = min(box.y for box in boxes)
    right = max(box.x + box.w for box in boxes)
    bottom = max(box.y + box.h for box in boxes)
    return Box(left, top, right - left, bottom - top)
