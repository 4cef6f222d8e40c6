"""The pages of the site as search finds them: see ``search.stories``.

A page is found while it is live, under no restriction of Wagtail's, on a site, and of
a kind that says so; a translation, while all that is true of its original. What readers
get is what everyone gets: pages know no audiences.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from wagtail.models import Page

from archive.pinyin import initials
from archive.subjects.found import index_values
from archive.suggestions import INITIALS_LENGTH, KEY_LENGTH, found, key_of
from cms.languages.prefixes import CODES, DEFAULT
from cms.languages.translated import remember_originals
from cms.models import IndexedPage
from cms.models.base import SitePage
from cms.page_search import kinds
from cms.page_search.text import Said, read
from search.documents import years
from search.engines.base import (
    PUBLIC,
    STAFF,
    IndexDocument,
    Tombstone,
    document_id,
)
from search.stories import Story, source_id

_CHUNK = 500
_READ = (
    *("read_version", "parts", "summary", "day", "is_demonstration"),
    *("folded", "initials"),
)
# Looked at for a handful of suggestions: not all that are called so are shown.
_CANDIDATES = 50


def shown(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those of ``pages`` that are found, at this moment.

    A translation is found while its original is: see ``cms.languages.translated``.
    """
    candidates = _candidates()
    originals = candidates.filter(_on_a_site(), locale__language_code=DEFAULT)
    # The same page again, in the same language: once is enough.
    originals = originals.exclude(alias_of__locale=F("locale"))
    translations = candidates.filter(
        alias_of=None, translation_key__in=originals.values("translation_key")
    )
    return pages.filter(
        Q(pk__in=originals.values("pk"))
        | Q(pk__in=translations.exclude(locale__language_code=DEFAULT).values("pk"))
    )


def _candidates() -> QuerySet[Page]:
    """Live pages of the kinds that are found, under no restriction of Wagtail's."""
    models = kinds.page_models()
    types = ContentType.objects.get_for_models(*models).values()
    pages: QuerySet[Page] = Page.objects.filter(live=True, content_type__in=types)
    return pages.exclude(Page.objects.all().private_q())


def _on_a_site() -> Q:
    """Below the front page of a site."""
    fronts = Page.objects.filter(sites_rooted_here__isnull=False)
    below = Q(pk__in=())
    for path in fronts.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return below


class PageSource:
    """``StorySource`` over Wagtail's pages."""

    def kinds(self) -> Mapping[str, str]:
        """See ``StorySource``."""
        return kinds.kinds()

    def sections(self) -> Mapping[str, str]:
        """See ``StorySource``."""
        return kinds.sections()

    def see(self, page_ids: Iterable[int], *, text: bool) -> dict[int, Story]:
        """See ``StorySource``; pages changed since they were read are read now."""
        ids = list(page_ids)
        pages = list(shown(Page.objects.filter(pk__in=ids)).select_related("locale"))
        remember_originals(pages)
        said = _said(ids, text=text)
        stories = [
            _story(page, said[page.pk], text=text) for page in pages if page.pk in said
        ]
        return {story.page_id: story for story in stories if story.url}

    def called(self, typed: str, language: str, limit: int) -> list[Story]:
        """See ``StorySource``."""
        ranked = found(IndexedPage.objects.all(), typed)
        ids = list(ranked.values_list("page_id", flat=True)[:_CANDIDATES])
        pages = shown(Page.objects.filter(pk__in=ids)).select_related("locale")
        spoken = _languages(list(pages))
        heard = [pk for pk in ids if pk in spoken and language in spoken[pk]]
        told = self.see(heard[:limit], text=False)
        return [told[pk] for pk in heard[:limit] if pk in told]

    def documents(
        self, page_ids: Iterable[int]
    ) -> tuple[Sequence[IndexDocument], Sequence[Tombstone]]:
        """See ``StorySource``; remembers what the pages say."""
        ids = list(page_ids)
        # The number before the page: who reads too much is only read again.
        versions = _versions(ids)
        open_now = shown(Page.objects.filter(pk__in=ids)).select_related("locale")
        bare = list(open_now)
        whole = Page.objects.filter(pk__in=[page.pk for page in bare]).specific()
        pages = {page.pk: page for page in whole if isinstance(page, SitePage)}
        said = {pk: read(page) for pk, page in pages.items()}
        _remember(pages, said, versions)
        subjects = _subjects(pages.values())
        spoken = _languages(bare)
        documents = [
            _document(
                pages[page.pk],
                said[page.pk],
                versions[page.pk],
                subjects[page.pk],
                spoken[page.pk],
            )
            for page in bare
            if page.pk in pages
        ]
        deletes = [
            Tombstone(document_id(source_id(pk), PUBLIC), version)
            for pk, version in versions.items()
            if pk not in pages
        ]
        return documents, deletes

    def ids(self, after: int, limit: int) -> list[int]:
        """See ``StorySource``."""
        pages = shown(Page.objects.filter(pk__gt=after)).order_by("pk")
        return list(pages.values_list("pk", flat=True)[:limit])

    def count(self) -> int:
        """See ``StorySource``."""
        return shown(Page.objects.all()).count()

    def expected(self) -> Iterator[tuple[str, int]]:
        """See ``StorySource``."""
        after = 0
        while ids := self.ids(after, _CHUNK):
            known = IndexedPage.objects.filter(page_id__in=ids)
            versions = dict(known.values_list("page_id", "version"))
            for pk in ids:
                yield document_id(source_id(pk), PUBLIC), versions.get(pk, 0)
            after = ids[-1]

    def was_indexed(self) -> bool:
        """See ``StorySource``."""
        return IndexedPage.objects.filter(read_version__isnull=False).exists()

    def names(self, page_ids: Iterable[int]) -> list[str]:
        """See ``StorySource``."""
        pages = Page.objects.filter(pk__in=list(page_ids))
        return list(pages.values_list("title", flat=True))


