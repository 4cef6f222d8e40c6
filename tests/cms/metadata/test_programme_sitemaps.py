"""Classes and lists of honours in the sitemap, while everyone may read of them."""

import pytest
from django.test import Client

from cms.models import HonourList, TrainingClass
from tests.cms.classes import building as classes
from tests.cms.metadata.test_sitemaps import told
from tests.cms.week import building as weeks

pytestmark = pytest.mark.django_db


def below(client: Client, path: str) -> list[str]:
    found = [one.removeprefix("http://testserver") for one in told(client)]
    assert {client.get(one).status_code for one in found} == {200}
    return [one for one in found if one.startswith(path)]


def test_a_class_is_told_while_it_is_published(client: Client) -> None:
    one = classes.training_class()
    hidden = classes.training_class(number="未公布", is_published=False)
    assert below(client, "/training/class/") == [f"/training/class/{one.pk}/"]
    assert hidden.pk != one.pk
    classes.curriculum().unpublish()
    assert below(client, "/training/class/") == []
    assert TrainingClass.objects.count() == 2


def test_honours_are_told_by_year_while_they_are_published(client: Client) -> None:
    weeks.section()
    weeks.honours("某甲")
    weeks.honours("某乙", year=2020, is_published=False)
    root = "/publicity-week/honours/"
    assert below(client, root) == [root, f"{root}2025/"]
    HonourList.objects.update(is_published=False)
    assert below(client, root) == []
