"""Drafts save themselves in the editor, in their own time."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from wagtail.models import Page as SitePage

SLOW = 60_000
"""Milliseconds: Wagtail saves at its leisure, the more so on a busy machine."""
_LOOK = 500


def expect_draft(page: Page, written: SitePage, done: Callable[[Any], bool]) -> Any:
    """The draft of ``written``, once ``done(draft)``; it fails after ``SLOW``."""
    for _look in range(SLOW // _LOOK):
        page.wait_for_timeout(_LOOK)
        draft = written.specific_class.objects.get(pk=written.pk)
        draft = draft.get_latest_revision_as_object()
        if done(draft):
            return draft
    raise AssertionError(f"not saved within {SLOW} ms: {draft.get_latest_revision()}")
