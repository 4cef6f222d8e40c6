"""Ways to the reviews from where pages are edited and listed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState
from wagtail.snippets import action_menu as snippet_menu

from cms.admin.editing_rights import works_on_pages
from cms.editing import rules
from cms.models.reviews import PageReview


class _ToReview:
    """To the desk where this text is reviewed, though nobody may change it now."""

    order = -10
    name = "action-review"
    label = _("审核这一稿")
    icon_name = "clipboard-list"

    def __init__(self, state: TaskState) -> None:
        super().__init__()
        self.state = state

    def get_url(self, parent_context: Any) -> str:
        return reverse("editing_review", args=[self.state.pk])


class ReviewMenuItem(_ToReview, ActionMenuItem):
    """In the editor of a page."""


def lead_to_review(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Of Wagtail's own buttons, those would fail that act on a text being changed."""
    page = context.get("page")
    task = page.current_workflow_task if page and page.pk else None
    if not isinstance(task, PageReview):
        return
    items[:] = [one for one in items if not isinstance(one, WorkflowMenuItem)]
    if not rules.refusal(page, task, request.user):
        items.insert(0, ReviewMenuItem(page.current_workflow_task_state))


class SnippetReviewMenuItem(_ToReview, snippet_menu.ActionMenuItem):
    """In the editor of what pages share."""


def lead_to_snippet_review(
    items: list[Any], request: HttpRequest, context: Any
) -> None:
    """The same for what pages share, which nobody publishes past the reviews."""
    text = context.get("instance")
    if not hasattr(text or context.get("model"), "workflow_states"):
        return
    items[:] = [one for one in items if one.name != "action-publish"]
    task = text.current_workflow_task if text and text.pk else None
    if not isinstance(task, PageReview):
        return
    items[:] = [one for one in items if one.name not in ("approve", "reject")]
    if not rules.refusal(text, task, request.user):
        items.insert(0, SnippetReviewMenuItem(text.current_workflow_task_state))


def sheet_buttons(
    page: Page, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """The sheets of a page that has any."""
    if works_on_pages(user) and page.live_revision_id:
        address = f"{reverse('signoff:index')}?page={page.pk}"
        yield Button(
            _("发布审签单"), url=address, icon_name="doc-full-inverse", priority=66
        )


def header_sheet_buttons(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    yield from sheet_buttons(page, user, next_url)
