"""The groups with their rights and the reviews of pages, as the migrations made them.

A test that empties the tables takes them along; the next one has them made again.
"""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group

# In their order; the last one says whether all of them are there.
_MADE_BY = (
    ("0012_three_reviews", "create_groups"),
    ("0009_languages", "allow"),
    ("0010_takedown_roles", "give_rights"),
    ("0011_booking_roles", "allow_bookings"),
    ("0012_three_reviews", "three_reviews"),
    ("0014_registration_roles", "allow_running"),
    ("0015_cases_roles", "allow_cases"),
    ("0016_training_roles", "allow_training"),
    ("0017_classes_roles", "allow_classes"),
    ("0018_week_roles", "allow_week"),
)
_SIGN = "roll_over_programmepage"


def have_roles() -> None:
    """Make the groups and the workflow unless they are there: it takes a second."""
    if _there():
        return
    for migration, function in _MADE_BY:
        module = import_module(f"cms.migrations.{migration}")
        getattr(module, function)(apps, None)
    # A sign that never shows would have them made anew by every test.
    assert _there(), _SIGN


def _there() -> bool:
    return Group.objects.filter(permissions__codename=_SIGN).exists()
