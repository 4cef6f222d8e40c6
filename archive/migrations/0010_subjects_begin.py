"""The thesaurus begins with its seed; records that are there get their terms.

Apart from the tables, so that PostgreSQL has nothing pending when they are altered.
"""

from django.db import migrations
from django.db.models import F

from archive.models.tags import spelled
from archive.pinyin import initials
from archive.subjects.names import keyed
from archive.subjects.seed import plant
from archive.suggestions import INITIALS_LENGTH

CHUNK = 500


def plant_seed(apps, schema_editor):
    plant(apps.get_model("archive.Subject"), apps.get_model("archive.Term"))


def read_texts(apps, schema_editor):
    """Rows for what the element ``subjects`` of each record holds, chunk by chunk."""
    Record = apps.get_model("archive.Record")
    described = Record.objects.exclude(subjects="").order_by("pk")
    rows = described.values_list("pk", "subjects")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        read_chunk(apps, {pk: keyed(text) for pk, text in chunk})
        last = chunk[-1][0]


def read_chunk(apps, wanted):
    Term = apps.get_model("archive.Term")
    names = {key: name for each in wanted.values() for key, name in each.items()}
    keys = sorted(names)
    terms = {}
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        Term.objects.bulk_create(
            (
                Term(
                    folded=key,
                    text=names[key],
                    initials=initials(names[key])[:INITIALS_LENGTH],
                )
                for key in part
            ),
            ignore_conflicts=True,
        )
        terms |= {term.folded: term for term in Term.objects.filter(folded__in=part)}
    RecordTerm = apps.get_model("archive.RecordTerm")
    RecordTerm.objects.bulk_create(
        (
            RecordTerm(record_id=record, term=terms[key])
            for record, each in wanted.items()
            for key in each
        ),
        batch_size=CHUNK,
    )
    # A record about a concept is found under what is broader from now on.
    about = [
        record
        for record, each in wanted.items()
        if any(terms[key].subject_id for key in each)
    ]
    Record = apps.get_model("archive.Record")
    Record.objects.filter(pk__in=about).update(version=F("version") + 1)
    OutboxRow = apps.get_model("archive.OutboxRow")
    OutboxRow.objects.bulk_create(OutboxRow(record_id=record) for record in about)


def spell_tags(apps, schema_editor):
    Tag, TagSpelling = apps.get_model("taggit.Tag"), apps.get_model("archive.TagSpelling")
    rows = Tag.objects.order_by("pk").values_list("pk", "name")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        TagSpelling.objects.bulk_create(
            TagSpelling(tag_id=pk, **spelled(name)) for pk, name in chunk
        )
        last = chunk[-1][0]


class Migration(migrations.Migration):
    dependencies = [("archive", "0009_subjects")]

    operations = [
        migrations.RunPython(plant_seed, migrations.RunPython.noop),
        migrations.RunPython(read_texts, migrations.RunPython.noop),
        migrations.RunPython(spell_tags, migrations.RunPython.noop),
    ]
