"""The tab of the page editor that tells what the checks of the text found."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from cms.editing import clearance_state, findings_of


class FindingsPanel(Panel):  # type: ignore[misc]
    """What ``checks.check`` says of the newest draft; a script renews it on saving."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "cms/admin/findings_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance.pk
            return {
                **context,
                "findings": findings_of(self.instance) if page else None,
                "clearance": clearance_state(self.instance) if page else None,
                # A page that is not saved yet has no number; the script puts it in.
                "address": reverse("editing_findings", args=[page or 0]),
            }
