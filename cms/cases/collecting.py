"""Collections of cases: which there are, what is in them, what holds a case."""

from typing import Any

from django.apps import apps
from wagtail.models import Page

from cms.languages import translated


def case_model() -> Any:
    return apps.get_model("cms", "CasePage")


def _collection_model() -> Any:
    return apps.get_model("cms", "CaseCollectionPage")


def cases_of(collection: Any) -> list[Any]:
    """Its cases in their order, each once, as everyone may read them now.

    In the reader's language where they are translated; a constant number of queries.
    """
    ids = list(dict.fromkeys(_ids(collection)))
    found = originals().filter(pk__in=ids)
    by_id = {case.pk: case for case in found}
    ordered = [by_id[pk] for pk in ids if pk in by_id]
    return translated.readable(ordered, "dispute", "methods")


def originals() -> Any:
    """The live public cases, with what lists show of them."""
    cases = translated.originals(case_model())
    return cases.select_related("dispute").prefetch_related("methods")


def collections() -> list[Page]:
    """All of them, in the order of the tree, in the reader's language."""
    found = translated.originals(_collection_model()).order_by("path")
    return translated.readable(found)


def holding(case: Any) -> list[Page]:
    """The live collections that this case, or the one it translates, is in."""
    from cms.languages.translated import original_of

    original = original_of(case) or case
    found = translated.originals(_collection_model()).order_by("path")
    return translated.readable([one for one in found if original.pk in _ids(one)])


def _ids(collection: Any) -> list[int]:
    """From what is stored: no case is fetched to be named."""
    return [
        int(one["value"])
        for one in collection.cases.raw_data
        if one["type"] == "case" and one.get("value")
    ]
