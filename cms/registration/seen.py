"""Telling the page cache that what pages say of occasions has changed."""

from django.db import transaction

from archive import generation


def changed() -> None:
    """Renew the token of the site's pages once the transaction is committed.

    Not within it: who publishes a page holds the token's row and comes to the
    occasion then, who registers holds the occasion; each would wait for the other.
    """
    transaction.on_commit(_renew)


def _renew() -> None:
    generation.renew(generation.SITE)
