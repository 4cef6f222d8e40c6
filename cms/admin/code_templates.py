"""Code templates (档号模板): how the codes of a fonds are put together."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views import generic

from archive.models import CodeTemplate, Record
from cms.admin.viewset import HoldingViewSet


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    # Fonds are few.
    fonds = forms.ModelChoiceField(
        label=gettext_lazy("全宗"),
        queryset=Record.objects.filter(parent=None).order_by("reference_code"),
    )

    class Meta:
        model = CodeTemplate
        fields = ("fonds", "scheme", "file_width", "item_width", "strict")


class IndexView(generic.IndexView):
    any_permission_required = ["view", "add", "change"]

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "fonds", label=_("全宗"), accessor="fonds", get_url=self.get_edit_url
            ),
            Column("scheme", label=_("档号结构"), accessor="get_scheme_display"),
            Column("strict", label=_("要求"), accessor=_strictness),
        ]


class CodeTemplateViewSet(HoldingViewSet):
    model = CodeTemplate
    name = "codetemplate"
    url_prefix = "archive/code-templates"
    icon = "code"
    menu_label = gettext_lazy("档号模板")
    views = ("index", "add", "edit", "delete")
    index_view_class = IndexView

    def get_form_class(self, for_update: bool = False) -> type[TemplateForm]:
        return TemplateForm


def _strictness(template: CodeTemplate) -> str:
    return _("不合则拒绝") if template.strict else _("不合则提示")
