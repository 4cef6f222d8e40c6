"""Telling the search index of pages: in the transaction that changes them.

Everything that makes or changes a page (editing, publishing at once or on a day,
unpublishing, copying, moving, aliases, translations) saves it in a transaction of its
own and sends ``post_save`` within; deleting sends ``post_delete``. Drafts save a few
columns that nobody is shown. What is not shown any more is in no answer from that
commit on; see ``archive.outbox``.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction, Site, get_page_models

from archive import outbox
from archive.subjects.signals import thesaurus_changed
from cms.languages.prefixes import DEFAULT
from cms.models import IndexedPage
from cms.page_search.kinds import page_models
from cms.page_search.source import shown
from search.stories import source_id

_LANGUAGE: Final = "locale__language_code"
_UNSEEN: Final = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "draft_title"),
        *("has_unpublished_changes", "live_revision", "numchild"),
        *("locked", "locked_by", "locked_at"),
    }
)
"""Columns that change nothing about what is found."""


def connect() -> None:
    """Listen to Wagtail; called once, when the site starts."""
    for model in get_page_models():
        post_save.connect(_saved, sender=model, dispatch_uid="page_index")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="page_index")
    # Before it is there, too: it is written in a transaction without us.
    pre_save.connect(
        _restricting, sender=PageViewRestriction, dispatch_uid="page_index"
    )
    for signal in (post_save, post_delete):
        signal.connect(
            _restricted, sender=PageViewRestriction, dispatch_uid="page_index"
        )
        signal.connect(_site_changed, sender=Site, dispatch_uid="page_index")
    thesaurus_changed.connect(_subjects_changed, dispatch_uid="page_index")


def tell(pages: QuerySet[Page], *, closing: bool = False) -> None:
    """The index is to hear of ``pages`` and of the same pages in other languages.

    A translation takes the place of its original in its language, leaves it again, and
    is shown no longer than the original. What is not shown now is hidden from this
    commit on; with ``closing`` so are all ``pages``, and the translations of originals.
    """
    rows = list(pages.order_by().values_list("pk", "translation_key", _LANGUAGE))
    ids = {pk for pk, _key, _language in rows}
    related = Page.objects.filter(translation_key__in={key for _pk, key, _lg in rows})
    others = dict(related.values_list("pk", "translation_key"))
    originals = {key for _pk, key, language in rows if language == DEFAULT}
    governed = {pk for pk, key in others.items() if key in originals}
    _tell(ids | others.keys(), closing=ids | governed if closing else ())


def _tell(ids: set[int], closing: Iterable[int] = ()) -> None:
    with transaction.atomic():
        open_now = shown(Page.objects.filter(pk__in=ids)).values_list("pk", flat=True)
        open_ids = set(open_now) - set(closing)
        known = IndexedPage.objects.filter(page_id__in=ids)
        known.update(version=F("version") + 1)
        known_ids = set(known.values_list("page_id", flat=True))
        IndexedPage.objects.bulk_create(
            (IndexedPage(page_id=pk) for pk in sorted(open_ids - known_ids)),
            ignore_conflicts=True,
        )
        _write(open_ids, hide=False)
        _write(known_ids - open_ids, hide=True)


def _write(ids: set[int], *, hide: bool) -> None:
    outbox.others_changed(map(source_id, sorted(ids)), hide=hide)


def _saved(
    sender: type[Page],
    instance: Page,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    if update_fields is not None and _UNSEEN.issuperset(update_fields):
        return
    if sender is not Page and sender not in page_models():
        return
    # A page is saved as its bare self where it is moved, with all below it.
    below = sender is Page and not kwargs["created"]
    tell(_branch(instance.pk) if below else Page.objects.filter(pk=instance.pk))


def _deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    related = Page.objects.filter(translation_key=instance.translation_key)
    _tell({instance.pk, *related.values_list("pk", flat=True)})


def _restricting(
    sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any
) -> None:
    tell(_branch(instance.page_id), closing=True)


def _restricted(
    sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any
) -> None:
    tell(_branch(instance.page_id))


def _site_changed(sender: type[Site], **kwargs: Any) -> None:
    """Another front page: other pages have an address."""
    Site.clear_site_root_paths_cache()
    tell(shown(Page.objects.all()) | Page.objects.filter(pk__in=_all_known()))


def _subjects_changed(sender: object, **kwargs: Any) -> None:
    """Concepts are called otherwise, or stand elsewhere: so do the pages on them."""
    tell(_about_concepts())


def _about_concepts() -> QuerySet[Page]:
    """The pages that bear concepts."""
    about = Q(pk__in=())
    for model in page_models():
        if any(field.name == "subjects" for field in model._meta.get_fields()):
            bearing = model.objects.exclude(subjects=None)
            about |= Q(pk__in=bearing.values("pk"))
    pages: QuerySet[Page] = Page.objects.filter(about)
    return pages


def _branch(page_id: int) -> QuerySet[Page]:
    """The page, if it is still there, and all below it."""
    pages: QuerySet[Page] = Page.objects.all()
    path = pages.filter(pk=page_id).values_list("path", flat=True).first()
    return pages.none() if path is None else pages.filter(path__startswith=path)


def _all_known() -> QuerySet[Any]:
    return IndexedPage.objects.values("page_id")
