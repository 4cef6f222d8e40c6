"""The demonstration's classes: one over with a certificate, one to come with seats."""

import pytest

from cms.demonstration import classes
from cms.demonstration.training_texts import CURRICULUM
from cms.models import Certificate, Occasion, Registration, TrainingClass
from cms.registration.places import places_of
from cms.training import certificates
from tests.cms.classes.building import curriculum
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_both_are_made_once_and_labelled() -> None:
    UserFactory.create(username=classes.TRAINER)
    assert classes.add() == []
    curriculum(slug=CURRICULUM["slug"])

    over, coming = classes.add()

    assert classes.add() == []
    assert TrainingClass.objects.filter(is_demonstration=True).count() == 2
    made = Certificate.objects.get()
    assert (made.name, made.is_demonstration) == ("某甲", True)
    assert certificates.verify(made.code) == made
    occasion = Occasion.objects.get(pk=coming.occasion_id)
    places = places_of([occasion])[occasion.pk]
    assert (places.taken, places.left) == (32, 8)
    assert over.is_published
    contacts = Registration.objects.values_list("contact", flat=True)
    assert all(contact.endswith("@example.org") for contact in contacts)
