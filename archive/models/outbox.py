"""What the search index has yet to hear."""

from django.db import models
from django.db.models import Q

from archive.models.prefixes import PrefixField


class OutboxRow(models.Model):
    """The index documents of ``source_id`` are out of date.

    A record's id, or of what another package lets be found the negative of its id:
    so no record and no grant ever meets it. Not a foreign key: the row outlives a
    deleted record, whose ``Tombstone`` then says so. ``hides``: no query shows the
    source until this row is drained. ``failed`` is set when the engine refuses the
    document for good: the drain passes over the row, and whoever looks after the
    index sees it.
    """

    source_id = models.BigIntegerField(db_index=True)
    hides = models.BooleanField(default=False)
    failed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (
            # Asked by every search; of millions of rows hardly one hides anything.
            models.Index(
                fields=("source_id",), condition=Q(hides=True), name="outbox_hides"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id}"


class Tombstone(models.Model):
    """A deleted record: the version that its index documents must give way to."""

    record_id = models.PositiveBigIntegerField(unique=True)
    reference_code = PrefixField(max_length=120, db_index=True)
    version = models.PositiveBigIntegerField()
    deleted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.reference_code


class Exclusion(models.Model):
    """Every query leaves out the subtree at ``path`` until its rows are drained.

    Written in the transaction that makes records less open, so that no reader
    meets the old index documents in the meantime. In force while the outbox
    holds a row up to ``last_row``.
    """

    path = models.CharField(max_length=255)
    last_row = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.path


class Generation(models.Model):
    """A token that changes whenever a kind of content does: see ``archive.generation``.

    ``name`` is the kind. The token is random and never comes back.
    """

    name = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.name} {self.token}"
