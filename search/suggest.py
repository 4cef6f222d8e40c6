"""What is offered while somebody types: only what this reader would find.

Titles of records come from the engine, under the reader's own access; concepts are
offered where they lead to something the reader may find, whichever of their names was
typed; pages while they are shown. Nothing is read from a table and offered as it is.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.readers import Reader
from archive.seen import RecordView, see
from archive.subjects.found import labels_in_english, named
from search.engines.base import Access, Filters, SearchRequest
from search.index import engine
from search.query import Phrase
from search.request import access_for, language_read
from search.stories import CATALOGUE, Story, stories
from search.tokens import tokens

MOST: Final = 10
LONGEST: Final = 60
"""What is longer is no title in the making any more."""

_SUBJECTS, _STORIES = 3, 4


@dataclass(frozen=True, slots=True)
class Offer:
    """One of ``subject``, ``story`` and ``record`` is set: what it leads to.

    ``subject`` is the preferred label; ``note`` the other name that was typed.
    """

    text: str
    note: str = ""
    subject: str = ""
    story: Story | None = None
    record: RecordView | None = None


def suggest(typed: str, reader: Reader) -> list[Offer]:
    """At most ``MOST``, each text once; none for a blank or for a long text.

    A constant number of queries. Raises ``SearchUnavailable``.
    """
    words = tuple(token.text for token in tokens(typed))
    if not words or len(typed) > LONGEST:
        return []
    access = access_for(reader)
    offers = [
        *_subjects(typed, access),
        *_stories(typed),
        *_records(words, access, reader),
    ]
    once = {(offer.text, bool(offer.subject)): offer for offer in reversed(offers)}
    return list(reversed(once.values()))[:MOST]


def _subjects(typed: str, access: Access) -> list[Offer]:
    names = named(typed)
    if not names:
        return []
    led_to = engine().present("subject", list(names), access, language_read())
    labels = [label for label in names if label in led_to][:_SUBJECTS]
    chinese = (get_language() or "").startswith("zh")
    english = {} if chinese else labels_in_english(labels)
    return [
        Offer(
            text=english.get(label, label),
            note=""
            if names[label] == label
            else _("即“%(name)s”") % {"name": names[label]},
            subject=label,
        )
        for label in labels
    ]


def _stories(typed: str) -> list[Offer]:
    called = stories().called(typed, language_read(), _STORIES)
    return [Offer(story.title, story=story) for story in called]


def _records(words: tuple[str, ...], access: Access, reader: Reader) -> list[Offer]:
    request = SearchRequest(
        Phrase(words),
        access,
        Filters({"section": (CATALOGUE,)}),
        titles_only=True,
        limit=MOST,
    )
    found = [hit.source_id for hit in engine().search(request).hits]
    views = see(found, reader, pages=False)
    return [Offer(views[pk].title, record=views[pk]) for pk in found if pk in views]
