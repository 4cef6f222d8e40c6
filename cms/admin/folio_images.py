"""Addresses of page images and of the public viewer, for the admin's screens."""

from django.urls import reverse

from archive.models import Folio
from archive.seen import IMAGE_VIEW_VERSION
from cms.scans import iiif_url, listed_size

THUMBNAIL = 250
PAGE = 1200


def thumbnail_url(folio: Folio) -> str:
    """A small image of the page; needs ``folio.master``."""
    return _at_width(folio, THUMBNAIL)


def page_url(folio: Folio) -> str:
    """An image of the page that can be read; needs ``folio.master``."""
    return _at_width(folio, PAGE)


def viewer_url(folio: Folio) -> str:
    """The page in the viewer, where staff see what readers would; needs the record."""
    return reverse("viewer", args=(folio.record.reference_code, folio.sequence))


def _at_width(folio: Folio, wide: int) -> str:
    size = listed_size(folio.master.width, folio.master.height, wide)
    return iiif_url(f"{folio.pk}-{IMAGE_VIEW_VERSION}", size=size)
