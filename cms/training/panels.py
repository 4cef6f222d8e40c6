"""What the form of a lesson has beyond its fields: what became of its sources."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

NOTES_RIGHT = "cms.view_trainer_notes"
"""Who has it reads the trainer's notes to every lesson."""


class SourcesPanel(Panel):  # type: ignore[misc]
    """Records and cases that changed or were closed since the lesson was published."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "cms/admin/sources_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and bool(super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            # The models must not need it when they are loaded.
            from cms.evidence import changes

            told = changes.reasons()
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = changes.warnings_of(self.instance)
            may = self.request.user.has_perm(NOTES_RIGHT)
            return {
                **context,
                "warned": [(one, told[one.reason]) for one in found],
                "notes_url": notes_url(self.instance) if may else "",
            }


def notes_url(page: Any) -> str:
    """Where the notes to a lesson are printed from."""
    return reverse("training_notes", args=[page.pk])
