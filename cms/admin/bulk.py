"""Actions on one or several rows of a list, carried out by the archive's services.

Each is reachable for a single row too: ``action_url(action, [pk], next)``.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from wagtail.admin.views.bulk_action import BulkAction

from archive.errors import ArchiveError
from cms.admin.permissions import may


class ServiceBulkAction(BulkAction):
    """All of the rows or none; what the service refuses is said in the form.

    "All in the listing" is not offered: it would mean all there are.
    """

    permission: ClassVar[str]
    model: type[Model]
    template_name = "cms/admin/bulk_action.html"
    question: Any = ""
    confirm_label: Any = ""

    def check_perm(self, obj: Any) -> bool:
        return may(self.request.user, self.permission_model, self.permission)

    @property
    def permission_model(self) -> type[Model]:
        """Whose permission is asked for."""
        return self.model

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        return []

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "form": self.cleaned_form}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "title": self.display_name,
            "question": self.question,
            "confirm_label": self.confirm_label or self.display_name,
            "serious": "serious" in self.classes,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ArchiveError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return response


def action_url(
    action: type[BulkAction], model: type[Model], ids: Iterable[int], back: str
) -> str:
    """The confirmation page of ``action`` for these rows; it returns to ``back``."""
    path = reverse(
        "wagtail_bulk_action",
        args=(model._meta.app_label, model._meta.model_name, action.action_type),
    )
    return f"{path}?{urlencode({'id': list(ids), 'next': back}, doseq=True)}"


def done(objects: Sequence[Any]) -> tuple[int, int]:
    """What Wagtail wants back of an action: rows changed, and none below them."""
    return len(objects), 0
