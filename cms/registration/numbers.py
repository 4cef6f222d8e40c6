"""The numbers by which people ask for their registrations."""

from cms.forms.numbers import spelt, unguessable
from cms.models.occasions import Registration
from cms.registration.people import same_contact

_LENGTH = 10
GROUP_LENGTH = 16


def new_number() -> str:
    """One that nobody has; 49 bits at random."""
    while True:
        number = spelt(unguessable(_LENGTH))
        if not Registration.objects.filter(number=number).exists():
            return number


def find(number: str, contact: str) -> Registration | None:
    """The registration of this number that was made with this contact, or None."""
    found = Registration.objects.filter(number=spelt(number)).first()
    same = same_contact(contact, found.contact if found else "")
    return found if same else None
