"""The names in a record's element ``subjects``, and the rows that follow from it.

The text is what the archivist wrote and stays so. Beside it stand rows of
``RecordTerm``, kept by ``archive.records`` in the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from archive.models import RecordTerm, Term
from archive.names import split
from archive.pinyin import initials
from archive.suggestions import INITIALS_LENGTH, key_of

_CHUNK = 500


def tidy(name: str) -> str:
    """Without white space around it, and one blank for any within."""
    return " ".join(name.split())


def keyed(text: str) -> dict[str, str]:
    """The names of an element's text by their keys, as first written."""
    found: dict[str, str] = {}
    for name in split(text):
        if key := key_of(tidy(name)):
            found.setdefault(key, tidy(name))
    return found


def new_term(key: str, text: str) -> Term:
    """A term of no concept, not yet saved."""
    return Term(folded=key, text=text, initials=initials(text)[:INITIALS_LENGTH])


def keep(texts: Mapping[int, str]) -> None:
    """Have the terms of these records (by id) be those that the texts hold.

    The caller is in the transaction that writes the texts.
    """
    wanted = {record: keyed(text) for record, text in texts.items()}
    terms = _terms({key: one for each in wanted.values() for key, one in each.items()})
    for chunk in _chunks(sorted(wanted)):
        RecordTerm.objects.filter(record__in=chunk).delete()
        RecordTerm.objects.bulk_create(
            (
                RecordTerm(record_id=record, term_id=terms[key])
                for record in chunk
                for key in wanted[record]
            ),
            batch_size=_CHUNK,
        )


def of_keys(keys: Iterable[str]) -> dict[str, Term]:
    """The terms that there are, by key, with their concepts."""
    found: dict[str, Term] = {}
    for chunk in _chunks(sorted(set(keys))):
        rows = Term.objects.filter(folded__in=chunk).select_related("subject")
        found |= {term.folded: term for term in rows}
    return found


def _terms(wanted: Mapping[str, str]) -> dict[str, int]:
    """Ids by key; missing terms are made, also where another process is faster."""
    ids: dict[str, int] = {}
    for chunk in _chunks(sorted(wanted)):
        rows = Term.objects.filter(folded__in=chunk)
        ids.update(rows.values_list("folded", "pk"))
        missing = [key for key in chunk if key not in ids]
        if missing:
            made = (new_term(key, wanted[key]) for key in missing)
            Term.objects.bulk_create(made, ignore_conflicts=True)
            ids.update(rows.values_list("folded", "pk"))
    return ids


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
