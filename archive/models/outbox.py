"""What the search index has yet to hear."""

from django.db import models

from archive.models.prefixes import PrefixField


class OutboxRow(models.Model):
    """The index documents of ``record_id`` are out of date.

    Not a foreign key: the row outlives a deleted record, whose ``Tombstone``
    then says so. ``failed`` is set when the engine refuses the document for good:
    the drain passes over the row, and whoever looks after the index sees it.
    """

    record_id = models.PositiveBigIntegerField(db_index=True)
    failed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.record_id}"


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
