"""Files in, values out: masters, derivatives and recognition. Knows no record.

The public door: what other packages may use is named in ``__all__``. The parts
behind it are loaded at first use, so that a process that never touches a pixel
does not load libvips.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media.derivatives import TILE, forget, image_info, render
    from media.errors import MediaError
    from media.imagerequest import ImageRequest, parse_request
    from media.masters import inspect, open_master, store, verify
    from media.pixels import Header
    from media.recognition import (
        Engine,
        OcrSettings,
        TesseractEngine,
        recognise,
        recognition_as_json,
    )
    from media.values import Box, Char, Direction, Line, Master, Recognition, Script

__all__ = [
    "TILE",
    "Box",
    "Char",
    "Direction",
    "Engine",
    "Header",
    "ImageRequest",
    "Line",
    "Master",
    "MediaError",
    "OcrSettings",
    "Recognition",
    "Script",
    "TesseractEngine",
    "forget",
    "image_info",
    "inspect",
    "open_master",
    "parse_request",
    "recognise",
    "recognition_as_json",
    "render",
    "store",
    "verify",
]

_HOMES = {
    "media.derivatives": ("TILE", "forget", "image_info", "render"),
    "media.errors": ("MediaError",),
    "media.imagerequest": ("ImageRequest", "parse_request"),
    "media.masters": ("inspect", "open_master", "store", "verify"),
    "media.pixels": ("Header",),
    "media.recognition": (
        "Engine",
        "OcrSettings",
        "TesseractEngine",
        "recognise",
        "recognition_as_json",
    ),
    "media.values": (
        "Box",
        "Char",
        "Direction",
        "Line",
        "Master",
        "Recognition",
        "Script",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'media' has no attribute {name!r}")
    return getattr(import_module(home), name)
