"""Path converters."""

from django.urls import register_converter


class ReferenceCodeConverter:
    """A reference code (档号): anything that ingest would accept as one, and more.

    What no record has is a matter for the view, whose answer is the same 404 as
    for a record that the reader may not see.
    """

    regex = r"[^/?#%\\\x00-\x1f\x7f]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceCodeConverter, "code")
