"""The reviewer's desk: one text, what the checks say of it, and the decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Page, TaskState

from cms.admin import personal_data
from cms.admin.review_forms import FORMS
from cms.editing import checks, rules
from cms.editing.errors import ReviewError
from cms.editing.finishing import name_of
from cms.models.reviews import PageReview


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The review ``pk`` (a task state): to whoever may give it, or could but for
    having written the text, who is told so.
    """
    state, task, obj = _asked(request, pk)
    forms = {name: form() for name, form in FORMS.items()}
    action = request.POST.get("action", "")
    if request.method == "POST" and action in FORMS:
        forms[action] = form = FORMS[action](request.POST)
        if form.is_valid() and _decided(request, state, action, form.cleaned_data):
            return redirect("wagtailadmin_home")
    text = state.revision.as_object()
    workflow = state.workflow_state
    tasks = list(workflow.workflow.tasks)
    context = {
        "state": state,
        "obj": obj,
        "text": text,
        "task": task,
        "stages": [(one.name, one.pk == task.pk) for one in tasks],
        "refusal": rules.refusal(obj, task, request.user),
        "pass_form": forms["approve"],
        "return_form": forms["reject"],
        "findings": checks.check(text),
        "clearance": personal_data.state(obj),
        "before": [_row(one) for one in rules.passed(workflow, state.revision_id)],
        "sent_back": _sent_back(state),
        "author_names": _author_names(obj),
        "preview": reverse("editing_review_preview", args=[state.pk]),
        "compare": _compare(obj, state),
        "waits": state.status == TaskState.STATUS_IN_PROGRESS,
    }
    return TemplateResponse(request, "cms/admin/review.html", context)


@xframe_options_sameorigin
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The text of that review as readers will see it, for the frame on the desk."""
    state, _task, _obj = _asked(request, pk)
    text = state.revision.as_object()
    answer: HttpResponseBase = text.make_preview_request(
        request, text.default_preview_mode
    )
    return answer


def _asked(request: HttpRequest, pk: int) -> tuple[TaskState, PageReview, Any]:
    found = TaskState.objects.select_related("revision", "workflow_state", "task")
    state = get_object_or_404(found, pk=pk).specific
    task = state.task.specific
    if not isinstance(task, PageReview) or not rules.in_groups(task, request.user):
        raise PermissionDenied
    obj = state.workflow_state.content_object
    return state, task, obj.specific if isinstance(obj, Page) else obj


def _decided(
    request: HttpRequest, state: TaskState, action: str, given: dict[str, Any]
) -> bool:
    try:
        rules.decide(state, request.user, action, **given)
    except ReviewError as error:
        messages.error(request, str(error))
        return False
    told = _("“%(title)s”：%(stage)s已通过。")
    if action == "reject":
        told = _("“%(title)s”：%(stage)s退回修改。")
    values = {"title": state.revision.object_str, "stage": state.task.name}
    messages.success(request, told % values)
    return True


def _row(state: TaskState) -> dict[str, Any]:
    return {
        "stage": state.task.name,
        "name": name_of(state.finished_by),
        "at": state.finished_at,
        "comment": state.comment,
    }


def _sent_back(state: TaskState) -> list[dict[str, Any]]:
    """Why earlier versions came back, the newest first."""
    returned = TaskState.objects.filter(
        workflow_state=state.workflow_state, status=TaskState.STATUS_REJECTED
    ).select_related("task", "finished_by")
    return [_row(one) for one in returned.order_by("-finished_at")]


def _author_names(obj: Any) -> str:
    users = get_user_model().objects.filter(pk__in=rules.authors(obj)).order_by("pk")
    return "、".join(name_of(user) for user in users)


def _compare(obj: Any, state: TaskState) -> str:
    """Where the text stands beside what is live; "" for what is new."""
    if not isinstance(obj, Page) or not obj.live_revision_id:
        return ""
    args = [obj.pk, "live", state.revision_id]
    return reverse("wagtailadmin_pages:revisions_compare", args=args)
