"""The field for subjects: public concepts by their preferred labels, nothing else."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from archive.models import Record, Subject
from archive.subjects import editing
from cms.admin.page_subjects import SubjectFormField, SubjectsFormField
from cms.models import NewsPage, SubjectPage
from tests.cms.knowledge.conftest import (
    add_news,
    add_output,
    open_fonds,
    opened,
    settle,
)
from tests.factories import EDITOR, RESEARCHER, RecordFactory, UserFactory, subject

pytestmark = pytest.mark.django_db

ASK = "/admin/pages-subjects/suggest/"


@pytest.fixture
def fonds(site: Any) -> Record:
    return open_fonds()


def client_of(group: str) -> Client:
    client = Client()
    client.force_login(UserFactory.create(groups=[group]))
    return client


def offered(typed: str) -> list[str]:
    found = client_of(EDITOR).get(ASK, {"q": typed}).json()["suggestions"]
    return [one["label"] for one in found]


def test_editors_are_offered_concepts_by_their_labels(site: Any) -> None:
    assert offered("調解")[0] == "调解"
    assert offered("mediation")[0] == "调解"


def test_nobody_is_offered_anything_without_the_right_to_write(site: Any) -> None:
    assert Client().get(ASK, {"q": "调解"}).status_code == 302
    assert client_of(RESEARCHER).get(ASK, {"q": "调解"}).status_code in (302, 403)


def test_a_concept_that_only_closed_records_bear_is_a_secret(fonds: Record) -> None:
    subject("玄鹇瓠语")
    RecordFactory.create(parent=fonds, subjects="玄鹇瓠语")
    settle()
    field = SubjectsFormField()
    assert offered("玄鹇") == []
    with pytest.raises(ValidationError) as hidden:
        field.clean("玄鹇瓠语")
    with pytest.raises(ValidationError) as unknown:
        field.clean("无此词语")
    assert hidden.value.messages[0].replace("玄鹇瓠语", "…") == (
        unknown.value.messages[0].replace("无此词语", "…")
    )
    opened("玄鹇瓠语", fonds)
    assert offered("玄鹇") == ["玄鹇瓠语"]
    assert field.clean("玄鹇瓠语")[0].label == "玄鹇瓠语"


def test_another_name_of_a_public_concept_may_be_a_secret_too(site: Any) -> None:
    editing.add_name(Subject.objects.get(label="调解"), "玄鹇别名")
    assert offered("玄鹇") == []
    with pytest.raises(ValidationError):
        SubjectsFormField().clean("玄鹇别名")


def test_candidates_are_not_offered(site: Any) -> None:
    subject("候选的词", status="candidate", source="《样例》")
    assert offered("候选") == []


def test_a_concept_stays_in_use_on_the_pages_that_have_it(fonds: Record) -> None:
    one = subject("样本词")
    page = add_news("一条", subjects=[one])
    assert SubjectsFormField().clean("样本词") == [one]
    page.unpublish()
    with pytest.raises(ValidationError):
        SubjectsFormField().clean("样本词")


def test_several_are_typed_with_semicolons_and_none_twice(site: Any) -> None:
    field = SubjectsFormField(required=False)
    found = field.clean("调解；信访; 調解")
    assert [one.label for one in found] == ["调解", "信访"]
    assert field.clean("") == []
    assert field.prepare_value(found) == "调解；信访"
    assert not field.has_changed(found, "信访；调解")
    assert field.has_changed(found, "信访")


def test_one_field_takes_one_concept(site: Any) -> None:
    field = SubjectFormField(required=False)
    one = Subject.objects.get(label="调解")
    assert field.clean("调解") == one
    assert field.clean("") is None
    assert field.prepare_value(one.pk) == "调解"
    with pytest.raises(ValidationError, match="只能填一个"):
        field.clean("调解；信访")


def test_pages_follow_a_concept_that_is_merged_into_another(site: Any) -> None:
    gone, heir = subject("旧词", source="《甲》"), subject("新词", source="《乙》")
    page = add_output("一篇", subjects=[gone])
    both = add_news("一条", subjects=[gone, heir])
    SubjectPage.objects.filter(slug="grid").update(subject=gone)
    editing.merge([gone], heir)
    assert [one.label for one in page.__class__.objects.get().subjects.all()] == [
        "新词"
    ]
    assert [one.label for one in NewsPage.objects.get(pk=both.pk).subjects.all()] == [
        "新词"
    ]
    grid = SubjectPage.objects.get(slug="grid")
    assert grid.subject is not None
    assert grid.subject.label == "新词"
    # A draft from before the merge can still be published.
    page.latest_revision.publish()


def test_the_form_of_a_page_shows_and_saves_its_subjects(
    site: Any, admin_client: Client
) -> None:
    page = add_news("一条", subjects=[Subject.objects.get(label="调解")])
    shown = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'value="调解"' in shown
    assert "data-suggest-multiple" in shown
    assert "cms/admin/suggest.js" in shown
