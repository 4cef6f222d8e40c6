"""Deleting by the services of the archive, which may refuse; they say why."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from archive import records, tagging
from archive.errors import ArchiveError
from archive.models import Record
from cms.admin.bulk import done

_DELETE: dict[type[Model], Callable[[Any, Any], object]] = {
    Record: records.delete,
    Tag: tagging.delete,
}


class RefusedInWordsMixin:
    """For a page that deletes one row: what the service refuses is told on it."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ArchiveError as error:
            messages.error(view.request, str(error))
            return view.render_to_response(view.get_context_data(form=form))
        return response


class DeleteThroughService(DeleteBulkAction):
    """Wagtail's own action would take the rows from the table unheard."""

    models = list(_DELETE)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        return []

    @classmethod
    def execute_action(
        cls, objects: list[Any], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        by: Any = kwargs["self"].request.user
        for one in objects:
            log(one, "wagtail.delete", user=by, deleted=True)
            _DELETE[type(one)](one, by)
        return done(objects)

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except ArchiveError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
