"""A case goes out only after a second person has cleared exactly its text."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.editing import checks, clearance
from cms.editing.errors import (
    NoteMissing,
    NotThisPerson,
    ReviewError,
    TextChanged,
    Uncleared,
)
from cms.models import CasePage, PersonalDataClearance, SignOff, User
from tests.cms.cases.building import draft, index, step
from tests.cms.editing.conftest import House, decide, submit, waiting
from tests.factories import UserFactory

NUMBER = "13957512345"
NOTE = "逐段读过，无可识别之人。"


def written(house: House, **fields: Any) -> CasePage:
    page: CasePage = index().add_child(
        instance=draft(live=False, owner=house.author, **fields)
    )
    page.save_revision(user=house.author)
    found: CasePage = CasePage.objects.get(pk=page.pk)
    return found


def newest(page: CasePage) -> CasePage:
    found: CasePage = CasePage.objects.get(pk=page.pk)
    return found


def clear(page: CasePage, user: User, note: str = NOTE) -> PersonalDataClearance:
    revision = newest(page).latest_revision_id
    return clearance.clear(page, user, note=note, revision=revision)


def reviewed(house: House, page: CasePage) -> None:
    """All but the last review are given."""
    submit(newest(page), house.author)
    house.passes(page, house.editor, house.reviewer)


def test_without_clearance_the_last_review_publishes_nothing(house: House) -> None:
    page = written(house)
    reviewed(house, page)
    with pytest.raises(Uncleared):
        decide(page, house.administrator)
    assert not newest(page).live
    assert not SignOff.objects.exists()
    clear(page, house.editor)
    decide(page, house.administrator)
    assert newest(page).live


def test_nor_does_it_schedule_anything(house: House) -> None:
    page = written(house, go_live_at=timezone.now() + timedelta(days=2))
    reviewed(house, page)
    with pytest.raises(Uncleared):
        decide(page, house.administrator)
    assert newest(page).approved_schedule is False
    clear(page, house.second_reviewer)
    decide(page, house.administrator)
    found = newest(page)
    assert (found.live, found.approved_schedule) == (False, True)


def test_pages_of_other_kinds_need_none(house: House, write: Any) -> None:
    page = write()
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    page.refresh_from_db()
    assert page.live
    assert SignOff.objects.get().clearance == {}


def test_nobody_clears_what_they_wrote_whatever_their_rights(house: House) -> None:
    page = written(house)
    chief = UserFactory.create(is_superuser=True)
    page.save_revision(user=chief)
    for author in (house.author, chief):
        with pytest.raises(NotThisPerson):
            clear(page, author)
    assert not PersonalDataClearance.objects.exists()


def test_a_changed_text_needs_a_new_clearance(house: House) -> None:
    page = written(house)
    clear(page, house.editor)
    page = newest(page)
    page.lessons = [{"type": "lesson", "value": f"可致电{NUMBER}。"}]
    page.save_revision(user=house.author)
    reviewed(house, page)
    with pytest.raises(Uncleared):
        decide(page, house.administrator)
    clear(page, house.editor)
    decide(page, house.administrator)
    assert newest(page).live


def test_saving_the_same_text_again_keeps_it(house: House) -> None:
    page = written(house)
    clear(page, house.editor)
    newest(page).get_latest_revision_as_object().save_revision(user=house.author)
    assert clearance.current(newest(page)) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "另题"},
        {"place": "另县"},
        {"summary": "提要"},
        {"anonymity": "另说"},
        {"search_description": "说明"},
    ],
)
def test_every_word_counts(house: House, change: dict[str, str]) -> None:
    page = written(house)
    clear(page, house.editor)
    page = newest(page)
    for name, value in change.items():
        setattr(page, name, value)
    page.save_revision(user=house.author)
    assert clearance.current(newest(page)) is None


def test_a_method_counts_too(house: House) -> None:
    page: Any = written(house)
    clear(page, house.editor)
    page = newest(page)
    (method,) = page.methods.all()
    method.method, method.mediation = "arbitration", ""
    page.methods = [method]
    page.save_revision(user=house.author)
    assert clearance.current(newest(page)) is None


def test_who_writes_on_after_clearing_has_cleared_nothing(house: House) -> None:
    page = written(house)
    clear(page, house.editor)
    newest(page).get_latest_revision_as_object().save_revision(user=house.editor)
    assert clearance.current(newest(page)) is None


def test_a_note_is_asked_for_and_the_text_that_was_read(house: House) -> None:
    page = written(house)
    with pytest.raises(NoteMissing):
        clear(page, house.editor, note="  ")
    before = newest(page).latest_revision_id
    page.title = "改过"
    page.save_revision(user=house.author)
    with pytest.raises(TextChanged):
        clearance.clear(page, house.editor, note=NOTE, revision=before)
    assert not PersonalDataClearance.objects.exists()


def test_the_sheet_and_the_log_tell_of_it(house: House) -> None:
    page = written(house, summary=f"电话{NUMBER}，当事人王强到场。")
    reviewed(house, page)
    cleared = clear(page, house.second_reviewer)
    decide(page, house.administrator)
    told = SignOff.objects.get().clearance
    assert (told["name"], told["note"], told["findings"]) == ("reviewer2", NOTE, 2)
    assert told["digest"] == cleared.digest
    entry = PageLogEntry.objects.get(page=page.pk, action=clearance.CLEAR)
    assert entry.user == house.second_reviewer
    # Neither keeps the words that were found.
    assert NUMBER not in str(entry.data) + str(cleared.findings) + str(told)
    client = Client()
    client.force_login(house.administrator)
    sheet = client.get(reverse("editing_sheet", args=[SignOff.objects.get().pk]))
    assert NOTE in sheet.content.decode()


def test_a_clearance_is_never_changed(house: House) -> None:
    cleared = clear(written(house), house.editor)
    cleared.note = "另写"
    with pytest.raises(TypeError):
        cleared.save()


def test_the_checks_show_hints_with_their_places(house: House) -> None:
    page = written(house, steps=[step("登记", text=f"打{NUMBER}来")])
    (hint,) = checks.check(page).personal
    assert (hint.before, hint.found, hint.after) == ("打", NUMBER, "来")
    assert "经过" in hint.place


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_screen_clears_and_the_reviewers_see_it(house: House) -> None:
    page = written(house, summary=f"打{NUMBER}来")
    submit(page, house.author)
    house.passes(page, house.editor)
    address = reverse("editing_personal_data", args=[page.pk])
    desk = reverse("editing_review", args=[waiting(page).pk])
    reviewer = client_of(house.reviewer)
    assert "还没有人核查" in reviewer.get(desk).content.decode()

    shown = client_of(house.author).get(address).content.decode()
    assert NUMBER in shown
    assert "写了这一稿的人不能核查它" in shown
    sent = {"revision": newest(page).latest_revision_id, "note": NOTE}
    client_of(house.author).post(address, sent)
    assert clearance.current(newest(page)) is None

    client_of(house.editor).post(address, {**sent, "note": ""})
    assert clearance.current(newest(page)) is None
    assert client_of(house.editor).post(address, sent).status_code == 302
    assert clearance.current(newest(page)) is not None
    assert "colleague 已于" in reviewer.get(desk).content.decode()
    findings = reverse("editing_findings", args=[page.pk])
    assert "colleague 已于" in client_of(house.editor).get(findings).content.decode()


def test_the_screen_is_for_the_house_and_for_cases(house: House, write: Any) -> None:
    page = written(house)
    address = reverse("editing_personal_data", args=[page.pk])
    assert Client().get(address).status_code == 302
    researcher = UserFactory.create(groups=["研究人员 researcher"])
    assert client_of(researcher).get(address).status_code in (302, 403)
    trainer = UserFactory.create(groups=["教师 trainer"])
    assert client_of(trainer).get(address).status_code == 302
    other = reverse("editing_personal_data", args=[write().pk])
    assert client_of(house.editor).get(other).status_code == 404
    preview = reverse("editing_personal_data_preview", args=[page.pk])
    assert page.title in client_of(house.editor).get(preview).content.decode()


def test_the_refusal_is_told_on_the_desk(house: House) -> None:
    page = written(house)
    reviewed(house, page)
    desk = reverse("editing_review", args=[waiting(page).pk])
    sent = {"action": "approve", "secrecy_checked": "on"}
    answer = client_of(house.administrator).post(desk, sent)
    assert "个人信息尚未核查" in answer.content.decode()
    assert issubclass(Uncleared, ReviewError)
    assert not newest(page).live
