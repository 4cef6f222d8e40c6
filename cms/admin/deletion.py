"""Deleting several records or tags at once, by the services of each."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from taggit.models import Tag
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
