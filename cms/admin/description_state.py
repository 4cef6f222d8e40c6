"""Where a description stands: its score, what is missing, what waits for review."""

from typing import Any, NamedTuple

from wagtail.admin.panels import Panel

from archive import workflow
from archive.completeness import Completeness, check_many
from archive.description import label
from archive.models import Record, Review
from archive.vocabulary import DescriptionStatus
from cms.admin.bulk import action_url
from cms.admin.differences import Difference, differences
from cms.admin.permissions import may
from cms.admin.workflow_actions import (
    LOOKED_AT,
    PublishRecords,
    ReturnRecords,
    SubmitRecords,
)


class Named(NamedTuple):
    """An element and the id of its field in the form."""

    label: str
    field: str


class State(NamedTuple):
    """What ``description_state.html`` shows."""

    record: Record
    completeness: Completeness
    missing: list[Named]
    conditional: list[Named]
    misplaced: list[Named]
    review: Review | None
    waiting: list[Difference]
    may_submit: bool
    may_publish: bool
    submit_url: str
    publish_url: str
    return_url: str


def state_of(record: Record, user: Any, back: str) -> State:
    """A constant number of queries."""
    review = Review.objects.filter(record=record).select_related(
        "author", "submitted_by", "returned_by"
    )
    row = review.first()
    waiting = row.values if row is not None else {}
    shown = _with_waiting(record, waiting)
    answer = check_many([shown])[record.pk]
    submitted = row is not None and row.submitted_at is not None
    changed = record.description_status != DescriptionStatus.PUBLISHED or waiting

    def address(action: Any) -> str:
        return action_url(action, Record, [record.pk], back)

    return State(
        record,
        answer,
        _named(answer.missing),
        _named(answer.conditional),
        _named(answer.misplaced),
        row,
        differences(workflow.live(record, waiting), waiting),
        may_submit=bool(changed) and not submitted and may(user, Record, "change"),
        may_publish=submitted and may(user, Record, "publish"),
        submit_url=address(SubmitRecords),
        publish_url=f"{address(PublishRecords)}&{LOOKED_AT}={workflow.mark([record])}",
        return_url=address(ReturnRecords),
    )


class StatePanel(Panel):
    """At the top of the form of a saved record."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/description_state.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            record = Record.objects.get(pk=self.instance.pk)
            path = self.request.path
            return {**context, "state": state_of(record, self.request.user, path)}


def _with_waiting(record: Record, waiting: dict[str, Any]) -> Record:
    shown = Record.objects.get(pk=record.pk) if waiting else record
    for name, value in waiting.items():
        if name in {field.name for field in Record._meta.concrete_fields}:
            setattr(shown, name, value)
    return shown


def _named(elements: tuple[str, ...]) -> list[Named]:
    fields = {"date_display": "date_original"}
    return [Named(label(one), f"id_{fields.get(one, one)}") for one in elements]
