"""The outbox speaks of more than records: of pages, by negative numbers."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("archive", "0012_proposals")]

    operations = [
        migrations.RenameField("outboxrow", "record_id", "source_id"),
        migrations.AlterField(
            "outboxrow", "source_id", models.BigIntegerField(db_index=True)
        ),
        migrations.AddField("outboxrow", "hides", models.BooleanField(default=False)),
        migrations.AddIndex(
            "outboxrow",
            models.Index(
                condition=Q(hides=True), fields=["source_id"], name="outbox_hides"
            ),
        ),
    ]
