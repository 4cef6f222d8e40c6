"""Who may give which review, and what it takes to give it.

三审制: three people, none of whom wrote the text, each of whom checks that it holds
no secret. A house with fewer people sets ``PAGE_REVIEW_PEOPLE`` to 2: then one of
them may give two of the reviews. The rules hold for administrators, too.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.editing import checks
from cms.editing.errors import (
    AlreadyDecided,
    NotThisPerson,
    ReasonMissing,
    SecrecyUnchecked,
    TextChanged,
    WordingStands,
)

_NEVER = datetime(1, 1, 2, tzinfo=UTC)


def in_groups(task: Any, user: Any) -> bool:
    """Whether the account is in a group of this review, or a superuser."""
    return bool(user.is_active and (user.is_superuser or task._user_in_groups(user)))


def authors(obj: Any) -> set[int]:
    """Everyone who wrote at what is new since ``obj`` was last published."""
    revisions = Revision.objects.for_instance(obj)
    if obj.last_published_at:
        revisions = revisions.filter(
            Q(created_at__gt=obj.last_published_at)
            # Written while an earlier text waited for its time to go out.
            | Q(pk__gt=obj.live_revision_id or obj.latest_revision_id or 0)
            | Q(pk=obj.latest_revision_id)
        )
    # Who goes back to an earlier text did not write it.
    returns = log_registry.get_logs_for_instance(obj).filter(
        action="wagtail.revert", revision__in=revisions.order_by().values("pk")
    )
    earlier = [one.data["revision"]["id"] for one in returns]
    written = Revision.objects.filter(
        Q(pk__in=revisions.order_by().values("pk")) | Q(pk__in=earlier)
    )
    users = written.exclude(user=None).values_list("user", flat=True)
    return set(users.order_by().distinct())


def passed(state: WorkflowState, revision: int) -> list[TaskState]:
    """The reviews that this revision has passed, in their order."""
    found = TaskState.objects.filter(
        workflow_state=state, revision=revision, status=TaskState.STATUS_APPROVED
    )
    ordered = found.select_related("reviewstate", "task", "finished_by")
    return list(ordered.order_by("finished_at", "pk"))


def refusal(obj: Any, task: Any, user: Any) -> str:
    """Why this account may not give the review ``task`` of ``obj``; "" if it may."""
    if not in_groups(task, user):
        return _("您不在办理这一审的组里。")
    state = obj.current_workflow_state
    if state is None or not state.current_task_state:
        return _("这一稿没有在审核中。")
    if user.pk in authors(obj):
        return _("写了这一稿的人不能审核它，请由他人办理。")
    before = [one.finished_by_id for one in passed(state, obj.latest_revision_id)]
    stages = state.workflow.workflow_tasks.count()
    left = stages - len(before) - 1
    if len({*before, user.pk}) + left < settings.PAGE_REVIEW_PEOPLE:
        return _("您已经审过这一稿，这一审须由另一人办理。")
    return ""


def waiting_for(task: Any, user: Any) -> QuerySet[TaskState]:
    """What waits for this review and may be given it by this account, in one query."""
    waiting: QuerySet[TaskState] = task.task_states.filter(
        status=TaskState.STATUS_IN_PROGRESS
    )
    if not in_groups(task, user):
        return waiting.none()
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    published = page.values("last_published_at")[:1]
    live = page.values("live_revision")[:1]
    wrote = Revision.objects.filter(
        base_content_type=OuterRef("revision__base_content_type"),
        object_id=OuterRef("revision__object_id"),
        user=user,
    ).filter(
        Q(pk=OuterRef("revision"))
        | Q(pk__gt=Subquery(live))
        | Q(
            created_at__gt=Coalesce(
                Subquery(published), Value(_NEVER, output_field=DateTimeField())
            )
        )
    )
    waiting = waiting.exclude(Exists(wrote))
    if settings.PAGE_REVIEW_PEOPLE < 3:
        return waiting
    gave = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"),
        revision=OuterRef("revision"),
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
    )
    return waiting.exclude(Exists(gave))


def decide(
    task_state: TaskState,
    user: Any,
    action: str,
    *,
    comment: str = "",
    secrecy_checked: bool = False,
) -> None:
    """Pass (``approve``) or send back (``reject``) one review of the newest text.

    ``ReviewError`` says why not. Where the text is not the one that was submitted,
    the reviews begin again with the first, and ``TextChanged`` says so.
    """
    with transaction.atomic():
        locked = TaskState.objects.select_for_update().get(pk=task_state.pk)
        state = locked.specific
        if state.status != TaskState.STATUS_IN_PROGRESS:
            raise AlreadyDecided
        obj = _specific(state.workflow_state.content_object)
        said = refusal(obj, state.task.specific, user)
        if said:
            raise NotThisPerson(said)
        changed = state.revision_id != obj.latest_revision_id
        if changed:
            state.cancel(user=user)
        elif action == "reject":
            if not comment.strip():
                raise ReasonMissing
            state.reject(user=user, comment=comment)
        else:
            _pass(state, user, comment, secrecy_checked)
    if changed:
        raise TextChanged


def _pass(state: Any, user: Any, comment: str, secrecy_checked: bool) -> None:
    if not secrecy_checked:
        raise SecrecyUnchecked
    flags = checks.flags_of(state.revision.as_object())
    if wrong := [flag.found for flag in flags if flag.blocking]:
        raise WordingStands(wrong)
    state.secrecy_checked = True
    state.flags = [flag.as_dict() for flag in flags]
    state.approve(user=user, comment=comment)


def _specific(obj: Any) -> Any:
    return obj.specific if isinstance(obj, Page) else obj
