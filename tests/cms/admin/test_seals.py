"""What another person saved while a form was open is not overwritten unawares."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive import acquisitions
from archive.authorities import merging, registry
from archive.authorities.registry import Name, kept_names
from archive.models import Acquisition, Subject
from archive.subjects import editing
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST, UserFactory, registered

pytestmark = pytest.mark.django_db
TOLD = "您打开之后，别人保存了改动"


@pytest.fixture
def archivist(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


def opened(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back untouched."""
    page = client.get(address)
    assert 'name="seal"' in page.text
    form = page.context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in found.items()}


def test_names_that_a_merge_added_are_not_lost_to_an_open_form(
    archivist: Client,
) -> None:
    kept = registry.create("place", [Name("样本县")])
    other = registry.create("place", [Name("样本旧县")])
    address = reverse("authority:edit", args=[kept.pk])
    fields = opened(archivist, address)
    fields |= {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0"}
    fields |= {"names-0-name": "样本县", "names-0-kind": "preferred"}
    merging.merge(kept, [other])

    refused = archivist.post(address, {**fields, "note": "新注"})

    assert TOLD in refused.text
    assert [one.name for one in kept_names(kept)] == ["样本县", "样本旧县"]
    seal = refused.context["form"]["seal"].value()
    again = archivist.post(address, {**fields, "note": "新注", "seal": seal})
    assert again.status_code == 302
    assert [one.name for one in kept_names(kept)] == ["样本县"]


def test_a_concept_that_changed_meanwhile_is_told_of(archivist: Client) -> None:
    concept = editing.create(label="样本词")
    address = reverse("subject:edit", args=[concept.pk])
    fields = opened(archivist, address)
    assert archivist.post(address, fields).status_code == 302
    editing.edit(concept, {"scope_note": "别人的注释"})
    refused = archivist.post(address, {**fields, "scope_note": "我的注释"})
    assert TOLD in refused.text
    assert Subject.objects.get(pk=concept.pk).scope_note == "别人的注释"


def test_an_acquisition_that_changed_meanwhile_is_told_of(archivist: Client) -> None:
    held = registered(UserFactory.create())
    address = reverse("acquisition:edit", args=[held.pk])
    fields = opened(archivist, address)
    acquisitions.edit(held, {"note": "别人的附注"})
    refused = archivist.post(address, {**fields, "owner": "样本单位"})
    assert TOLD in refused.text
    held = Acquisition.objects.get(pk=held.pk)
    assert (held.note, held.owner == "样本单位") == ("别人的附注", False)
