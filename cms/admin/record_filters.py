"""Narrowing the list of records."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from taggit.utils import parse_tags
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminTagWidget

from archive.models import Record
from archive.records import resolve
from archive.vocabulary import Level, OpenStatus


class RecordFilterSet(WagtailFilterSet):
    level = django_filters.MultipleChoiceFilter(
        label=_("著录层级"),
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    open_status = django_filters.MultipleChoiceFilter(
        label=_("开放标识"),
        choices=OpenStatus.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    # Fonds are few; records below them are not.
    fonds = django_filters.ModelChoiceFilter(
        label=_("全宗"),
        method="below",
        queryset=Record.objects.filter(parent=None).order_by("reference_code"),
    )
    within = django_filters.CharFilter(label=_("在此档号之下"), method="below_code")
    tag = django_filters.CharFilter(
        label=_("标签"),
        method="tagged",
        widget=AdminTagWidget(tag_model=Tag, free_tagging=False),
    )

    class Meta:
        model = Record
        fields: list[str] = []

    def below(
        self, records: QuerySet[Record], name: str, fonds: Record
    ) -> QuerySet[Record]:
        return records.filter(path__startswith=fonds.path)

    def below_code(
        self, records: QuerySet[Record], name: str, code: str
    ) -> QuerySet[Record]:
        """What lies below the record of this code, not the record itself."""
        above = resolve(code)
        if above is None:
            return records.none()
        return records.filter(path__startswith=above.path).exclude(pk=above.pk)

    def tagged(
        self, records: QuerySet[Record], name: str, typed: str
    ) -> QuerySet[Record]:
        """Those that bear every one of the tags."""
        for tag in parse_tags(typed):
            records = records.filter(tags__name=tag)
        return records
