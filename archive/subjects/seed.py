"""The list that the thesaurus begins with: articles 6 to 19 of the draft regulation.

A short list of terms of our own choice, each with its article as source; the text is a
draft, 《绍兴市“枫桥经验”传承发展条例（草案送审稿）》, never cited as a rule in force.
"""

import csv
from pathlib import Path
from typing import Any

from archive.models.subjects import PATH_STEP
from archive.names import split
from archive.pinyin import initials
from archive.suggestions import INITIALS_LENGTH, key_of

SEED = Path(__file__).parent / "seed.csv"


def plant(subjects: Any, terms: Any) -> None:
    """Fill empty tables; the models are given, as a migration knows them then."""
    if subjects.objects.exists():
        return
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_label: dict[str, Any] = {}
    for row in rows:
        broader = by_label.get(row["上位词"])
        one = subjects.objects.create(
            number=row["编号"],
            label=row["正式词"],
            label_en=row["英文"],
            broader=broader,
            scope_note=row["范围注释"],
            source=row["来源"],
        )
        one.path = f"{broader.path if broader else ''}{one.pk:0{PATH_STEP}d}"
        one.save(update_fields=["path"])
        by_label[one.label] = one
        names = [one.label, one.label_en, *split(row["非正式词"])]
        terms.objects.bulk_create(
            terms(
                folded=key_of(name),
                text=name,
                initials=initials(name)[:INITIALS_LENGTH],
                subject=one,
            )
            for name in names
        )
    for row in rows:
        related = (by_label[label] for label in split(row["相关词"]))
        by_label[row["正式词"]].related.add(*related)
