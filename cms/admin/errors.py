"""What the admin refuses on top of what the archive refuses."""

from django.utils.translation import gettext as _

from archive.errors import ArchiveError


class TooManyRecords(ArchiveError):
    """More records in one step than a person can answer for."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("一次至多处理 %(limit)d 件档案，请分批进行。") % {"limit": limit}
        )
