"""Doors of Wagtail's that lead past the three reviews: all of them are shut."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from cms.editing import checks
from cms.editing.errors import NotThisPerson
from cms.models import FixedWording, HomePage, StandardPage
from tests.cms.editing.conftest import House, WritePage, decide, submit
from tests.cms.exhibitions.building import block, chapter, exhibition, proof, story

STRONG = ("reviewer", "administrator", "superuser")


def client_as(house: House, who: str) -> Client:
    user = house.administrator if who == "superuser" else getattr(house, who)
    if who == "superuser":
        user.is_superuser = True
        user.save()
    client = Client()
    client.force_login(user)
    return client


def passed(house: House, write: WritePage, **fields: Any) -> StandardPage:
    page = write(**fields)
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    return StandardPage.objects.get(pk=page.pk)


def live() -> set[str]:
    pages = Page.objects.live().filter(depth__gt=2)
    return set(pages.values_list("title", flat=True))


@pytest.mark.parametrize("who", STRONG)
@pytest.mark.parametrize("how", ["publish_copies", "alias"])
def test_a_copy_of_what_was_reviewed_is_a_draft(
    house: House, write: WritePage, who: str, how: str
) -> None:
    page = passed(house, write)
    before = live()
    sent = {
        "new_title": "无人审过的标题",
        "new_slug": "copied",
        "new_parent_page": str(page.get_parent().pk),
        how: "on",
    }

    client_as(house, who).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent)

    assert live() == before
    assert not Page.objects.filter(slug="copied", live=True).exists()


@pytest.mark.parametrize("who", STRONG)
def test_nothing_is_published_in_bulk(house: House, write: WritePage, who: str) -> None:
    page = write()
    before = live()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client = client_as(house, who)
    client.raise_request_exception = False
    answer = client.post(f"{address}?id={page.pk}", {"include_descendants": "on"})

    assert answer.status_code < 500
    assert live() == before


@pytest.mark.parametrize("who", STRONG)
def test_a_front_page_beside_ours_is_not_published(house: House, who: str) -> None:
    """Right below the root, which is a page of Wagtail's own kind."""
    root = Page.get_first_root_node()
    address = reverse("wagtailadmin_pages:add", args=["cms", "homepage", root.pk])
    client = client_as(house, who)
    client.raise_request_exception = False
    form = client.get(address)
    if form.status_code != 200:
        return
    before = HomePage.objects.live().count()
    sent = {
        "title": "另一个首页",
        "slug": "other-home",
        "action-publish": "1",
        "lead": "",
        "summary": "",
    }
    client.post(address, sent)
    assert HomePage.objects.live().count() == before


def test_who_wrote_while_a_text_waited_for_its_day_is_an_author(
    house: House, write: WritePage
) -> None:
    """What was passed goes out after the next text was begun, and before its end."""
    page = write(go_live_at=timezone.now() + timedelta(days=1))
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    begun = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    begun.title = "下一稿"
    begun.go_live_at = None
    begun.save_revision(user=house.second_reviewer)
    begun.save_revision(user=house.author)
    due = timezone.now() - timedelta(seconds=1)
    waits = Revision.objects.exclude(approved_go_live_at=None).get()
    waits.content["go_live_at"] = due.isoformat()
    waits.approved_go_live_at = due
    waits.save()
    call_command("publish_scheduled")
    page = StandardPage.objects.get(pk=page.pk)
    assert page.live
    assert page.title != "下一稿"
    page.get_latest_revision_as_object()
    submit(page, house.author)

    assert not TaskState.objects.reviewable_by(house.second_reviewer).exists()
    with pytest.raises(NotThisPerson):
        decide(page, house.second_reviewer)


def test_who_wrote_the_draft_that_somebody_goes_back_to_is_an_author(
    house: House, write: WritePage
) -> None:
    page = passed(house, write)
    live_text = page.get_latest_revision()
    page.title = "搁下的一稿"
    put_aside = page.save_revision(user=house.second_reviewer, log_action=True)
    page = live_text.as_object()
    page.save_revision(user=house.author, log_action=True)
    submit(StandardPage.objects.get(pk=page.pk), house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    again = put_aside.as_object()
    again.save_revision(user=house.author, log_action=True, previous_revision=put_aside)
    page = StandardPage.objects.get(pk=page.pk)
    submit(page, house.author)

    with pytest.raises(NotThisPerson):
        decide(page, house.second_reviewer)


def test_words_quoted_from_records_are_not_judged_and_not_told(house: House) -> None:
    """Of a record that was closed since no report repeats a word."""
    FixedWording.objects.create(
        wording="多元化解", variants="多元化解决鹇", blocking=True
    )
    side = {"record": 1, "page": 1, "words": "多元化解决鹇", "image": None}
    pair = block(
        "pair", {side_: {**side, "caption": ""} for side_ in ("left", "right")}
    )
    proofs = story("文字。", proof(1, words="多元化解决鹇"))
    page = exhibition([chapter("一章", pair, proofs)])

    assert checks.flags_of(page) == []
    page.title = "多元化解决鹇"
    assert len(checks.flags_of(page)) == 1
