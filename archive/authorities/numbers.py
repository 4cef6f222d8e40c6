"""The numbers of authorities (规范号): ``G000012``, given once and for good."""

import re
from collections.abc import Iterable

from archive.models import Authority, AuthoritySequence, FormerNumber

NUMBER = re.compile(r"G\d{6,11}", re.ASCII)
_CHUNK = 500


def next_number() -> str:
    """The next one; the sequence is held until the caller's transaction ends."""
    AuthoritySequence.objects.get_or_create(pk=1)
    sequence = AuthoritySequence.objects.select_for_update().get(pk=1)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return f"G{sequence.last:06d}"


def resolve(numbers: Iterable[str]) -> dict[str, Authority]:
    """The authorities of these numbers, also of those that were merged into another;
    a number that leads nowhere is left out. At most two queries for 500 numbers.
    """
    wanted = sorted(set(numbers))
    found: dict[str, Authority] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for authority in Authority.objects.filter(number__in=chunk):
            found[authority.number] = authority
        if missing := [number for number in chunk if number not in found]:
            merged = FormerNumber.objects.filter(number__in=missing)
            for former in merged.exclude(authority=None).select_related("authority"):
                if former.authority is not None:
                    found[former.number] = former.authority
    return found
