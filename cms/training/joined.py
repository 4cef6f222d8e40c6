"""What other parts of the site add to the page of a curriculum: classes to come.

``register("side", panel)`` puts ``panel(curriculum, request)`` into the column beside
the courses, ``"below"`` below them. Called once, when the site starts.
"""

from collections.abc import Callable
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.safestring import SafeString

Where = Literal["side", "below"]
Panel = Callable[[Any, HttpRequest], SafeString | str]

_panels: dict[str, list[Panel]] = {"side": [], "below": []}


def register(where: Where, panel: Panel) -> None:
    """``panel`` is given the curriculum as it is shown; "" adds nothing."""
    _panels[where].append(panel)


def panels(where: Where, curriculum: Any, request: HttpRequest) -> list[str]:
    """What is to be shown there, in the order of registration."""
    made = (panel(curriculum, request) for panel in _panels[where])
    return [one for one in made if one]
