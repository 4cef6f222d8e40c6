"""What the sources of a page looked like when it was last published."""

from django.db import models


class SourceState(models.Model):
    """``digests`` maps each source of the page to a digest of what the public saw.

    Keys are those of ``cms.evidence.changes``. No words of a record are kept.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+"
    )
    digests = models.JSONField(default=dict)
    taken_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"sources of page {self.page_id}"
