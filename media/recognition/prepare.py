"""From a scan to what the engine reads best, and the way back to its pixels."""

from dataclasses import dataclass

import pyvips

from media.recognition.arrays import Grey, Ink, as_array, as_vips, otsu, shrink
from media.recognition.background import flatten, stretch
from media.recognition.direction import text_direction, text_size
from media.recognition.focus import focus
from media.recognition.layout import has_columns
from media.recognition.punctuation import centre_marks
from media.recognition.red import grey_without_seals
from media.recognition.rules import erase, find_rules
from media.recognition.settings import OcrSettings
from media.recognition.skew import skew_degrees
from media.recognition.transform import Transform, quarter_turns, rotation, scaling
from media.values import Direction

_SKETCH_SIDE = 880
"""The longer side of a sketch, roughly; at A4 and 300 dpi it is a quarter."""
_MAX_SIDE = 4200
"""Scans larger than this are halved or so first: 600 dpi reads no better."""
_MIN_DEGREES = 0.1
_INK = 128


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page made ready, upright, straight, evenly lit, without seals and rules.

    ``page`` and ``ink`` have the original's scale, unless that is very large;
    ``character`` is the size of a character in their pixels; ``small`` is what the
    engine reads, ``scale`` times as large. ``to_original`` leads from pixels
    of ``page`` to the original.
    """

    page: Grey
    ink: Ink
    small: Grey
    scale: float
    character: float
    direction: Direction
    columns: bool
    to_original: Transform


def prepare(image: "pyvips.Image", settings: OcrSettings, turned: int = 0) -> Prepared:
    """Run every stage on an 8-bit image; ``turned`` clockwise degrees come first."""
    image, to_original = _upright(image, turned)
    page = flatten(_grey(image, settings))
    step = max(1, min(round(max(page.shape) / _SKETCH_SIDE), *page.shape))
    page, back = _straightened(page, settings, step)
    small = shrink(page, step)
    ruled, rules = find_rules(small < _faint(small))
    page = erase(page, rules, step)
    sketch = (small < otsu(small)) & ~ruled
    direction = settings.direction or text_direction(sketch)
    character = text_size(sketch, direction) * step
    page = stretch(focus(page, character, settings.blur))
    scale = min(1.0, settings.character_pixels / character)
    return Prepared(
        page=page,
        ink=page < _INK,
        small=_scaled(_centred(page, direction, character), scale),
        scale=scale,
        character=character,
        direction=direction,
        columns=direction == "h"
        and not rules
        and has_columns(sketch, character / step),
        to_original=to_original.after(back),
    )


def _upright(image: "pyvips.Image", turned: int) -> tuple["pyvips.Image", Transform]:
    """The image turned and, if very large, shrunk; and the way back from it."""
    back = quarter_turns(turned, image.width, image.height).inverse()
    if turned:
        image = image.rot(f"d{turned}")
    width = image.width
    if max(width, image.height) > _MAX_SIDE:
        image = image.resize(_MAX_SIDE / max(width, image.height), kernel="linear")
    return image.copy_memory(), back.after(scaling(width / image.width))


def _grey(image: "pyvips.Image", settings: OcrSettings) -> Grey:
    if settings.remove_seals:
        return grey_without_seals(image)
    return as_array(image.colourspace("b-w"))


def _faint(page: Grey) -> int:
    """A level below which even hairlines, thinned by shrinking, are seen."""
    return (otsu(page) + 255) // 2


def _straightened(
    page: Grey, settings: OcrSettings, step: int
) -> tuple[Grey, Transform]:
    """The page turned straight, and the way from it to the page as given."""
    if not settings.deskew:
        return page, Transform()
    small = shrink(page, step)
    degrees = skew_degrees(small < otsu(small))
    if abs(degrees) < _MIN_DEGREES:
        return page, Transform()
    height, width = page.shape
    turn = rotation(-degrees, width, height)
    # libvips counts pixels by their centres, we by their corners.
    idx, idy = turn.c + (turn.a + turn.b - 1) / 2, turn.f + (turn.d + turn.e - 1) / 2
    image = as_vips(page).affine(
        [turn.a, turn.b, turn.d, turn.e],
        odx=idx,
        ody=idy,
        oarea=[0, 0, width, height],
        background=255,
        extend="background",
        interpolate=pyvips.Interpolate.new("bilinear"),
    )
    return as_array(image), turn.inverse()


def _centred(page: Grey, direction: Direction, character: float) -> Grey:
    """Columns with their punctuation where the engine expects it."""
    return page if direction == "h" else centre_marks(page, page < _INK, character)


def _scaled(page: Grey, scale: float) -> Grey:
    if scale >= 1:
        return page
    return as_array(as_vips(page).resize(scale, kernel="linear"))
