"""The requests of groups: the list, and the form in which one is answered."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from cms import bookings
from cms.admin.viewset import HoldingViewSet
from cms.models.bookings import GroupBooking

_ASKED = ("number", "unit", "contact", "phone", "day", "people", "needs")


class BookingFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("状态"), choices=GroupBooking.Status.choices
    )

    class Meta:
        model = GroupBooking
        fields: ClassVar = ["status"]


class BookingIndexView(generic.IndexView):
    """Those that are kept no longer go before the list is shown."""

    def get_base_queryset(self) -> QuerySet[GroupBooking]:
        bookings.forget()
        return super().get_base_queryset()


class BookingEditView(generic.EditView):
    """What was asked can be read; the answer can be changed."""

    def save_instance(self) -> Any:
        self.form.instance.answered_by = self.request.user
        return super().save_instance()


class BookingViewSet(HoldingViewSet):
    """Nobody adds a request here: groups do, on the visit page."""

    model = GroupBooking
    name = "bookings"
    icon = "group"
    menu_label = _("团体预约")
    menu_order = 300
    add_to_admin_menu = True
    views = ("index", "edit", "delete")
    list_display: ClassVar = [
        "unit",
        DateColumn("day", label=_("参观日期"), sort_key="day"),
        Column("people", label=_("人数")),
        Column("status", label=_("状态"), accessor="get_status_display"),
        Column("number", label=_("查询号")),
        DateColumn("created_at", label=_("提交时间"), sort_key="created_at"),
    ]
    search_fields: ClassVar = ["unit", "number", "contact"]
    search_backend_name = None
    filterset_class = BookingFilterSet
    index_view_class = BookingIndexView
    edit_view_class = BookingEditView
    ordering = ("day",)
    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel(name, read_only=True) for name in _ASKED],
            heading=_("预约"),
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("answer"), FieldPanel("note")],
            heading=_("答复"),
        ),
    ]
