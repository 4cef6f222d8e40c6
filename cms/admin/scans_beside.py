"""The page images that stand beside the form while a record is described."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse

from archive.models import Folio, Record
from archive.readers import ANONYMOUS, Reader
from archive.seen import PageView, see
from cms.admin.folio_images import PAGE
from cms.admin.permissions import may
from cms.scans import iiif_url, listed_size


class Scans(NamedTuple):
    """Where the pages come from; ``sequences`` are their numbers, in order."""

    sequences: list[int]
    address: str


def scans_of(record: Record) -> Scans:
    """The pages of the record itself or, without any, of what it lies in."""
    holder = _holder(record)
    if holder is None:
        return Scans([], "")
    sequences = Folio.objects.filter(record_id=holder).order_by("sequence")
    numbers = list(sequences.values_list("sequence", flat=True))
    return Scans(numbers, reverse("archive_scan", args=(holder, 0)))


def scan(request: HttpRequest, pk: int, sequence: int) -> JsonResponse:
    """One page: ``{"image", "text", "label"}``, for people of the house."""
    if not may(request.user, Record, "view"):
        raise PermissionDenied
    reader: Reader = getattr(request, "reader", ANONYMOUS)
    view = see([pk], reader).get(pk)
    pages = view.pages if view is not None else ()
    found = next((page for page in pages if page.sequence == sequence), None)
    if found is None:
        raise Http404
    return JsonResponse(_as_json(found))


def _as_json(page: PageView) -> dict[str, Any]:
    size = listed_size(page.width, page.height, PAGE)
    return {
        "image": iiif_url(page.image_id, size=size),
        "text": page.text,
        "direction": page.direction,
        "edit": reverse("folio:edit", args=(page.folio_id,)),
    }


def _holder(record: Record) -> int | None:
    """The nearest of the record and what it lies in that was scanned."""
    wanted = [*record.ancestor_ids, record.pk]
    scanned = set(
        Folio.objects.filter(record_id__in=wanted)
        .order_by()
        .values_list("record_id", flat=True)
        .distinct()
    )
    return next((pk for pk in reversed(wanted) if pk in scanned), None)
