"""The fields of a record in which subjects and tags are named."""

from typing import Any

from django import forms
from django.urls import reverse, reverse_lazy
from taggit.models import Tag
from wagtail.admin.widgets import AdminTagWidget

from cms.admin.suggest import attributes


def offer_subjects(widget: forms.Widget) -> None:
    """Suggestions, and a word on which of the names typed are in the thesaurus."""
    widget.attrs |= attributes("subject", multiple=True)
    widget.attrs["data-subjects-url"] = reverse_lazy("archive_subjects_read")


class TagWidget(AdminTagWidget):
    """Wagtail's field for tags, completed in either script and by initials."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(tag_model=Tag, **kwargs)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        address = reverse("archive_tags_complete")
        context["widget"]["attrs"]["data-w-tag-url-value"] = address
        return context
