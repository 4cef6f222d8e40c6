"""The record's edit screen: description after DA/T 18, its pages, its openness."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from archive.models import Folio, Job, OpennessDecision, Record
from archive.openness import Access
from archive.seen import access_of
from cms.admin.authorisation_text import sources
from cms.admin.bulk import action_url
from cms.admin.decisions import ProposeOpenness
from cms.admin.description_state import StatePanel
from cms.admin.folio_images import thumbnail_url, viewer_url
from cms.admin.folios import state_in_words
from cms.admin.jobs import RetryJobs
from cms.admin.openness_text import (
    Line,
    access_sentences,
    change_lines,
    openness_lines,
)
from cms.admin.particulars import ParticularsPanel
from cms.admin.permissions import may
from cms.admin.record_form import RecordForm
from cms.admin.subject_fields import TagWidget

Rows = tuple[str | tuple[str, ...], ...]

RECORD_URLS = "wagtailsnippets_archive_record"
SHOWN_PAGES = 60
SHOWN_DECISIONS = 20

# Names in brackets share a row.
IDENTITY: Rows = (
    "parent",
    ("level", "repository_code"),
    "reference_code",
    "title",
    ("parallel_title", "subtitle"),
    ("date_original", "date_edtf"),
    ("calendar", "date_certainty", "date_basis"),
    "document_number",
)
CONTEXT: Rows = ("creators", "admin_bio_history", "custodial_history")
RELATED: Rows = ("authorities",)
CONTENT: Rows = (
    "scope_content",
    ("person_names", "attachments"),
    ("subjects", "class_numbers"),
    "tags",
    ("draft_status", "genre", "language"),
    ("extent_medium", "creation_method"),
    ("first_page", "last_page"),
    ("file_size", "file_format"),
    "arrangement",
    ("retention_code", "destruction"),
)
USE: Rows = (
    ("microform_no", "storage_location"),
    ("originals_location", "copies_location"),
    "related_units",
)
# Fields that are not typed into as Wagtail would have it.
_WIDGETS = {"tags": TagWidget}
_HELP = {
    "creators": _("照录原文，多个用分号隔开。"),
    "person_names": _("照录原文，多个用分号隔开。"),
    "subjects": _(
        "多个用分号隔开；输入汉字或拼音首字母即有提示，也可以写表中没有的词。"
    ),
    "first_page": _("只用于整卷扫描的案卷：本件从案卷的第几页起；有自己的影像就留空。"),
    "date_original": _("照文件所写，如 一九六三年冬、约1963、1963-11/1964-01。"),
}
NOTES: Rows = ("note", ("described_by", "described_on"), "is_demonstration")


class LoggedDecision(NamedTuple):
    """A decision and, in words, what it changes."""

    decision: OpennessDecision
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class FolioCard:
    """One page as the panel shows it; ``share`` is the OCR's own confidence in %."""

    folio: Folio
    thumbnail: str
    viewer: str
    edit: str
    state: str
    share: int | None
    failure: str


class FoliosPanel(Panel):
    """The pages of a saved record: image, text, and what went wrong with it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/folios_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, **pages_of(self.instance, self.request.user)}


class OpennessPanel(Panel):
    """Openness as it is, and why it is not a field of the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/openness_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, **openness_of_record(self.instance, self.request.user)}


def pages_of(record: Record, user: Any) -> dict[str, Any]:
    """What ``folios_panel.html`` shows; a constant number of queries."""
    folios = record.folios.select_related("master", "transcript", "job", "record")
    count = record.folios.count()
    cards = [_card(folio) for folio in folios.order_by("sequence")[:SHOWN_PAGES]]
    here = admin_url(record)
    code = urlencode({"code": record.reference_code})
    failed = Job.objects.filter(folio__record=record, failed=True)
    return {
        "cards": cards,
        "count": count,
        "more": max(0, count - len(cards)),
        "all_url": f"{reverse('folio:index')}?{code}",
        "failed": failed.count(),
        "retry_url": action_url(
            RetryJobs, Job, failed.values_list("pk", flat=True), here
        ),
        "can_retry": may(user, Job, "change"),
    }


def openness_of_record(record: Record, user: Any) -> dict[str, Any]:
    """What ``openness_panel.html`` shows."""
    ancestors = Record.objects.filter(pk__in=record.ancestor_ids)
    log = record.openness_decisions.select_related("proposed_by", "decided_by")
    return {
        "lines": openness_lines(record),
        "sentences": access_sentences(access_of(record)),
        "closed_above": [
            one for one in ancestors if access_of(one).public is not Access.FULL
        ],
        "decisions": [
            LoggedDecision(one, change_lines(one.values, one.values_before))
            for one in log[:SHOWN_DECISIONS]
        ],
        "sources": sources(record, timezone.localdate()),
        "propose_url": action_url(
            ProposeOpenness, Record, [record.pk], admin_url(record)
        ),
        "can_propose": may(user, OpennessDecision, "add"),
    }


def admin_url(record: Record) -> str:
    """The record's page in the admin that everyone of the house may open."""
    return reverse(RECORD_URLS + ":inspect", args=(record.pk,))


def _card(folio: Folio) -> FolioCard:
    transcript = folio.transcript
    share = transcript.confidence if transcript else None
    job = getattr(folio, "job", None)
    return FolioCard(
        folio=folio,
        thumbnail=thumbnail_url(folio),
        viewer=viewer_url(folio),
        edit=reverse("folio:edit", args=(folio.pk,)),
        state=state_in_words(folio),
        share=None if share is None else round(share),
        failure=job.error if job is not None and job.failed else "",
    )


def _field(name: str) -> FieldPanel:
    return FieldPanel(name, widget=_WIDGETS.get(name), help_text=_HELP.get(name, ""))


def _group(heading: Any, rows: Rows) -> MultiFieldPanel:
    panels = [
        _field(row)
        if isinstance(row, str)
        else FieldRowPanel([_field(name) for name in row])
        for row in rows
    ]
    return MultiFieldPanel(panels, heading=heading)


def edit_handler() -> TabbedInterface:
    """Three tabs; the groups are those of DA/T 18-2022."""
    description = ObjectList(
        [
            StatePanel(),
            _group(_("标识"), IDENTITY),
            _group(_("背景"), CONTEXT),
            _group(_("相关人物、机构与地点"), RELATED),
            _group(_("内容与结构"), CONTENT),
            MultiFieldPanel(
                [FieldPanel("material"), ParticularsPanel()],
                heading=_("材料种类与特征项"),
            ),
            _group(_("利用"), USE),
            _group(_("附注与著录"), NOTES),
        ],
        heading=_("著录"),
    )
    heading = pgettext_lazy("plural", "页")
    pages = ObjectList([FoliosPanel(heading=heading)], heading=heading)
    heading = pgettext_lazy("heading", "开放")
    openness = ObjectList([OpennessPanel(heading=heading)], heading=heading)
    return TabbedInterface([description, pages, openness], base_form_class=RecordForm)
