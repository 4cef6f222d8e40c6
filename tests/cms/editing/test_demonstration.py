"""The demonstration's pages come about as those of a real house."""

from pathlib import Path

from wagtail.models import Page, TaskState

from cms import sections
from cms.demonstration import accounts, editing
from cms.editing import checks
from cms.models import FixedWording, ReusableText, SignOff, StandardPage
from tests.cms.editing.conftest import House


def test_one_page_has_its_sheet_and_one_waits_with_something_to_find(
    house: House, tmp_path: Path
) -> None:
    for user in (house.editor, house.reviewer):
        user.delete()  # the names that the demonstration's accounts have
    accounts.provide(tmp_path / "accounts.json")
    sections.provide()

    editing.add()
    counts = Page.objects.count(), SignOff.objects.count()
    editing.add()
    assert (Page.objects.count(), SignOff.objects.count()) == counts

    live = StandardPage.objects.get(slug="how-pages-are-reviewed")
    assert live.live
    assert live.is_demonstration
    sheet = SignOff.objects.get(page=live)
    assert [one["name"] for one in sheet.reviews] == ["editor2", "reviewer", "admin"]
    assert ReusableText.objects.get().live

    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert waiting.task.name == "初审"
    draft = waiting.revision.as_object()
    assert not draft.live
    found = checks.check(draft)
    assert found.flags
    assert found.links
    assert FixedWording.objects.count() >= 12
