"""Plain drawings of lines and figures, where a picture is wanted and none is held."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

_PAPER, _INK, _WALL = (255, 255, 255), (26, 31, 29), (70, 80, 75)
_LINE = 6


def floor_plan(
    rooms: Sequence[tuple[int, int, int, int]],
    places: Sequence[tuple[int, int]],
    size: tuple[int, int] = (1600, 900),
) -> bytes:
    """A PNG of ``rooms`` (left, top, right, bottom) and of ``places`` (x, y).

    All in pixels. Places are numbered from 1 in their order and joined by a line,
    the way through them.
    """
    image = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(image)
    for room in rooms:
        draw.rectangle(room, outline=_WALL, width=_LINE)
    if len(places) > 1:
        draw.line(list(places), fill=_WALL, width=_LINE // 2, joint="curve")
    font = ImageFont.load_default(44)
    for number, (x, y) in enumerate(places, start=1):
        draw.circle((x, y), 42, fill=_PAPER, outline=_INK, width=_LINE)
        draw.text((x, y), str(number), fill=_INK, font=font, anchor="mm")
    content = io.BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()
