"""The end of the reviews: the sign-off sheet is written, the page goes out."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from cms.editing import clearance, rules
from cms.editing.errors import ReviewsMissing
from cms.models.reviews import PageReview, SignOff

STAGES = 3


def publish_reviewed(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish, or schedule, what has passed; ``ReviewsMissing`` if it has not.

    Wagtail calls this when a workflow ends (``WAGTAIL_FINISH_WORKFLOW_ACTION``), of
    whatever tasks somebody made it: nothing goes out that three reviews of exactly
    this text have not passed, and nothing that a second person has not cleared where
    its kind asks for that.
    """
    with transaction.atomic():
        # One at a time: sheets are numbered without gaps.
        Workflow.objects.select_for_update().get(pk=workflow_state.workflow_id)
        obj = workflow_state.content_object
        if isinstance(obj, Page):
            obj = obj.specific
        revision = obj.get_latest_revision()
        states = rules.passed(workflow_state, revision.pk)
        _require(workflow_state, obj, states)
        cleared = clearance.require(obj, revision)
        _write(workflow_state, obj, revision, states, clearance.told(cleared))
        revision.publish(user=user, skip_permission_checks=True)


def _require(workflow_state: WorkflowState, obj: Any, states: list[TaskState]) -> None:
    reviews = PageReview.objects.filter(
        workflow_tasks__workflow=workflow_state.workflow, active=True
    )
    checked = {
        state.task_id
        for state in states
        if hasattr(state, "reviewstate") and state.reviewstate.secrecy_checked
    }
    people = {state.finished_by_id for state in states}
    stages = set(reviews.values_list("pk", flat=True))
    if (
        len(stages) < STAGES
        or not stages <= checked
        or len(people) < settings.PAGE_REVIEW_PEOPLE
        or people & rules.authors(obj)
    ):
        raise ReviewsMissing


def _write(
    workflow_state: WorkflowState,
    obj: Any,
    revision: Revision,
    states: list[TaskState],
    cleared: dict[str, Any],
) -> SignOff:
    text = revision.as_object()
    is_page = isinstance(obj, Page)
    users = get_user_model().objects.filter(pk__in=rules.authors(obj))
    return SignOff.objects.create(
        number=next_number(),
        page=obj if is_page else None,
        revision=revision.pk,
        title=str(text)[:255],
        kind=str(type(obj)._meta.verbose_name),
        column=_column(obj) if is_page else "",
        address=(text.full_url or "") if is_page else "",
        authors=[name_of(one) for one in users.order_by("pk")],
        submitted_by=name_of(workflow_state.requested_by),
        submitted_at=workflow_state.created_at,
        go_live_at=text.go_live_at,
        reviews=[_row(state) for state in states if hasattr(state, "reviewstate")],
        flags=_flags(states),
        clearance=cleared,
        digest=digest_of(revision),
    )


def _row(state: TaskState) -> dict[str, Any]:
    return {
        "stage": state.task.name,
        "name": name_of(state.finished_by),
        "at": timezone.localtime(state.finished_at).strftime("%Y-%m-%d %H:%M"),
        "secrecy": state.reviewstate.secrecy_checked,
        "comment": state.comment,
    }


def _flags(states: list[TaskState]) -> list[dict[str, Any]]:
    """As the last who passed the text saw them."""
    seen = [
        state.reviewstate.flags for state in states if hasattr(state, "reviewstate")
    ]
    return list(seen[-1]) if seen else []


def _column(page: Page) -> str:
    """The section below the front page that the page is in."""
    above = page.get_ancestors(inclusive=True).filter(depth=3).first()
    return above.title if above is not None else ""


def name_of(user: Any) -> str:
    """The person's name, with that of the account where they differ."""
    if user is None:
        return ""
    full = f"{user.last_name}{user.first_name}"
    name = user.get_username()
    return f"{full}（{name}）" if full else name


def digest_of(revision: Revision) -> str:
    """SHA-256 of the text that was passed, as the database has it."""
    text = json.dumps(revision.content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def next_number() -> str:
    """``审签〔2026〕12号``: counted from 1 each year, in the caller's transaction."""
    year = timezone.localdate().year
    begin = f"审签〔{year}〕"
    numbers = SignOff.objects.filter(number__startswith=begin)
    given = [
        int(one[len(begin) : -1]) for one in numbers.values_list("number", flat=True)
    ]
    return f"{begin}{max(given, default=0) + 1}号"