def _said(ids: list[int], *, text: bool) -> dict[int, Said]:
    """What each page says: as it was last read, unless it was changed since."""
    known = IndexedPage.objects.filter(page_id__in=ids, read_version=F("version"))
    if not text:
        known = known.defer("parts")
    said = {
        row.page_id: Said(
            tuple(row.parts) if text else (),
            row.summary,
            row.day,
            row.is_demonstration,
        )
        for row in known
    }
    stale = [pk for pk in ids if pk not in said]
    if stale:
        pages = Page.objects.filter(pk__in=stale).specific()
        said |= {page.pk: read(page) for page in pages if isinstance(page, SitePage)}
    return said


def _story(page: Page, said: Said, *, text: bool) -> Story:
    model: type[SitePage] = page.specific_class
    return Story(
        page_id=page.pk,
        kind=model.search_kind,
        section=kinds.section_of(model),
        title=page.title,
        summary=said.summary,
        url=page.get_url() or "",
        day=said.day,
        is_demonstration=said.is_demonstration,
        parts=said.parts if text else (),
    )


def _document(
    page: SitePage,
    said: Said,
    version: int,
    subjects: tuple[str, ...],
    languages: tuple[str, ...],
) -> IndexDocument:
    day = said.day.isoformat() if said.day else None
    return IndexDocument(
        id=document_id(source_id(page.pk), PUBLIC),
        source_id=source_id(page.pk),
        version=version,
        audience_min=PUBLIC,
        audience_max=STAFF,
        path="",
        reference_code="",
        title=page.title,
        text="\n".join(said.parts),
        section=kinds.section_of(type(page)),
        type=page.search_kind,
        subjects=subjects,
        years=years(said.day, said.day),
        date_min=day,
        date_max=day,
        # None: a page that everyone finds need not be told apart.
        languages=() if set(languages) >= set(CODES) else languages,
    )


def _versions(ids: list[int]) -> dict[int, int]:
    """By id; pages that the index never heard of get their first number."""
    known = IndexedPage.objects.filter(page_id__in=ids)
    versions = dict(known.values_list("page_id", "version"))
    unknown = [pk for pk in ids if pk not in versions]
    if unknown:
        new = shown(Page.objects.filter(pk__in=unknown)).values_list("pk", flat=True)
        IndexedPage.objects.bulk_create(
            (IndexedPage(page_id=pk) for pk in new), ignore_conflicts=True
        )
        versions |= dict(known.values_list("page_id", "version"))
    return versions


def _remember(
    pages: Mapping[int, SitePage],
    said: Mapping[int, Said],
    versions: Mapping[int, int],
) -> None:
    IndexedPage.objects.bulk_update(
        (
            IndexedPage(
                page_id=pk,
                read_version=versions[pk],
                parts=list(one.parts),
                summary=one.summary,
                day=one.day,
                is_demonstration=one.is_demonstration,
                folded=key_of(pages[pk].title)[:KEY_LENGTH],
                initials=initials(pages[pk].title)[:INITIALS_LENGTH],
            )
            for pk, one in said.items()
        ),
        _READ,
        batch_size=_CHUNK,
    )


def _subjects(pages: Iterable[Any]) -> dict[int, tuple[str, ...]]:
    """The concepts of each page and all above them, as records are found by them."""
    texts = {
        page.pk: "；".join(one.label for one in page.subjects.all())
        if hasattr(page, "subjects")
        else ""
        for page in pages
    }
    values = index_values(set(texts.values()))
    return {pk: values.get(text, ()) for pk, text in texts.items()}


def _languages(pages: list[Page]) -> dict[int, tuple[str, ...]]:
    """In which languages of the site each page is found.

    An original is found wherever it has no translation that is shown, a translation in
    its own language alone.
    """
    keys = {page.translation_key for page in pages}
    related = shown(Page.objects.filter(translation_key__in=keys))
    held: dict[Any, set[str]] = {}
    for key, code in related.values_list("translation_key", "locale__language_code"):
        held.setdefault(key, set()).add(code)
    spoken: dict[int, tuple[str, ...]] = {}
    for page in pages:
        own = page.locale.language_code
        others = held.get(page.translation_key, set()) - {own}
        found_in = set(CODES) - others if own == DEFAULT else {own}
        spoken[page.pk] = tuple(sorted(found_in))
    return spoken
