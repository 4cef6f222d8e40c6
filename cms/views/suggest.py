"""``/suggest/``: what the search boxes offer while somebody types."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.openness import Access
from cms import searchquery
from cms.description import level_label
from cms.scripts import HANS, HANT, tag_of_prose
from cms.traditional.answers import as_read
from cms.views.errors import RETRY_SECONDS
from cms.views.request import ReaderRequest
from search import suggest as suggestions
from search.errors import SearchUnavailable
from search.service import SearchParams
from search.stories import stories


def suggest(request: ReaderRequest) -> HttpResponse:
    """``?q=`` → ``{"suggestions": [{"text", "type", "url", …}]}``.

    ``type`` is ``subject``, a kind of page, or the level of a record: "" for one of
    which the catalogue entry alone is open. ``label`` says the same in words. With
    search out of order 503: nothing found is another thing.
    """
    try:
        offers = suggestions.suggest(searchquery.words(request.GET), request.reader)
    except SearchUnavailable:
        response = _json({"suggestions": []}, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _json({"suggestions": [_told(offer) for offer in offers]})


def _told(offer: suggestions.Offer) -> dict[str, str]:
    kind, label, url = _goal(offer)
    text, lang = offer.text, tag_of_prose(offer.text)
    if lang == HANS:
        text = as_read(text)
        lang = HANS if text == offer.text else HANT
    told = {"text": text, "type": kind, "url": url}
    return {**told, "label": as_read(label), "note": offer.note, "lang": lang}


def _goal(offer: suggestions.Offer) -> tuple[str, str, str]:
    """Type, what readers call it, and where it leads."""
    if offer.story is not None:
        kind = offer.story.kind
        return kind, stories().kinds().get(kind, kind), offer.story.url
    if offer.record is not None:
        level = offer.record.level if offer.record.access is Access.FULL else ""
        url = reverse("record", args=[offer.record.reference_code])
        return level, level_label(level) if level else _("仅目录"), url
    narrowed = SearchParams(filters={"subject": (offer.subject,)})
    url = reverse("search") + searchquery.query_string(narrowed)
    return "subject", _("主题词"), url


def _json(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
