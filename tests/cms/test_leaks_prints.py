"""Finding aids: to people of the house, and in the readers' copy only what is open."""

from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from archive import finding_aids
from archive.models import Record
from tests.cms.collection import Collection
from tests.cms.leaking import (
    CATALOGUE_WORDS,
    DONOR_WORDS,
    HIDDEN_CODES,
    READING_ROOM_WORD,
    STAFF_WORD,
    plant,
    plant_donation,
)
from tests.factories import ARCHIVIST, RecordFactory, UserFactory, open_record

# The first of these words is the title, which the catalogue entry does show.
SECRETS = (READING_ROOM_WORD, STAFF_WORD, *HIDDEN_CODES, *CATALOGUE_WORDS[1:])


def told(client: Client, url: str) -> tuple[int, str]:
    """The status and all text of a sheet; of a table file its cells."""
    response = client.get(url)
    body = response.getvalue()
    if body.startswith(b"PK"):
        sheet = openpyxl.load_workbook(BytesIO(body)).active
        rows = sheet.iter_rows(values_only=True)
        return response.status_code, str([cell for row in rows for cell in row])
    return response.status_code, body.decode()


@pytest.fixture
def world(held: Collection) -> Collection:
    """With canaries, and an item of a canary's word below every file."""
    plant(held)
    plant_donation(held)
    for file in list(Record.objects.filter(level="file")):
        RecordFactory.create(
            parent=file,
            level="item",
            reference_code=f"{file.reference_code}-901",
            title=f"{STAFF_WORD}件",
            creators=STAFF_WORD,
            note=STAFF_WORD,
        )
    return held


def sheets() -> list[str]:
    """Every sheet of every record, and every table of the whole list."""
    urls = [
        reverse("archive_print", args=(record.pk, form.name))
        for record in Record.objects.all()
        for form in finding_aids.forms_of(record)
    ]
    lists = [
        reverse("archive_print_list", args=(form.name,))
        for form in finding_aids.forms_of_lists()
    ]
    return [*urls, *lists]


def test_strangers_and_accounts_of_no_house_group_get_no_sheet(
    world: Collection,
) -> None:
    user = UserFactory.create(groups=["Outsiders"])
    user.groups.get().permissions.set(Permission.objects.all())
    outsider = Client()
    outsider.force_login(user)
    for url in sheets():
        for client in (Client(), outsider):
            for query in ("", "?as=xlsx", "?for=readers"):
                status, body = told(client, url + query)
                assert status in (302, 403), url
                assert not [one for one in SECRETS if one in body], url


def test_the_copy_for_readers_holds_no_canary(world: Collection) -> None:
    archivist = Client()
    archivist.force_login(UserFactory.create(is_superuser=True, groups=[ARCHIVIST]))
    seen = ""
    for url in sheets():
        if "file-note" in url or "cover" in url:
            continue
        for query in ("?for=readers", "?for=readers&as=xlsx"):
            status, body = told(archivist, url + query)
            assert status == 200, url
            # The way back and the file's own name are for whoever is asking.
            paper = body.partition("</header>")[2] or body
            secrets = [*SECRETS, *DONOR_WORDS]
            assert not [one for one in secrets if one in paper], url
            seen += paper
    assert world.public.title in seen
    assert world.catalogue_only.title in seen


def test_the_copy_for_readers_counts_no_item_or_page_that_is_closed(
    world: Collection,
) -> None:
    archivist = Client()
    archivist.force_login(UserFactory.create(is_superuser=True))
    item = RecordFactory.create(parent=world.public, level="item", title="公开的件")
    open_record(item)
    address = reverse("archive_print", args=(world.fonds.pk, "file-list"))
    cells = told(archivist, f"{address}?for=readers&as=xlsx")[1]
    row = cells[cells.index(world.public.title) :]
    house = told(archivist, f"{address}?as=xlsx")[1]
    house_row = house[house.index(world.public.title) :]
    # 件数 is two places behind the title, dates and retention between them.
    assert row.split(", ")[3] == "'1'"
    assert house_row.split(", ")[3] == "'2'"
