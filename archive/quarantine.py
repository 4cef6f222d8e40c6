"""Letting pages out of quarantine, once a person has looked at the originals."""

import logging
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from archive import outbox, volumes
from archive.models import Folio

logger = logging.getLogger(__name__)

_CHUNK = 500


def release(folios: Iterable[Folio], by: AbstractBaseUser) -> None:
    """Treat the pages as their records are treated again; ``by`` answers for it."""
    folios = list(folios)
    ids = [folio.pk for folio in folios]
    with transaction.atomic():
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            Folio.objects.filter(pk__in=chunk).update(quarantined=False)
        outbox.changed(volumes.holding(folios))
    for folio in folios:
        folio.quarantined = False
    logger.warning("%s released folios %s from quarantine", by, ids)
