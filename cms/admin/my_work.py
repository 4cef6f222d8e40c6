"""My work (我的工作): what waits for the person who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive import unfinished, workflow
from archive.models import Change, Folio, Job, OpennessDecision, Record, Review
from cms.admin.permissions import may

SHOWN = 20
COUNTED = 1_000
"""More drafts of one person are not counted: whoever imported them knows."""
LIST = "wagtailsnippets_archive_record:list"


@dataclass(frozen=True, slots=True)
class Heap:
    """Records that wait for the same thing; ``url`` lists all of them, if it can.

    ``more``: there are more than ``count``, nobody has counted how many.
    """

    label: str
    records: list[Record]
    count: int
    url: str = ""
    more: bool = False


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
    heaps, counts = _heaps(user), _counts(user)
    context = {
        "heaps": heaps,
        "counts": counts,
        "busy": any(heap.count for heap in heaps) or any(one.count for one in counts),
        "list": reverse(LIST),
        "report": reverse("archive_completeness"),
    }
    return TemplateResponse(request, "cms/admin/my_work.html", context)


def _heaps(user: Any) -> list[Heap]:
    heaps = []
    if may(user, Record, "change"):
        heaps += [_heap(_("退回给我的"), unfinished.returned_to(user)), _drafts(user)]
    if may(user, Record, "publish"):
        others = workflow.waiting().exclude(review__submitted_by=user.pk)
        url = f"{reverse(LIST)}?waiting=true"
        heaps.append(_heap(_("待我审核的著录"), others, url))
    touched = Change.objects.filter(by=user.pk).order_by("-pk")[:200]
    recent = list(dict.fromkeys(touched.values_list("record_id", flat=True)))[:SHOWN]
    latest = _in_order(recent)
    return [*heaps, Heap(_("我最近改过的"), latest, len(latest))]


def _drafts(user: Any) -> Heap:
    """Those written last come first."""
    ids = unfinished.newest_of_author(user, COUNTED + 1)
    return Heap(
        _("我的草稿"),
        _in_order(ids[:SHOWN]),
        min(len(ids), COUNTED),
        f"{reverse(LIST)}?mine=true",
        more=len(ids) > COUNTED,
    )


def _in_order(ids: list[int]) -> list[Record]:
    found = Record.objects.select_related("review").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


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
