"""A record that is closed later leaves the exhibition whole, but for itself."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.models import ExhibitionPage
from search.drain import drain
from tests.cms.admin.conftest import ClientOf
from tests.cms.collection import Collection
from tests.cms.exhibitions.building import CAPTION, OTHER_WORDS, SPOT, WAYS, WORDS, full
from tests.cms.leaking import (
    HIDDEN_CODES,
    READING_ROOM_WORD,
    STAFF_WORD,
    ask,
    plant,
)
from tests.factories import (
    ARCHIVIST,
    CATALOGUE_ONLY,
    EDITOR,
    READING_ROOM,
    RESEARCHER,
    decide,
)

TRAINER = "教师 trainer"
CLOSED: dict[str, str | bool] = {
    "disclosure_status": "withheld",
    "open_status": "controlled",
}
SAID = ("叙述在此", "尾声", "短讲解1", "展点1号")


@pytest.mark.parametrize("values", [CLOSED, READING_ROOM, CATALOGUE_ONLY])
@pytest.mark.parametrize("reader", ["stranger", "archivist", "researcher"])
def test_nothing_of_a_closed_record_is_left_on_any_way(
    held: Collection,
    client_of: ClientOf,
    settings: object,
    values: dict[str, str | bool],
    reader: str,
) -> None:
    settings.READING_ROOM_NETWORKS = ["127.0.0.0/8"]  # type: ignore[attr-defined]
    groups = {"archivist": [ARCHIVIST], "researcher": [RESEARCHER]}
    client = client_of(*groups[reader]) if reader in groups else Client()
    full(held.public)
    secrets = (
        held.public.title,
        held.public.reference_code,
        f"/iiif/image/{held.public.folios.get(sequence=1).pk}-",
        WORDS,
        quote(OTHER_WORDS),
        CAPTION,
        SPOT,
        "今译鹇",
        "卡片鹇",
    )
    before = {way: ask(address, client) for way, address in WAYS.items()}
    assert sum(before["story"].tells(one) for one in secrets) == len(secrets)
    decide([held.public], values)
    while drain():
        pass
    for way, address in WAYS.items():
        answer = ask(address, client)
        assert answer.status == 200, way
        assert [one for one in secrets if answer.tells(one)] == [], way
        assert not answer.tells(OTHER_WORDS), way
    story = ask(WAYS["story"], client)
    assert all(map(story.tells, SAID))


@pytest.mark.parametrize("word", [CAPTION, SPOT, "今译鹇", "卡片鹇"])
def test_what_was_said_of_a_closed_record_is_not_found(
    held: Collection, word: str
) -> None:
    """Explanations and captions go with the record, out of search as off the page."""
    full(held.public)
    decide([held.public], CLOSED)
    while drain():
        pass
    for address in (f"/search/?q={word}", f"/api/v1/search?q={word}"):
        answer = ask(address)
        assert answer.status == 200
        assert not answer.tells("一页纸"), address
    # What the page says for itself is found as before.
    assert ask("/api/v1/search?q=短讲解1").tells("一页纸")


def test_a_page_withheld_takes_only_its_evidence_with_it(held: Collection) -> None:
    full(held.public)
    held.public.folios.filter(sequence=1).update(quarantined=True)
    answer = ask(WAYS["story"])
    assert not answer.tells(WORDS)
    assert answer.tells("卡片鹇")


def addresses(pk: int) -> list[str]:
    return [
        reverse("public_record", args=[pk]),
        reverse("public_record_pages", args=[pk]),
        reverse("public_record_page", args=[pk, 1]),
    ]


@pytest.mark.parametrize("group", [EDITOR, TRAINER, ARCHIVIST])
def test_the_chooser_never_lists_or_describes_a_closed_record(
    held: Collection, client_of: ClientOf, group: str
) -> None:
    planted = plant(held)
    client = client_of(group)
    may = group != ARCHIVIST
    secrets = (READING_ROOM_WORD, STAFF_WORD, *HIDDEN_CODES, "目录开放案卷")
    listing = reverse("public_records")
    for q in ("", READING_ROOM_WORD, STAFF_WORD, "目录开放案卷", *HIDDEN_CODES):
        answer = ask(f"{listing}?q={q}", client)
        assert (answer.status == 200) == may
        # What was typed may be said again.
        found = [one for one in secrets if answer.tells(one) and one != q]
        assert found == [], q
        assert not answer.tells("/iiif/") or q == ""
    for record in (*planted, held.catalogue_only):
        for address in addresses(record.pk):
            answer = ask(address, client)
            assert answer.status in (302, 403, 404)
            assert not any(map(answer.tells, secrets))
    if may:
        assert ask(f"{listing}?q={WORDS}", client).tells(held.public.title)
        for address in addresses(held.public.pk):
            assert ask(address, client).status == 200


def test_who_may_write_no_page_chooses_nothing(
    held: Collection, client_of: ClientOf
) -> None:
    for client in (Client(), client_of(RESEARCHER)):
        for address in (reverse("public_records"), *addresses(held.public.pk)):
            assert ask(address, client).status in (302, 403)


def test_the_form_shows_nothing_of_a_record_that_was_closed(
    held: Collection, client_of: ClientOf
) -> None:
    page = full(held.public)
    client = client_of(EDITOR)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert ask(edit, client).tells("\\u64da\\u5be6\\u767b\\u8a18") or ask(
        edit, client
    ).tells(WORDS)
    decide([held.public], CLOSED)
    answer = ask(edit, client)
    assert answer.status == 200
    escaped = WORDS.encode("unicode-escape").decode()
    for secret in (WORDS, escaped, held.public.title, held.public.reference_code):
        assert not answer.tells(secret)


def test_the_report_and_the_history_tell_nothing_of_it(
    held: Collection, client_of: ClientOf
) -> None:
    page = full(held.public)
    decide([held.public], CLOSED)
    client = client_of(EDITOR)
    report = ask(reverse("broken_evidence"), client)
    assert report.tells("一页纸")
    first = page.latest_revision
    second = ExhibitionPage.objects.get(pk=page.pk).save_revision()
    compare = reverse(
        "wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk]
    )
    preview = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    for answer in (report, ask(compare, client), ask(preview, client)):
        assert answer.status == 200
        for secret in (WORDS, held.public.title, held.public.reference_code):
            assert not answer.tells(secret)
    assert Page.objects.filter(pk=page.pk).exists()
