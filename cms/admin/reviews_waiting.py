"""On the start screen: what waits for this account's review."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import TaskState

from cms.models.reviews import PageReview


class ReviewsWaiting(Component):
    """Each leads to the desk where it is reviewed, the oldest first."""

    name = "reviews_waiting"
    template_name = "cms/admin/reviews_waiting.html"
    order = 220

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        states = TaskState.objects.none()
        for task in PageReview.objects.filter(active=True):
            states |= task.get_task_states_user_can_moderate(self.user)
        waiting = states.select_related("revision__user", "task").order_by("started_at")
        rows = [
            {
                "title": state.revision.object_str,
                "stage": state.task.name,
                "author": state.revision.user,
                "since": state.started_at,
                "url": reverse("editing_review", args=[state.pk]),
            }
            for state in waiting
        ]
        return {"rows": rows, "heading": _("等待您审核")}


def show_waiting(request: Any, panels: list[Any]) -> None:
    """In the place of Wagtail's own list, whose buttons act without the desk."""
    for at, panel in enumerate(panels):
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panels[at] = ReviewsWaiting(request.user)
