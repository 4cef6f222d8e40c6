"""The classes in the admin: the list, and a class with its timetable."""

from typing import Any, ClassVar

import django_filters
from django.contrib import messages
from django.forms import CheckboxSelectMultiple
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import Button

from cms.admin.class_form import ClassForm
from cms.admin.viewset import HoldingViewSet
from cms.models import TrainingClass
from cms.training import telling

RUN = "cms.run_class"
"""The right to mark attendance and to issue and revoke certificates."""

_SESSION = (
    "day",
    "begins",
    "ends",
    "title",
    "place",
    "teacher",
    "lesson",
    "is_cancelled",
)


_WIDGETS = {"teachers": CheckboxSelectMultiple}


class ClassFilterSet(WagtailFilterSet):
    is_published = django_filters.BooleanFilter(label=_("已公布"))

    class Meta:
        model = TrainingClass
        fields: ClassVar = ["is_published"]


def screens_of(one: TrainingClass, user: Any) -> list[Button]:
    """The ways from a class to its sheets, for those who run classes."""
    if not user.has_perm(RUN):
        return []
    return [
        Button(
            pgettext_lazy("the list", "报名"),
            reverse("registration_occasion", args=[one.occasion_id]),
            icon_name="list-ul",
            priority=5,
        ),
        Button(
            _("出勤"),
            reverse("class_attendance", args=[one.pk]),
            icon_name="tasks",
            priority=10,
        ),
        Button(
            _("学员与证书"),
            reverse("class_learners", args=[one.pk]),
            icon_name="group",
            priority=20,
        ),
    ]


class IndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset()
        return found.select_related("curriculum", "occasion")

    def get_list_more_buttons(self, instance: TrainingClass) -> list[Any]:
        return [
            *super().get_list_more_buttons(instance),
            *screens_of(instance, self.request.user),
        ]


class EditView(generic.EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            *screens_of(self.object, self.request.user),
        ]


class DeleteView(generic.DeleteView):
    """Only while nobody has signed up."""

    def delete_action(self) -> None:
        telling.delete(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValueError as refused:
            messages.error(self.request, str(refused))
            return HttpResponseRedirect(self.get_success_url())


class ClassViewSet(HoldingViewSet):
    model = TrainingClass
    name = "classes"
    url_prefix = "training/classes"
    icon = "calendar"
    menu_label = _("培训班次")
    menu_order = 310
    add_to_admin_menu = True
    views = ("index", "add", "edit", "delete")
    list_display: ClassVar = [
        "__str__",
        DateColumn("first_day", label=_("第一天"), sort_key="first_day"),
        DateColumn("last_day", label=_("最后一天"), sort_key="last_day"),
        Column(
            "is_published",
            label=pgettext_lazy("of a class", "状态"),
            accessor=lambda one: _("已公布") if one.is_published else _("未公布"),
            sort_key="is_published",
        ),
    ]
    search_fields: ClassVar = ["number", "curriculum__title", "place"]
    search_backend_name = None
    filterset_class = ClassFilterSet
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    ordering = ("-first_day", "-pk")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel(name, widget=_WIDGETS.get(name))
                    for name in (
                        "curriculum",
                        "number",
                        "first_day",
                        "last_day",
                        "place",
                        "teachers",
                        "teachers_text",
                        "note",
                    )
                ],
                heading=_("班次"),
            ),
            InlinePanel(
                "sessions",
                [FieldPanel(name) for name in _SESSION],
                heading=_("课表"),
                label=_("课"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("least_attendance"),
                    FieldPanel("needs_quizzes"),
                    FieldPanel("hours"),
                ],
                heading=_("结业"),
            ),
            MultiFieldPanel(
                [FieldPanel("is_published"), FieldPanel("is_demonstration")],
                heading=_("公布"),
            ),
        ],
        base_form_class=ClassForm,
    )
