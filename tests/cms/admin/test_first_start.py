"""What the migrations put into an empty database."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, Page, Site

from cms.models import HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GROUPS = import_module("cms.migrations.0007_roles")
RUNNING = import_module("cms.migrations.0014_registration_roles")
SITE = import_module("cms.migrations.0004_site")


def test_the_front_page_is_the_root_of_the_default_site() -> None:
    site = Site.objects.get(is_default_site=True)

    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.url == "/"
    assert [list(problem) for problem in Page.find_problems()] == [[]] * 5


def test_running_it_again_adds_nothing() -> None:
    def state() -> tuple[int, int, int]:
        through = Group.permissions.through.objects.count()
        return Page.objects.count(), Group.objects.count(), through

    before = state()
    GROUPS.create_groups(apps, None)
    SITE.create_site(apps, None)

    assert state() == before


def test_every_group_that_the_settings_name_is_there() -> None:
    there = set(Group.objects.values_list("name", flat=True))

    assert set(settings.AUDIENCE_OF_GROUP) <= there
    given = {*GROUPS.PERMISSIONS, *RUNNING.PERMISSIONS}
    assert given == set(settings.AUDIENCE_OF_GROUP)


def test_a_researcher_has_no_way_into_the_admin() -> None:
    researchers = Group.objects.get(name="研究人员 researcher")

    assert not researchers.permissions.exists()
    assert not GroupCollectionPermission.objects.filter(group=researchers).exists()
