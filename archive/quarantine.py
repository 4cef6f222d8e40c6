"""Letting a page out of quarantine, once a person has looked at the original."""

import logging

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from archive import outbox
from archive.models import Folio

logger = logging.getLogger(__name__)


def release(folio: Folio, by: AbstractBaseUser) -> None:
    """Treat the page as its record is treated again; ``by`` answers for it."""
    with transaction.atomic():
        Folio.objects.filter(pk=folio.pk).update(quarantined=False)
        outbox.changed([folio.record_id])
    folio.quarantined = False
    logger.warning("%s released folio %d from quarantine", by, folio.pk)
