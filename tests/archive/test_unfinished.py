"""Whose drafts are whose, and in which order they are found."""

import pytest

from archive import records, unfinished, workflow
from archive.models import Record
from cms.models import User
from tests.factories import RecordFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def written(by: User, count: int) -> list[Record]:
    made = [RecordFactory.create() for _number in range(count)]
    for record in made:
        workflow.edit(record, {"title": f"{by}写的"}, by)
    return made


def test_what_was_written_last_comes_first_and_once() -> None:
    author = UserFactory.create()
    first, second, third = written(author, 3)
    workflow.edit(first, {"title": "又改"}, author)
    wanted = [first.pk, third.pk, second.pk]
    assert unfinished.newest_of_author(author, 10) == wanted
    assert unfinished.newest_of_author(author, 2) == wanted[:2]
    assert set(unfinished.of_author(author)) == {first, second, third}


def test_what_another_wrote_after_me_is_mine_no_longer() -> None:
    author, colleague = UserFactory.create(), UserFactory.create()
    mine, theirs, imported = written(author, 3)
    workflow.edit(theirs, {"title": "改"}, colleague)
    records.edit(imported, {"title": "无名氏改"}, None)
    assert unfinished.newest_of_author(author, 10) == [mine.pk]
    assert list(unfinished.of_author(author)) == [mine]
    assert unfinished.newest_of_author(colleague, 10) == [theirs.pk]


def test_what_was_returned_stands_apart_from_the_drafts() -> None:
    author, reviewer = UserFactory.create(), UserFactory.create()
    draft, back, submitted = written(author, 3)
    workflow.submit([back, submitted], author)
    workflow.send_back([back], reviewer, "日期不符")
    assert list(unfinished.returned_to(author)) == [back]
    assert not unfinished.returned_to(reviewer).exists()
    assert unfinished.newest_of_author(author, 10) == [draft.pk]
    assert set(unfinished.of_author(author)) == {draft, back}
