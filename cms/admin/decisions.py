"""Openness decisions (开放审核): the log, proposing, approving, refusing.

All of it goes through ``archive.decisions``, which wants two people.
"""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BaseColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views import generic

from archive import decisions
from archive.models import OpennessDecision, Record
from archive.openness import OPENNESS_FIELDS
from archive.vocabulary import Clearance
from cms.admin.authorisation_text import warnings_for
from cms.admin.bulk import ServiceBulkAction, action_url, done
from cms.admin.errors import TooManyRecords
from cms.admin.openness_text import change_lines, choices_of, label_of
from cms.admin.permissions import may
from cms.admin.viewset import WIDE, HoldingViewSet

INSPECT_RECORD = "wagtailsnippets_archive_record:inspect"
UNCHANGED = ""
MAX_BELOW = 1_000


class DecisionFilterSet(WagtailFilterSet):
    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("结果"), choices=OpennessDecision.Outcome.choices
    )
    code = django_filters.CharFilter(
        label=gettext_lazy("档号"), field_name="reference_code"
    )

    class Meta:
        model = OpennessDecision
        fields: list[str] = []


class IndexView(generic.IndexView):
    template_name = "cms/admin/bulk_index.html"
    default_ordering = "-proposed_at"
    any_permission_required = ["view", "add", "change"]

    page_title = verbose_name_plural = pgettext_lazy("plural", "开放审核")

    def get_base_queryset(self) -> QuerySet[OpennessDecision]:
        return OpennessDecision.objects.select_related("proposed_by", "decided_by")

    titles: dict[int, str]

    def get_table(self, object_list: Iterable[OpennessDecision]) -> Any:
        self.titles = titles_of(object_list)
        return super().get_table(object_list)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="decision"),
            TitleColumn(
                "reference_code",
                label=_("档号"),
                sort_key="reference_code",
                classname="archive-code",
                get_url=self.get_inspect_url,
            ),
            Column(
                "record",
                label=_("题名"),
                accessor=lambda one: self.titles.get(one.record_id, _("（已删除）")),
                classname=WIDE,
            ),
            ChangesColumn("changes", label=_("拟定")),
            Column("reason", label=_("依据"), classname=WIDE),
            StatusTagColumn(
                "outcome",
                label=_("结果"),
                accessor="get_outcome_display",
                sort_key="outcome",
                primary=lambda one: one.outcome == OpennessDecision.Outcome.PROPOSED,
            ),
            Column("proposed_by", label=_("初审"), classname=WIDE),
            DateColumn(
                "proposed_at",
                label=_("初审时间"),
                sort_key="proposed_at",
                classname=WIDE,
            ),
            Column("decided_by", label=_("审定"), classname=WIDE),
        ]


class ChangesColumn(Column):
    """What a proposal changes, field by field."""

    cell_template_name = "cms/admin/changes_cell.html"

    def get_value(self, instance: OpennessDecision) -> Any:
        return change_lines(instance.values, instance.values_before)


