"""Which concepts of the thesaurus the public, and so an editor, may know of.

A concept may have been taken from a closed record: then its very name is a secret.
Everyone may know of one in use (正式) that has a source outside the records (as those
of the articles have), that a record open to everyone bears, or a published page.
"""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from archive.models import Subject, Term
from archive.names import joined
from archive.suggestions import MOST, Suggestion, found, key_of
from cms.knowledge import gathering, open_records
from cms.languages import translated

# Names are looked at in steps, as most of them may be secrets.
_LOOKED_AT = MOST * 3


def known_among(subjects: Iterable[Subject]) -> list[Subject]:
    """Those of ``subjects`` that are public, in their order.

    A constant number of queries; while the search is down, none by its records.
    """
    used = [one for one in subjects if one.status == Subject.Status.APPROVED]
    doubtful = [one for one in used if not one.source.strip()]
    open_labels = open_records.count_records(one.label for one in doubtful) or {}
    closed = [one for one in doubtful if one.label not in open_labels]
    on_pages = _on_pages(closed) if closed else frozenset()
    secret = {one.pk for one in closed} - on_pages
    return [one for one in used if one.pk not in secret]


def suggest(typed: str) -> list[Suggestion]:
    """At most ``MOST``, by their preferred labels only."""
    terms = found(_labels(), typed)[:_LOOKED_AT]
    offered = {term.subject.pk: term.subject for term in terms if term.subject}
    return [
        Suggestion(joined([one.label]), joined([one.label]), one.label_en)
        for one in known_among(offered.values())[:MOST]
    ]


def called(names: Iterable[str]) -> dict[str, Subject]:
    """By the key of each of these preferred labels the concept, if it is public."""
    keys = {key_of(name) for name in names}
    rows = list(_labels().filter(folded__in=keys))
    public = {one.pk for one in known_among(row.subject for row in rows if row.subject)}
    return {
        row.folded: row.subject
        for row in rows
        if row.subject is not None and row.subject.pk in public
    }


def _labels() -> QuerySet[Term]:
    """The names of concepts that are their preferred labels."""
    labels = Q(text=F("subject__label")) | Q(text=F("subject__label_en"))
    return Term.objects.filter(labels).select_related("subject")


def _on_pages(subjects: Iterable[Subject]) -> frozenset[int]:
    wanted = [one.pk for one in subjects]
    borne: set[int] = set()
    for source in gathering.sources():
        if isinstance(source, gathering.PageSource):
            pages = translated.originals(source.model).filter(subjects__in=wanted)
            borne.update(pages.order_by().values_list("subjects", flat=True))
    return frozenset(borne)
