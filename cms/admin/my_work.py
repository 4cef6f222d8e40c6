"""My work (我的工作): what waits for the person who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import workflow
from archive.models import Change, Folio, Job, OpennessDecision, Record, Review
from cms.admin.permissions import may

SHOWN = 20
LIST = "wagtailsnippets_archive_record:list"


@dataclass(frozen=True, slots=True)
class Heap:
    """Records that wait for the same thing; ``url`` lists all of them, if it can."""

    label: str
    records: list[Record]
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something wait, and where they are."""

    label: str
    count: int
    url: str


def my_work(request: HttpRequest) -> HttpResponse:
    """What came back to me, what I have begun, what I am to review."""
    user: Any = request.user
    if not may(user, Record, "view"):
        raise PermissionDenied
    context = {"heaps": _heaps(user), "counts": _counts(user)}
    return TemplateResponse(request, "cms/admin/my_work.html", context)


def _heaps(user: Any) -> list[Heap]:
    heaps = []
    if may(user, Record, "change"):
        mine = workflow.of_author(user)
        back = mine.filter(review__comment__gt="")
        heaps += [
            _heap(_("退回给我的"), back),
            _heap(
                _("我的草稿"),
                mine.exclude(review__comment__gt=""),
                f"{reverse(LIST)}?mine=true",
            ),
        ]
    if may(user, Record, "publish"):
        others = workflow.waiting().exclude(review__submitted_by=user.pk)
        url = f"{reverse(LIST)}?waiting=true"
        heaps.append(_heap(_("待我审核的著录"), others, url))
    touched = Change.objects.filter(by=user.pk).order_by("-pk")[:200]
    recent = list(dict.fromkeys(touched.values_list("record_id", flat=True)))[:SHOWN]
    found = Record.objects.in_bulk(recent)
    latest = [found[pk] for pk in recent if pk in found]
    return [*heaps, Heap(_("我最近改过的"), latest, len(latest))]


def _heap(label: str, records: QuerySet[Record], url: str = "") -> Heap:
    ordered = records.select_related("review").order_by("reference_code")
    return Heap(label, list(ordered[:SHOWN]), records.count(), url)


def _counts(user: Any) -> list[Count]:
    folios, jobs = reverse("folio:index"), reverse("job:index")
    proposed = OpennessDecision.Outcome.PROPOSED
    decisions = OpennessDecision.objects.filter(outcome=proposed)
    return [
        Count(
            _("待审定的开放意见"),
            decisions.exclude(proposed_by=user.pk).count(),
            f"{reverse('decision:index')}?outcome={proposed.value}",
        ),
        Count(
            _("隔离待查的页"),
            Folio.objects.filter(quarantined=True).count(),
            f"{folios}?state=quarantined",
        ),
        Count(
            _("识别失败的页"),
            Job.objects.filter(failed=True).count(),
            f"{jobs}?failed=true",
        ),
        Count(
            _("提交待审的著录"),
            Review.objects.filter(submitted_at__isnull=False).count(),
            f"{reverse(LIST)}?waiting=true",
        ),
    ]
