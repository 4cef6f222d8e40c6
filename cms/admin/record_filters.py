"""Narrowing the list of records."""

from datetime import MAXYEAR, date

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from taggit.utils import parse_tags
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminTagWidget

from archive.completeness import CHECKED, missing
from archive.description import label
from archive.models import Record, RecordTerm, Term
from archive.records import resolve
from archive.reports import open_dates, scanned, undescribed, unread_dates
from archive.subjects.found import called
from archive.suggestions import key_of
from archive.unfinished import of_author
from archive.vocabulary import DescriptionStatus, Level, OpenStatus
from cms.admin.suggest import attributes

# Not a filter for booleans: it says True above the list, in every language.
YES_NO = [("true", _("是")), ("false", _("否"))]


class RecordFilterSet(WagtailFilterSet):
    level = django_filters.MultipleChoiceFilter(
        label=_("著录层级"),
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,  # no join: nothing can come twice
    )
    open_status = django_filters.MultipleChoiceFilter(
        label=_("开放标识"),
        choices=OpenStatus.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,  # no join: nothing can come twice
    )
    # Fonds are few; records below them are not.
    fonds = django_filters.ModelChoiceFilter(
        label=_("全宗"),
        method="below",
        queryset=Record.objects.filter(parent=None).order_by("reference_code"),
    )
    within = django_filters.CharFilter(label=_("在此档号之下"), method="below_code")
    description_status = django_filters.MultipleChoiceFilter(
        label=_("著录状态"),
        choices=DescriptionStatus.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,  # no join: nothing can come twice
    )
    waiting = django_filters.ChoiceFilter(
        label=_("提交待审"), choices=YES_NO, method="submitted"
    )
    mine = django_filters.ChoiceFilter(
        label=_("我未完成的"), choices=YES_NO, method="of_mine"
    )
    missing = django_filters.ChoiceFilter(
        label=_("缺少必备项"),
        choices=[(one, lazy(label, str)(one)) for one in CHECKED],
        method="lacking",
    )
    scans = django_filters.ChoiceFilter(
        label=_("影像"),
        choices=[
            ("with", _("有影像")),
            ("without", _("无影像")),
            ("undescribed", _("有影像，尚未著录")),
        ],
        method="by_scans",
    )
    dates = django_filters.ChoiceFilter(
        label=_("日期"),
        choices=[("unread", _("没有读懂")), ("ambiguous", _("可能是几个日期"))],
        method="by_dates",
    )
    years = django_filters.RangeFilter(label=_("年份"), method="in_years")
    genre = django_filters.CharFilter(label=_("文种"))
    retention_code = django_filters.CharFilter(label=_("保管期限"))
    tag = django_filters.CharFilter(
        label=_("标签"),
        method="tagged",
        widget=AdminTagWidget(tag_model=Tag, free_tagging=False),
    )

    subject = django_filters.CharFilter(
        label=_("主题词（包括下位词）"),
        method="about",
        widget=forms.TextInput(attrs=attributes("subject")),
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
        # By path alone: counted out of its index.
        return records.filter(path__startswith=above.path).exclude(path=above.path)

    def submitted(
        self, records: QuerySet[Record], name: str, answer: str
    ) -> QuerySet[Record]:
        waits = Q(review__submitted_at__isnull=False)
        return records.filter(waits if answer == "true" else ~waits)

    def of_mine(
        self, records: QuerySet[Record], name: str, answer: str
    ) -> QuerySet[Record]:
        mine = Q(pk__in=of_author(self.request.user).values("pk"))
        return records.filter(mine if answer == "true" else ~mine)

    def lacking(
        self, records: QuerySet[Record], name: str, element: str
    ) -> QuerySet[Record]:
        return records.filter(missing(element))

    def by_scans(
        self, records: QuerySet[Record], name: str, wanted: str
    ) -> QuerySet[Record]:
        if wanted == "undescribed":
            return undescribed(records)
        return scanned(records, wanted == "with")

    def by_dates(
        self, records: QuerySet[Record], name: str, wanted: str
    ) -> QuerySet[Record]:
        return unread_dates(records) if wanted == "unread" else open_dates(records)

    def in_years(
        self, records: QuerySet[Record], name: str, years: slice
    ) -> QuerySet[Record]:
        """Those whose date touches one of the years."""
        if years.start is not None and 0 < years.start <= MAXYEAR:
            records = records.filter(date_max__gte=date(int(years.start), 1, 1))
        if years.stop is not None and 0 < years.stop <= MAXYEAR:
            records = records.filter(date_min__lte=date(int(years.stop), 12, 31))
        return records

    def tagged(
        self, records: QuerySet[Record], name: str, typed: str
    ) -> QuerySet[Record]:
        """Those that bear every one of the tags."""
        for tag in parse_tags(typed):
            records = records.filter(tags__name=tag)
        return records

    def about(
        self, records: QuerySet[Record], name: str, typed: str
    ) -> QuerySet[Record]:
        """By any name of a concept or its number, else by the free keyword."""
        concept = called(typed)
        if concept is not None:
            terms = Term.objects.filter(subject__path__startswith=concept.path)
        else:
            terms = Term.objects.filter(folded=key_of(typed))
        # As a list: of a join of three tables PostgreSQL expects far too many rows.
        names = RecordTerm.objects.filter(
            term__in=list(terms.values_list("pk", flat=True))
        )
        return records.filter(pk__in=names.values("record"))
