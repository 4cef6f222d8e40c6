"""The order in which rows are locked: the occasion first, always.

Whoever changes who has a place, or who is there, holds the occasion's row meanwhile.
On SQLite the transaction itself is the lock.
"""

from cms.models.occasions import Occasion, Registration


def locked(occasion_id: int) -> Occasion:
    """The occasion, nobody else's until the transaction ends."""
    return Occasion.objects.select_for_update().get(pk=occasion_id)


def locked_one(registration_id: int) -> tuple[Registration, Occasion]:
    """A registration, read once its occasion is locked.

    Raises ``Registration.DoesNotExist``.
    """
    of = Registration.objects.values_list("occasion_id", flat=True)
    occasion = locked(of.get(pk=registration_id))
    return Registration.objects.get(pk=registration_id), occasion
