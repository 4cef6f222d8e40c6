"""What else the page of a registration shows: other parts of the site add to it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from cms.models.occasions import Registration

Panel = Callable[[Registration, HttpRequest], SafeString | str]
"""A section of HTML for whoever knows the registration's number; "" for nothing."""

_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Show what ``panel`` answers on ``registration-mine``, in order of registration.

    Called from ``AppConfig.ready``. Whoever has the number sees it: it names nobody.
    """
    if panel not in _panels:
        _panels.append(panel)


def panels_of(registration: Registration, request: HttpRequest) -> list[SafeString]:
    """What is to be shown, escaped unless it is safe."""
    from django.utils.html import conditional_escape

    shown = (panel(registration, request) for panel in _panels)
    return [conditional_escape(one) for one in shown if one]
