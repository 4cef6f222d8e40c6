"""Full texts of outputs, and who may have the file.

A document that is the full text of an output goes out only as the output says, by
whatever address it is asked for; and one in the collection of full texts goes out only
if a published output opens it. So it is closed from the moment it is uploaded there.
"""

from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.models import Collection, Locale

from archive.openness import Audience

COLLECTION = "研究成果全文"


def collection() -> Collection:
    """The collection whose files nobody gets but through an output; made if missing."""
    found = Collection.objects.filter(name=COLLECTION).first()
    if found is None:
        root = Collection.get_first_root_node() or Collection.add_root(name="Root")
        found = root.add_child(name=COLLECTION)
    return found


def may_have(document: Any, request: HttpRequest) -> bool:
    """Whether the reader of ``request`` may have the file of ``document``.

    Every output that it is the full text of must allow it; drafts and withdrawn ones
    do not. A translation allows no more than its original, and while it is not
    published it says nothing. Readers in the reading room get what is 馆内, people of
    the house all.
    """
    audience = _audience(request)
    if audience is Audience.STAFF:
        return True
    outputs: Any = apps.get_model("cms", "OutputPage")
    bearing = list(outputs.objects.filter(document=document))
    if not bearing:
        above = document.collection.get_ancestors(inclusive=True)
        return not above.filter(name=COLLECTION).exists()
    allowed = {outputs.FullText.OPEN.value}
    if audience >= Audience.READING_ROOM:
        allowed.add(outputs.FullText.IN_HOUSE.value)
    keys = {one.translation_key for one in bearing}
    shown = outputs.objects.live().public().filter(translation_key__in=keys)
    shown_ids = set(shown.values_list("pk", flat=True))
    default = Locale.get_default().pk
    originals = shown.filter(locale_id=default)
    shown_keys = set(originals.values_list("translation_key", flat=True))
    own = {one.translation_key for one in bearing if one.locale_id == default}
    return all(
        one.pk in shown_ids
        and one.translation_key in shown_keys
        and one.full_text in allowed
        for one in bearing
        # A translation that is being written, beside its original.
        if one.pk in shown_ids
        or one.locale_id == default
        or one.translation_key not in own
    )


def _audience(request: HttpRequest) -> Audience:
    reader = getattr(request, "reader", None)
    return reader.audience if reader is not None else Audience.PUBLIC
