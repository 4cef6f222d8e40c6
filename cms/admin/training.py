"""The registers of teachers and teaching points, and the trainer's notes, printed."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.admin.viewset import WIDE, HoldingViewSet
from cms.models import LessonPage, Teacher, TeachingPoint
from cms.training.panels import NOTES_RIGHT


def _shown(one: Teacher | TeachingPoint) -> str:
    return gettext("是") if one.is_shown else gettext("否")


class TeacherFilterSet(WagtailFilterSet):
    is_shown = django_filters.BooleanFilter(label=_("在网站上公开"))

    class Meta:
        model = Teacher
        fields: ClassVar = ["is_shown"]


class PointFilterSet(WagtailFilterSet):
    is_shown = django_filters.BooleanFilter(label=_("在网站上公开"))

    class Meta:
        model = TeachingPoint
        fields: ClassVar = ["is_shown"]


class RegisterViewSet(HoldingViewSet):
    """A register by name, searched by the database itself."""

    views = ("index", "add", "edit", "delete", "history")
    search_backend_name = None
    ordering = ("name",)


class TeacherViewSet(RegisterViewSet):
    model = Teacher
    name = "teachers"
    icon = "user"
    menu_label = _("师资库")
    list_display: ClassVar = [
        "name",
        Column("unit", label=_("单位")),
        Column("position", label=_("职务或职称"), classname=WIDE),
        Column("is_shown", label=_("公开"), accessor=_shown),
    ]
    search_fields: ClassVar = ["name", "unit", "introduction"]
    filterset_class = TeacherFilterSet
    panels: ClassVar = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("position")]),
        FieldPanel("subjects"),
        FieldPanel("introduction"),
        FieldPanel("photo"),
        MultiFieldPanel(
            [
                FieldPanel("has_consent"),
                FieldPanel("consent_note"),
                FieldPanel("is_shown"),
                FieldPanel("is_demonstration"),
            ],
            heading=_("公开"),
        ),
    ]


class PointViewSet(RegisterViewSet):
    model = TeachingPoint
    name = "teaching-points"
    icon = "pick"
    menu_label = _("现场教学点")
    list_display: ClassVar = [
        "name",
        Column("place", label=_("所在县（市、区）")),
        Column("group_size", label=_("一批至多几人"), classname=WIDE),
        Column("is_shown", label=_("公开"), accessor=_shown),
    ]
    search_fields: ClassVar = ["name", "place", "shows"]
    filterset_class = PointFilterSet
    panels: ClassVar = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("address")]),
        FieldPanel("shows"),
        FieldPanel("subjects"),
        FieldPanel("group_size"),
        FieldPanel("map_url"),
        FieldPanel("page"),
        MultiFieldPanel(
            [FieldPanel("is_shown"), FieldPanel("is_demonstration")],
            heading=_("公开"),
        ),
    ]


class TrainingGroup(ViewSetGroup):
    """培训: the registers beside the courses, which are pages."""

    menu_label = _("培训")
    menu_name = "training"
    menu_icon = "group"
    menu_order = 120
    items = (TeacherViewSet, PointViewSet)


def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """The trainer's notes to a lesson as they stand in its newest draft, to print."""
    if not request.user.has_perm(NOTES_RIGHT):
        raise PermissionDenied
    lesson = get_object_or_404(LessonPage, pk=pk).get_latest_revision_as_object()
    context: dict[str, Any] = {
        "lesson": lesson,
        "back": reverse("wagtailadmin_pages:edit", args=[pk]),
    }
    return TemplateResponse(request, "cms/admin/training_notes.html", context)
