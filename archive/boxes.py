"""Character boxes as stored: four 32-bit numbers a code point, compressed."""

import sys
import zlib
from array import array
from collections.abc import Iterable

from media.values import Box

_NONE = (-1, -1, -1, -1)


def pack(boxes: Iterable[Box | None]) -> bytes:
    """``boxes`` in order; None stands for a code point without ink."""
    numbers = array("i")
    for box in boxes:
        numbers.extend(box if box is not None else _NONE)
    if sys.byteorder == "big":
        numbers.byteswap()
    return zlib.compress(numbers.tobytes(), 6)


def unpack(packed: bytes) -> list[Box | None]:
    """What ``pack`` was given."""
    numbers = array("i")
    numbers.frombytes(zlib.decompress(packed))
    if sys.byteorder == "big":
        numbers.byteswap()
    four = iter(numbers)
    return [
        None if quad == _NONE else Box(*quad)
        for quad in zip(four, four, four, four, strict=True)
    ]
