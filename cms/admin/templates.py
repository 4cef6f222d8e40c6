"""Description templates (著录模板): what records of a genre begin with."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic

from archive.models import Record
from cms.admin.beginnings import TEMPLATE_FIELDS
from cms.admin.viewset import HoldingViewSet
from cms.description import field_label
from cms.models import DescriptionTemplate


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A field for each value that a template may hold."""

    class Meta:
        model = DescriptionTemplate
        fields = ("name", "level")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEMPLATE_FIELDS:
            column = Record._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=field_label(name),
                required=False,
                max_length=getattr(column, "max_length", None),
                initial=self.instance.values.get(name, ""),
            )

    def save(self, commit: bool = True) -> DescriptionTemplate:
        given = {name: self.cleaned_data[name] for name in TEMPLATE_FIELDS}
        self.instance.values = {name: text for name, text in given.items() if text}
        return super().save(commit)


class IndexView(generic.IndexView):
    default_ordering = "name"
    any_permission_required = ["view", "add", "change"]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self._get_title_column("name", TitleColumn),
            Column("level", label=_("著录层级"), accessor="get_level_display"),
            Column("genre", label=_("文种"), accessor=_genre),
        ]


class TemplateViewSet(HoldingViewSet):
    model = DescriptionTemplate
    name = "template"
    url_prefix = "archive/templates"
    icon = "copy"
    menu_label = gettext_lazy("著录模板")
    views = ("index", "add", "edit", "delete")
    index_view_class = IndexView

    def get_form_class(self, for_update: bool = False) -> type[TemplateForm]:
        return TemplateForm


def template_links(parent: str) -> list[tuple[str, str]]:
    """Name and address of a new record for each template, below ``parent``."""
    kept = DescriptionTemplate.objects.values_list("name", "pk")
    return [(name, _address(pk, parent)) for name, pk in kept]


def _address(template: int, parent: str) -> str:
    asked: dict[str, Any] = {"template": template}
    if parent:
        asked["parent"] = parent
    add = reverse("wagtailsnippets_archive_record:add")
    return f"{add}?{urlencode(asked)}"


def _genre(template: DescriptionTemplate) -> str:
    genre: str = template.values.get("genre", "")
    return genre
