"""三审: three people, none of whom wrote the text, pass all that goes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Revision,
    TaskState,
    Workflow,
    WorkflowTask,
)

from cms.editing import finishing, rules
from cms.editing.errors import (
    AlreadyDecided,
    NotThisPerson,
    ReasonMissing,
    ReviewsMissing,
    SecrecyUnchecked,
    TextChanged,
    WordingStands,
)
from cms.editing.schedule import due_now
from cms.housekeeping import publish_step
from cms.models import FixedWording, SignOff, StandardPage
from tests.cms.editing.conftest import House, WritePage, decide, submit, waiting


def fresh(page: StandardPage) -> StandardPage:
    return StandardPage.objects.get(pk=page.pk)


def test_three_people_pass_a_page_and_it_is_live(
    house: House, write: WritePage
) -> None:
    page = write()
    submit(page, house.author)

    house.passes(page, house.editor, house.reviewer)
    assert not fresh(page).live
    decide(page, house.administrator)

    assert fresh(page).live


def test_who_wrote_a_text_reviews_it_in_no_role(house: House, write: WritePage) -> None:
    page = write()
    page.save_revision(user=house.administrator)
    page = fresh(page)
    submit(page, house.author)

    for user in (house.author, house.administrator):
        with pytest.raises(NotThisPerson):
            decide(page, user)
    house.administrator.is_superuser = True
    house.administrator.save()
    with pytest.raises(NotThisPerson):
        decide(page, house.administrator)


def test_nobody_gives_two_of_the_reviews(house: House, write: WritePage) -> None:
    page = write()
    submit(page, house.author)
    decide(page, house.reviewer)

    with pytest.raises(NotThisPerson, match="另一人"):
        decide(page, house.reviewer)


def test_a_small_house_makes_do_with_two_people(
    house: House, write: WritePage, settings: Any
) -> None:
    settings.PAGE_REVIEW_PEOPLE = 2
    page = write()
    submit(page, house.author)

    house.passes(page, house.reviewer, house.reviewer)
    with pytest.raises(NotThisPerson):
        decide(page, house.reviewer)
    decide(page, house.administrator)

    assert fresh(page).live


def test_a_review_is_given_by_its_groups_only(house: House, write: WritePage) -> None:
    page = write()
    submit(page, house.author)
    decide(page, house.reviewer)

    with pytest.raises(NotThisPerson):
        decide(page, house.editor)


def test_without_the_check_for_secrets_nothing_passes(
    house: House, write: WritePage
) -> None:
    page = write()
    submit(page, house.author)

    with pytest.raises(SecrecyUnchecked):
        decide(page, house.editor, secrecy_checked=False)
    assert waiting(page).task.name == "初审"


def test_what_is_sent_back_has_a_reason_and_begins_with_the_first_review(
    house: House, write: WritePage
) -> None:
    page = write()
    submit(page, house.author)
    decide(page, house.editor)
    with pytest.raises(ReasonMissing):
        decide(page, house.reviewer, "reject", comment=" ")
    decide(page, house.reviewer, "reject", comment="第二段缺出处")

    page = fresh(page)
    page.save_revision(user=house.author)
    fresh(page).current_workflow_state.resume(house.author)

    assert waiting(page).task.name == "初审"
    house.passes(page, house.editor, house.reviewer, house.administrator)
    assert fresh(page).live


def test_a_change_after_submission_voids_what_was_passed(
    house: House, write: WritePage
) -> None:
    page = write()
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer)
    changed = fresh(page)
    changed.title = "悄悄改过"
    changed.save_revision(user=house.author)

    with pytest.raises(TextChanged):
        decide(page, house.administrator)

    assert waiting(page).task.name == "初审"
    assert not fresh(page).live
    house.passes(page, house.editor, house.reviewer, house.administrator)
    assert fresh(page).title == "悄悄改过"


def test_a_review_is_decided_once(house: House, write: WritePage) -> None:
    page = write()
    submit(page, house.author)
    state = waiting(page)
    decide(page, house.editor)

    with pytest.raises(AlreadyDecided):
        rules.decide(state, house.reviewer, "approve", secrecy_checked=True)


def test_what_must_be_right_keeps_a_text_back(house: House, write: WritePage) -> None:
    FixedWording.objects.create(wording="四先四早", variants="四早四先", blocking=True)
    page = write([("text", "<p>推行四早四先工作法。</p>")])
    submit(page, house.author)

    with pytest.raises(WordingStands, match="四早四先"):
        decide(page, house.editor)


def test_the_sheet_keeps_what_was_decided(house: House, write: WritePage) -> None:
    FixedWording.objects.create(wording="四先四早", variants="四早四先")
    page = write([("text", "<p>推行四早四先工作法。</p>")])
    submit(page, house.author)
    decide(page, house.editor, comment="可以")
    house.passes(page, house.reviewer, house.administrator)

    sheet = SignOff.objects.get()
    assert [one["stage"] for one in sheet.reviews] == ["初审", "复审", "终审"]
    assert [one["name"] for one in sheet.reviews] == ["colleague", "reviewer", "chief"]
    assert all(one["secrecy"] for one in sheet.reviews)
    assert sheet.reviews[0]["comment"] == "可以"
    assert sheet.flags[0]["found"] == "四早四先"
    assert sheet.authors == ["author"]
    assert sheet.address.endswith("/story/")
    assert sheet.number == f"审签〔{timezone.localdate().year}〕1号"


def test_a_sheet_outlives_later_versions_and_the_page(
    house: House, write: WritePage
) -> None:
    page = write()
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    page = fresh(page)
    page.title = "第二版"
    page.save_revision(user=house.editor)
    page = fresh(page)
    submit(page, house.editor)
    house.passes(page, house.second_reviewer, house.reviewer, house.administrator)

    assert list(SignOff.objects.values_list("title", flat=True)) == [
        "第二版",
        "调解的故事",
    ]
    fresh(page).delete()
    assert SignOff.objects.filter(page=None).count() == 2


def test_a_sheet_is_neither_changed_nor_deleted(house: House, write: WritePage) -> None:
    page = write()
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    sheet = SignOff.objects.get()

    with pytest.raises(TypeError):
        sheet.save()
    with pytest.raises(TypeError):
        sheet.delete()


def test_another_workflow_publishes_nothing(house: House, write: WritePage) -> None:
    """Whoever may make workflows cannot make one that goes round the reviews."""
    short = Workflow.objects.create(name="短")
    task = GroupApprovalTask.objects.create(name="一审")
    task.groups.set(house.reviewer.groups.all())
    WorkflowTask.objects.create(workflow=short, task=task, sort_order=0)
    page = write()
    state = short.start(page, house.author)

    with pytest.raises(ReviewsMissing):
        state.current_task_state.specific.approve(user=house.reviewer)
    assert not fresh(page).live


def test_reviews_of_one_version_do_not_publish_another(
    house: House, write: WritePage
) -> None:
    page = write()
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    state = fresh(page).workflow_states.get()
    page = fresh(page)
    page.save_revision(user=house.author)

    with pytest.raises(ReviewsMissing):
        finishing.publish_reviewed(state, house.administrator)


def test_a_time_that_has_come_publishes_nothing_without_the_reviews(
    house: House, write: WritePage
) -> None:
    page = write(go_live_at=timezone.now() - timedelta(minutes=1))
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer)

    assert due_now() == 0
    call_command("publish_scheduled")
    assert not fresh(page).live


def test_a_page_for_later_appears_at_its_time_and_vanishes_at_its_end(
    house: House, write: WritePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    page = write(
        go_live_at=now + timedelta(hours=1), expire_at=now + timedelta(hours=2)
    )
    submit(page, house.author)
    house.passes(page, house.editor, house.reviewer, house.administrator)
    assert not fresh(page).live
    assert SignOff.objects.get().go_live_at is not None

    Revision.objects.filter(pk=fresh(page).latest_revision_id).update(
        approved_go_live_at=now - timedelta(minutes=1)
    )
    _make_due(page)
    monkeypatch.setattr(publish_step, "next", 0.0)
    assert due_now() == 1
    assert publish_step() == 1
    monkeypatch.setattr(publish_step, "_work", lambda: 7)
    assert publish_step() == 0, "looked again within the minute"
    assert fresh(page).live

    StandardPage.objects.filter(pk=page.pk).update(expire_at=now)
    call_command("publish_scheduled")
    assert not fresh(page).live
    assert fresh(page).expired


def _make_due(page: StandardPage) -> None:
    """An hour goes by."""
    due = (timezone.now() - timedelta(minutes=1)).isoformat()
    for revision in Revision.objects.for_instance(page):
        revision.content["go_live_at"] = due
        revision.save(update_fields=["content"])


def test_the_list_of_what_waits_shows_a_person_only_what_they_may_pass(
    house: House, write: WritePage, django_assert_num_queries: Any
) -> None:
    page = write()
    submit(page, house.author)

    def sees(user: Any) -> bool:
        return TaskState.objects.reviewable_by(user).exists()

    assert not sees(house.author)
    assert sees(house.editor)
    decide(page, house.reviewer)
    assert not sees(house.editor)
    assert not sees(house.reviewer)
    assert sees(house.second_reviewer)


@pytest.mark.parametrize("who", ["author", "reviewer", "administrator"])
def test_nobody_publishes_past_the_reviews(
    house: House, write: WritePage, who: str
) -> None:
    page = write()
    user = getattr(house, who)
    user.is_superuser = who == "administrator"
    rights = page.permissions_for_user(user)

    assert not rights.can_publish()
    assert not page.get_parent().permissions_for_user(user).can_publish_subpage()
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=user)
