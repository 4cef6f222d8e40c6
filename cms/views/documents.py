"""Uploaded files: sound, film and captions by our own hands, the rest by Wagtail's."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail import hooks
from wagtail.documents.views.serve import serve as serve_document

from cms import mediafiles
from cms.models import SiteDocument


def document(
    request: HttpRequest, document_id: int, document_filename: str
) -> HttpResponseBase:
    """A document at Wagtail's own address.

    Whether its collection is open to this visitor, Wagtail's hooks say.
    """
    if not mediafiles.is_media(document_filename):
        answer: HttpResponseBase = serve_document(
            request, document_id, document_filename
        )
        return answer
    found: SiteDocument = get_object_or_404(SiteDocument, pk=document_id)
    if found.filename != document_filename:
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):
        refused = hook(found, request)
        if isinstance(refused, HttpResponseBase):
            return refused
    return mediafiles.serve(found, request)
