"""Telling the page cache that the site's own content has changed.

Editors are few, so any save or deletion of what a page may be made of renews the
token of ``archive.generation``, within the transaction where there is one. Records do
not come here: their services write the outbox. Code that changes such models by
``QuerySet.update`` or ``bulk_create`` calls ``generation.renew`` itself.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

from archive import generation

_APPS = frozenset(
    {
        "cms",
        "wagtailcore",
        "wagtailimages",
        "wagtaildocs",
        "wagtailredirects",
        "wagtail_localize",
        "taggit",
    }
)
# Nothing that a visitor sees: drafts, logs, workflow, accounts, the desk's own. A
# rendition is made while a page is, and changes no page.
_UNSEEN = frozenset(
    {
        "cms.attendance",
        "cms.certificate",
        "cms.descriptiontemplate",
        "cms.fixedwording",
        "cms.groupbooking",
        "cms.indexedpage",
        "cms.linkcheck",
        "cms.quizpass",
        # Their services say when the pages change (cms.registration.seen).
        "cms.occasion",
        "cms.registration",
        "cms.personaldataclearance",
        "cms.reviewstate",
        "cms.signoff",
        "cms.savedfilter",
        "cms.siterendition",
        "cms.sourcestate",
        "cms.takedownrequest",
        "cms.user",
        "cms.visitcount",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.task",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflowstate",
    }
)
# What the saving of a draft writes into the page itself.
_OF_DRAFTS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
    }
)


def connect() -> None:
    """Called once, from ``AppConfig.ready``."""
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_changed, dispatch_uid="cms.pagecache.sitechanges")
    post_page_move.connect(_moved, dispatch_uid="cms.pagecache.sitechanges")


def _changed(sender: type[Model], **sent: Any) -> None:
    meta = sender._meta
    if meta.app_label not in _APPS or meta.label_lower in _UNSEEN:
        return
    if sent.get("raw"):
        return
    if _OF_DRAFTS.issuperset(sent.get("update_fields") or ("everything",)):
        return
    generation.renew(generation.SITE)


def _moved(**_sent: Any) -> None:
    generation.renew(generation.SITE)
