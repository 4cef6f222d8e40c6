"""IIIF Image API 3, level 2, over derivatives of the scans that a reader may see."""

import json

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags

from archive.models import Folio
from archive.readers import ANONYMOUS
from archive.seen import image_source
from cms.views.errors import not_found
from cms.views.request import ReaderRequest
from media.derivatives import image_info, render
from media.errors import InvalidImageRequest
from media.imagerequest import parse_request

# Short, so that an image that is closed leaves other caches soon.
_PUBLIC_CACHE = "public, max-age=600"
_PRIVATE_CACHE = "private, no-store"
_INFO_TYPE = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'


def base(request: ReaderRequest, image_id: str) -> HttpResponse:
    """The image's own address leads to its description."""
    if image_source(image_id, request.reader) is None:
        return not_found(request)
    response = HttpResponseRedirect(reverse("iiif-info", args=[image_id]))
    response.status_code = 303
    return _finish(response, request, image_id)


def info(request: ReaderRequest, image_id: str) -> HttpResponse:
    """info.json."""
    folio = image_source(image_id, request.reader)
    if folio is None:
        return not_found(request)
    body = image_info(folio.master.width, folio.master.height)
    body["id"] = request.build_absolute_uri(reverse("iiif-base", args=[image_id]))
    plain = "application/json" in request.headers.get("Accept", "")
    response = HttpResponse(
        json.dumps(body, indent=1),
        content_type="application/json" if plain else _INFO_TYPE,
    )
    patch_vary_headers(response, ["Accept"])
    return _finish(response, request, image_id)


def image(
    request: ReaderRequest,
    image_id: str,
    region: str,
    size: str,
    rotation: str,
    quality: str,
    image_format: str,
) -> HttpResponse:
    """The pixels; 400 for parameters that make no sense, once the image is open."""
    folio = image_source(image_id, request.reader)
    if folio is None:
        return not_found(request)
    try:
        wanted = parse_request(region, size, rotation, quality, image_format)
        etag = _etag(folio, wanted.path)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponse(status=304)
        else:
            pixels = render(folio.master.name, wanted, image_id)
            response = HttpResponse(pixels, content_type=wanted.media_type)
    except InvalidImageRequest as error:
        return _finish(_invalid(error), request, image_id)
    response["ETag"] = etag
    return _finish(response, request, image_id)


def _finish(
    response: HttpResponse, request: ReaderRequest, image_id: str
) -> HttpResponse:
    public = (
        request.reader == ANONYMOUS or image_source(image_id, ANONYMOUS) is not None
    )
    response["Cache-Control"] = _PUBLIC_CACHE if public else _PRIVATE_CACHE
    if public:
        response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _etag(folio: Folio, path: str) -> str:
    """Names the derivative without telling anything of the master."""
    key = f"{folio.master.sha256}/{folio.pk}/{path}"
    return f'"{salted_hmac("iiif-image", key).hexdigest()[:32]}"'


def _invalid(error: InvalidImageRequest) -> HttpResponse:
    return HttpResponse(
        str(error), status=400, content_type="text/plain; charset=utf-8"
    )
