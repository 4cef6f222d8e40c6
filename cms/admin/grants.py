"""Reading grants (查阅授权): who may see which closed record, until when."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput
from wagtail.log_actions import log

from archive import decisions
from archive.models import Grant
from archive.openness import Audience
from cms.admin.record_chooser import RecordChooser
from cms.admin.record_views import SaveThroughServiceMixin
from cms.admin.viewset import HoldingViewSet


class GrantFilterSet(WagtailFilterSet):
    code = django_filters.CharFilter(
        label=gettext_lazy("档号"), field_name="record__reference_code"
    )
    reader = django_filters.CharFilter(
        label=gettext_lazy("读者账号"), field_name="reader__username"
    )

    class Meta:
        model = Grant
        fields: list[str] = []


class GrantForm(WagtailAdminModelForm):
    """The reader is named by account: a list of all accounts helps nobody."""

    username = forms.CharField(label=gettext_lazy("读者账号"), max_length=150)

    class Meta:
        model = Grant
        fields = ["record", "audience", "until"]
        widgets = {
            "record": RecordChooser(),
            "until": AdminDateInput(),
        }

    field_order = ("username", "record", "audience", "until")

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"].strip()
        reader = get_user_model().objects.filter(username=name, is_active=True).first()
        if reader is None:
            raise ValidationError(_("没有名为“%(name)s”的账号。") % {"name": name})
        self.instance.reader = reader
        return name

    def add_archive_error(self, error: Exception) -> None:
        self.add_error(None, str(error))


class IndexView(generic.IndexView):
    default_ordering = "-until"

    page_title = verbose_name_plural = pgettext_lazy("plural", "查阅授权")

    def get_base_queryset(self) -> QuerySet[Grant]:
        return Grant.objects.select_related("reader", "record", "granted_by")

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            Column("reader", label=_("读者")),
            Column("record", label=_("档案")),
            Column("audience", label=_("视同"), accessor="get_audience_display"),
            Column("until", label=_("有效期至"), sort_key="until"),
            Column("state", label=_("状态"), accessor=_state),
            Column("granted_by", label=_("批准人")),
            DateColumn("granted_at", label=_("批准时间"), sort_key="granted_at"),
        ]


class CreateView(SaveThroughServiceMixin, generic.CreateView):
    def save_instance(self) -> Grant:
        chosen = self.form.cleaned_data
        grant = decisions.grant(
            record=chosen["record"],
            reader=self.form.instance.reader,
            audience=Audience(chosen["audience"]),
            until=chosen["until"],
            by=self.request.user,
        )
        data = {"reader": chosen["username"], "until": str(chosen["until"])}
        log(grant.record, "archive.grant", user=self.request.user, data=data)
        return grant

    def get_success_buttons(self) -> list[Any]:
        return []


class GrantViewSet(HoldingViewSet):
    model = Grant
    name = "grant"
    url_prefix = "archive/grants"
    icon = "key"
    menu_label = pgettext_lazy("plural", "查阅授权")
    views = ("index", "add")
    index_view_class = IndexView
    add_view_class = CreateView
    filterset_class = GrantFilterSet

    def get_form_class(self, for_update: bool = False) -> type[GrantForm]:
        return GrantForm


def _state(grant: Grant) -> str:
    return _("有效") if grant.until >= timezone.localdate() else _("已过期")
