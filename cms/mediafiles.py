"""Sound, film and captions as browsers want them: typed, inline, in ranges.

They are documents of Wagtail's like any other and keep its addresses and the
restrictions of their collection; only how their bytes are sent is ours. Safari plays
nothing, and no browser can jump, without ranges.
"""

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from cms.models.uploads import SiteDocument

AUDIO = ("mp3", "m4a", "ogg", "wav")
VIDEO = ("mp4", "webm")
CAPTIONS = ("vtt",)
MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
}
_CHUNK = 64 * 1024
# One range; to several the answer is the whole file, as RFC 9110 allows.
_RANGE = re.compile(r"bytes=(?=\S*\d)(\d{0,18})-(\d{0,18})$")


def kind_of(filename: str) -> str:
    """The suffix, without the point, in lower case."""
    return filename.rpartition(".")[2].lower()


def speaks_vtt(document: SiteDocument) -> bool:
    """Whether the file begins as WebVTT does."""
    with document.open_file() as file:
        return bool(file.read(16).removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"))


def is_media(filename: str) -> bool:
    return kind_of(filename) in MEDIA_TYPES


def serve(document: SiteDocument, request: HttpRequest) -> HttpResponseBase:
    """The media file or the range of it that was asked for.

    200, 206, 304, or 416 for a range outside the file.
    """
    media_type = MEDIA_TYPES[kind_of(document.filename)]
    size = document.file.size
    etag = f'"{document.get_file_hash()}"'
    if request.headers.get("If-None-Match") == etag:
        return _finish(HttpResponse(status=304), etag)
    wanted = _RANGE.match(request.headers.get("Range", ""))
    if request.headers.get("If-Range", etag) != etag:
        wanted = None
    bounds = _bounds(wanted, size)
    if bounds is None:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _finish(response, etag)
    first, last = bounds
    response = StreamingHttpResponse(
        _read(document, first, last - first + 1),
        status=206 if wanted else 200,
        content_type=media_type,
    )
    response["Content-Length"] = str(last - first + 1)
    if wanted:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _finish(response, etag)


def _finish(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bounds(wanted: re.Match[str] | None, size: int) -> tuple[int, int] | None:
    """First and last byte; None where the range lies outside.

    Without a range, the whole file.
    """
    if wanted is None:
        return 0, size - 1
    first, last = wanted.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) and size else None
    begin = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return (begin, end) if begin <= end and begin < size else None


def _read(document: SiteDocument, first: int, length: int) -> Iterator[bytes]:
    """Opened at the first byte that is asked for, closed after the last."""
    with document.file.storage.open(document.file.name) as file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