class InspectView(generic.InspectView):
    template_name = "cms/admin/decision_inspect.html"
    any_permission_required = ["view", "add", "change"]

    def get_fields_context(self) -> list[dict[str, Any]]:
        """The template names them; the record itself may be gone."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        decision: OpennessDecision = self.object
        record = Record.objects.filter(pk=decision.record_id).first()
        here = self.request.path
        return {
            **context,
            "lines": change_lines(decision.values, decision.values_before),
            "record": record,
            "warnings": _warnings_of([decision]).get(decision.pk, []),
            "record_url": record and reverse(INSPECT_RECORD, args=(record.pk,)),
            "may_decide": decision.outcome == OpennessDecision.Outcome.PROPOSED
            and may(self.request.user, OpennessDecision, "change"),
            "approve_url": action_url(ApproveDecisions, self.model, [self.pk], here),
            "refuse_url": action_url(RefuseDecisions, self.model, [self.pk], here),
        }


class DecisionViewSet(HoldingViewSet):
    model = OpennessDecision
    name = "decision"
    url_prefix = "archive/decisions"
    icon = "check"
    menu_label = pgettext_lazy("plural", "开放审核")
    views = ("index", "inspect")
    inspect_view_enabled = True
    index_view_class = IndexView
    inspect_view_class = InspectView
    filterset_class = DecisionFilterSet


class ProposalForm(forms.Form):
    """The openness fields, each of which may be left as it is."""

    include_below = forms.BooleanField(
        label=gettext_lazy("连同全部下级"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写明依据的法规、协议或审核意见。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {name: _field(name) for name in OPENNESS_FIELDS}
        self.fields = {**fields, **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.values():
            raise forms.ValidationError(_("没有要改变的项目。"))
        return cleaned

    def values(self) -> dict[str, str | bool]:
        """Field of ``Openness`` → proposed value."""
        chosen = {name: self.cleaned_data[name] for name in OPENNESS_FIELDS}
        return {
            name: value == "True" if name == "catalogue_approved" else value
            for name, value in chosen.items()
            if value != UNCHANGED
        }


class ProposeOpenness(ServiceBulkAction):
    display_name = gettext_lazy("拟定开放")
    aria_label = gettext_lazy("为所选档案拟定开放意见")
    action_type = "propose"
    permission = "add"
    models = [Record]
    form_class = ProposalForm
    question = gettext_lazy("提出后须由另一人审定方能生效。涉及的档案：")

    @property
    def permission_model(self) -> type[Model]:
        return OpennessDecision

    def annotate_items(self, items: list[Record]) -> list[Record]:
        self.warnings = warnings_for(items, below=True)
        return items

    def object_context(self, obj: Record) -> dict[str, Any]:
        return {"item": obj, "warnings": self.warnings.get(obj.pk, [])}

    @classmethod
    def execute_action(
        cls, objects: list[Record], user: Any = None, form: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        records = objects
        if form.cleaned_data["include_below"]:
            records = _with_below(objects)
        reason = form.cleaned_data["reason"]
        return done(decisions.propose(records, form.values(), reason, user))

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext(
            "已提出 %(count)d 项拟定，待另一人审定。",
            "已提出 %(count)d 项拟定，待另一人审定。",
            count,
        ) % {"count": count}


class ApproveDecisions(ServiceBulkAction):
    display_name = gettext_lazy("审定通过")
    aria_label = gettext_lazy("通过所选拟定")
    action_type = "approve"
    action_priority = 10
    permission = "change"
    models = [OpennessDecision]
    question = gettext_lazy("通过后立即生效：")

    @classmethod
    def execute_action(
        cls, objects: list[OpennessDecision], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        decisions.approve(objects, user)
        return done(objects)

    def annotate_items(self, items: list[OpennessDecision]) -> list[OpennessDecision]:
        self.titles = titles_of(items)
        self.warnings = _warnings_of(items)
        return items

    def object_context(self, obj: OpennessDecision) -> dict[str, Any]:
        return {
            "item": obj,
            "title": self.titles.get(obj.record_id, _("（已删除）")),
            "warnings": self.warnings.get(obj.pk, []),
            "lines": change_lines(obj.values, obj.values_before),
        }

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext("已审定 %(count)d 项。", "已审定 %(count)d 项。", count) % {
            "count": count
        }


class RefuseDecisions(ApproveDecisions):
    display_name = gettext_lazy("退回")
    aria_label = gettext_lazy("退回所选拟定")
    action_type = "refuse"
    action_priority = 20
    classes = {"serious"}
    question = gettext_lazy("退回后档案的开放情况不变：")

    @classmethod
    def execute_action(
        cls, objects: list[OpennessDecision], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        decisions.refuse(objects, user)
        return done(objects)

    def get_success_message(self, count: int, below: int) -> str:
        return ngettext("已退回 %(count)d 项。", "已退回 %(count)d 项。", count) % {
            "count": count
        }


def titles_of(decisions: Iterable[OpennessDecision]) -> dict[int, str]:
    """Titles of the records that are still there: the log outlives them."""
    ids = {decision.record_id for decision in decisions}
    return dict(Record.objects.filter(pk__in=ids).values_list("pk", "title"))


def _warnings_of(
    decisions: Iterable[OpennessDecision],
) -> dict[int, list[str]]:
    """By decision, what speaks against finding that it may be published."""
    clearing = {
        one.pk: one.record_id
        for one in decisions
        if one.values.get("publication_right") == Clearance.CLEARED
    }
    told = warnings_for(Record.objects.filter(pk__in=clearing.values()))
    return {pk: told.get(record_id, []) for pk, record_id in clearing.items()}


def _field(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label_of(name),
        choices=[(UNCHANGED, _("不变")), *choices_of(name)],
        required=False,
    )


def _with_below(tops: list[Record]) -> list[Record]:
    below: dict[int, Record] = {}
    for top in tops:
        found = Record.objects.filter(path__startswith=top.path)
        below |= {record.pk: record for record in found[: MAX_BELOW + 1]}
        if len(below) > MAX_BELOW:
            raise TooManyRecords(MAX_BELOW)
    return list(below.values())
