"""What the search index was told of pages."""

from django.db import models

from archive.suggestions import INITIALS_LENGTH, KEY_LENGTH


class IndexedPage(models.Model):
    """The version of a page's index document, and what was last read out of the page.

    Not a foreign key, and never deleted: the index lets an older version lose, so the
    number of a page that is gone must still be known. ``parts``, ``summary``, ``day``
    and ``is_demonstration`` are as of ``read_version``: where ``version`` is another,
    the page has to be read again. With them, hits cost no look into the pages.
    """

    page_id = models.PositiveBigIntegerField(primary_key=True)
    version = models.PositiveBigIntegerField(default=1)
    read_version = models.PositiveBigIntegerField(null=True)
    parts = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    day = models.DateField(null=True)
    is_demonstration = models.BooleanField(default=False)
    # What its title is offered by while somebody types: see archive.suggestions.
    folded = models.CharField(max_length=KEY_LENGTH, blank=True, db_index=True)
    initials = models.CharField(max_length=INITIALS_LENGTH, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.page_id}"
