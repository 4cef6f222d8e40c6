"""The colours of the site as its style sheet names them, and how they stand out.

Read from ``site.css`` itself, so that what is said of them is true.
"""

import re
from dataclasses import dataclass
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "cms" / "site.css"
_BLOCK = re.compile(r":root\s*\{(.*?)\n\s*\}", re.DOTALL)
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;")

GROUNDS = ("paper", "mist")
"""On what text stands; ``cinnabar-wash`` and ``link`` carry one colour each."""

TEXTS = ("ink", "ink-2", "ink-3", "link", "link-2", "cinnabar")
"""What text is written in, on any of the grounds."""

PAIRS = (
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("cinnabar", "cinnabar-wash"),
    ("on-link", "link"),
    ("on-link", "link-2"),
)
"""Every text on every ground that it may stand on."""

ENOUGH = 4.5
"""WCAG 2, level AA, for text of any size."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours by name, as ``#rrggbb``."""

    light: dict[str, str]
    dark: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text on a ground, with their contrast in both schemes."""

    text: str
    ground: str
    light: float
    dark: float


def palette(css: str = "") -> Palette:
    """What ``css`` says, or the site's own sheet: first light, then dark.

    What the dark scheme does not name again stays as it is in the light one.
    """
    blocks = _BLOCK.findall(css or SHEET.read_text(encoding="utf-8"))
    light, dark = (dict(_COLOUR.findall(block)) for block in blocks[:2])
    return Palette(
        {name: _long(value) for name, value in light.items()},
        {name: _long(value) for name, value in (light | dark).items()},
    )


def pairs(colours: Palette) -> list[Pair]:
    return [
        Pair(
            text,
            ground,
            contrast(colours.light[text], colours.light[ground]),
            contrast(colours.dark[text], colours.dark[ground]),
        )
        for text, ground in PAIRS
    ]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2 between two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _long(value: str) -> str:
    digits = value.removeprefix("#")
    return "#" + ("".join(d * 2 for d in digits) if len(digits) == 3 else digits)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
