"""Who registers, and whether two are the same."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare

_COUNTRY = re.compile(r"^(?:00)?86(?=1\d{10}$)")
_PHONE = re.compile(r"\+?[\d\s()#\-]{5,30}$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")


@dataclass(frozen=True, slots=True)
class Person:
    """As they are written down: see ``tidied``."""

    name: str
    unit: str = ""
    contact: str = ""

    def tidied(self) -> "Person":
        """Full-width letters and digits made plain, spaces put in order."""
        return Person(*map(_tidied, (self.name, self.unit, self.contact)))


def is_contact(text: str) -> bool:
    """Whether it can be a telephone number or an e-mail address."""
    plain = _tidied(text)
    return bool(_PHONE.match(plain) or _EMAIL.match(plain))


def reduced(contact: str) -> str:
    """What of a contact tells one from another, however it is typed."""
    plain = _tidied(contact)
    if "@" in plain:
        return plain.casefold().replace(" ", "")
    return _COUNTRY.sub("", re.sub(r"\D", "", plain))


def same_contact(given: str, known: str) -> bool:
    """Compared in constant time; nothing is the same as nothing."""
    left, right = reduced(given), reduced(known)
    return constant_time_compare(left, right) and bool(right)


def _tidied(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
