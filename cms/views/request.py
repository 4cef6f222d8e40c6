"""The request as views know it."""

from django.http import HttpRequest

from archive.readers import Reader


class ReaderRequest(HttpRequest):
    """A request after ``cms.readers.ReaderMiddleware``; only for annotations."""

    reader: Reader
