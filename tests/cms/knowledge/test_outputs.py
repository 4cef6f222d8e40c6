"""Research outputs: who may have the full text, who is named, what is cited."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings
from wagtail.documents import get_document_model
from wagtail.models import Collection

from archive.models import Authority, Record, Subject
from cms.demonstration.translations import translate
from cms.knowledge import fulltexts, public_authorities
from cms.models import OutputAuthor, OutputPage
from tests.cms.knowledge.conftest import add_output, open_fonds, settle
from tests.factories import (
    ARCHIVIST,
    EDITOR,
    PUBLIC,
    READING_ROOM,
    RESEARCHER,
    RecordFactory,
    UserFactory,
    authority,
    decide,
)

pytestmark = pytest.mark.django_db

WORDS = "全文里的话"


def document(*, kept: bool = True) -> Any:
    where = fulltexts.collection() if kept else Collection.get_first_root_node()
    made = get_document_model()(title="全文", collection=where)
    made.file.save("text.txt", ContentFile(WORDS.encode()), save=False)
    made.save()
    return made


def client_of(*groups: str) -> Client:
    client = Client()
    client.force_login(UserFactory.create(groups=groups))
    return client


def gets(file: Any, client: Client | None = None) -> bool:
    response = (client or Client()).get(file.url)
    assert response.status_code in (200, 404)
    if response.status_code == 404:
        assert WORDS not in response.content.decode()
        return False
    body = b"".join(response)
    return WORDS in body.decode()


@pytest.fixture
def in_the_room(settings: Settings) -> None:
    settings.READING_ROOM_NETWORKS = ["127.0.0.0/8"]


def test_an_open_full_text_is_for_everyone(site: Any) -> None:
    file = document()
    page = add_output("一篇", full_text="open", document=file)
    assert gets(file)
    assert file.url in Client().get(page.url).content.decode()


def test_of_an_abstract_nobody_outside_gets_the_file_by_its_address(
    site: Any, in_the_room: None
) -> None:
    file = document()
    page = add_output("一篇", full_text="abstract", document=file)
    assert not gets(file)
    assert not gets(file, client_of(RESEARCHER))
    assert not gets(file, client_of(EDITOR))
    assert gets(file, client_of(ARCHIVIST))
    html = Client().get(page.url).content.decode()
    assert file.url not in html
    assert "仅提供摘要" in html


def test_what_is_for_the_reading_room_is_read_there_only(
    site: Any, in_the_room: None, settings: Settings
) -> None:
    file = document()
    page = add_output("一篇", full_text="in_house", document=file)
    researcher = client_of(RESEARCHER)
    assert gets(file, researcher)
    assert file.url in researcher.get(page.url).content.decode()
    assert not gets(file)
    assert file.url not in Client().get(page.url).content.decode()
    settings.READING_ROOM_NETWORKS = []
    assert not gets(file, researcher)


def test_a_file_among_the_full_texts_is_closed_before_anything_says_so(
    site: Any,
) -> None:
    file = document()
    assert not gets(file)
    assert gets(document(kept=False))


def test_a_withdrawn_output_takes_its_full_text_along(site: Any) -> None:
    file = document()
    page = add_output("一篇", full_text="open", document=file)
    page.unpublish()
    assert not gets(file)


def test_a_file_below_the_full_texts_is_closed_as_well(site: Any) -> None:
    below = fulltexts.collection().add_child(name="论文")
    made = get_document_model()(title="全文", collection=below)
    made.file.save("text.txt", ContentFile(WORDS.encode()), save=False)
    made.save()
    assert not gets(made)


def test_a_translation_opens_no_more_than_its_original(site: Any) -> None:
    file = document()
    page = add_output("一篇", full_text="open", document=file)
    translated = translate(page, {"title": "A paper", "slug": "paper"})
    assert translated is not None
    assert gets(file)
    # While it is written it takes nothing away, either.
    translated.unpublish()
    assert gets(file)
    translated.save_revision().publish()
    page.unpublish()
    assert not gets(file)


def test_a_file_of_a_translation_alone_goes_with_its_original(site: Any) -> None:
    file = document()
    page = add_output("一篇", full_text="abstract")
    fields = {"title": "A paper", "full_text": "open", "document": file}
    translated = translate(page, fields)
    assert translated is not None
    assert gets(file)
    page.unpublish()
    type(translated).objects.filter(pk=translated.pk).update(live=True)
    assert not gets(file)


def test_the_strictest_of_two_outputs_counts(site: Any) -> None:
    file = document()
    add_output("一篇", full_text="open", document=file)
    add_output("又一篇", full_text="abstract", document=file)
    assert not gets(file)


def test_what_is_not_open_must_lie_among_the_full_texts(site: Any) -> None:
    page = OutputPage(title="一篇", issued="2025", full_text="abstract")
    page.document = document(kept=False)
    with pytest.raises(ValidationError, match="研究成果全文"):
        page.clean()
    page.full_text = "open"
    page.clean()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"issued": "不知何时"}, "issued"),
        ({"doi": "10.1/x"}, "doi"),
        ({"isbn": "978-0-306-40615-8"}, "isbn"),
        ({"full_text": "open"}, "document"),
    ],
)
def test_wrong_input_is_refused_at_its_field(
    site: Any, fields: dict[str, str], named: str
) -> None:
    page = OutputPage(**{"title": "一篇", "issued": "2025", **fields})
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert list(refused.value.message_dict) == [named]


def test_the_date_is_kept_as_a_range(site: Any) -> None:
    page = add_output("一篇", issued="2025-06")
    page.refresh_from_db()
    found = (str(page.issued_min), str(page.issued_max))
    assert found == ("2025-06-01", "2025-06-30")
    assert page.gathered_note == "论文，2025"


def test_the_page_cites_itself_and_its_exports_are_files(site: Any) -> None:
    page = add_output("一篇", "甲", "乙", container="演示学刊", issue="2")
    html = Client().get(page.url).content.decode()
    assert "甲，乙. 一篇[J]. 演示学刊，2025（2）." in html
    for suffix, told in (("ris", "TY  - JOUR"), ("bib", "@article"), ("json", "DOI")):
        response = Client().get(f"{page.url}citation/{suffix}/")
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        if suffix != "json":
            assert told in response.content.decode()
    assert Client().get(f"{page.url}citation/doc/").status_code == 404
    page.unpublish()
    assert Client().get(f"{page.url}citation/ris/").status_code == 404


def test_the_list_is_narrowed_by_each_of_its_fields(site: Any) -> None:
    concept = Subject.objects.get(label="调解")
    add_output("甲的论文", "甲", issued="2024", subjects=[concept])
    add_output("乙的专著", "乙", kind="book")
    for query, titles in (
        ("", ["乙的专著", "甲的论文"]),
        ("?kind=book", ["乙的专著"]),
        ("?year=2024", ["甲的论文"]),
        ("?author=乙", ["乙的专著"]),
        (f"?subject={concept.number}", ["甲的论文"]),
        ("?kind=paper&author=乙", []),
        ("?kind=nonsense&year=x&page=99", ["乙的专著", "甲的论文"]),
    ):
        html = Client().get(f"/knowledge/outputs/{query}").content.decode()
        listed = html[html.index("kb-total") :]
        found = [title for title in ("乙的专著", "甲的论文") if title in listed]
        assert found == titles, query


Made = Callable[[str], tuple[Record, Authority]]


@pytest.fixture
def made(site: Any) -> Made:
    fonds = open_fonds()

    def make(name: str) -> tuple[Record, Authority]:
        found = authority(name)
        record = RecordFactory.create(
            parent=fonds, authorities=[[found.number, "creator"]]
        )
        return record, found

    return make


def with_author(found: Authority) -> OutputPage:
    page = add_output("一篇", "演示作者甲")
    page.authors = [OutputAuthor(name="演示作者甲", authority=found)]
    page.save_revision().publish()
    return page


def test_an_authority_is_linked_only_while_a_record_of_its_is_open(made: Made) -> None:
    record, found = made("玄鹇会")
    page = with_author(found)
    assert "玄鹇会" not in Client().get(page.url).content.decode()
    decide([record], PUBLIC)
    settle()
    html = Client().get(page.url).content.decode()
    assert "馆藏中的档案" in html
    decide([record], READING_ROOM)
    html = Client().get(page.url).content.decode()
    assert "馆藏中的档案" not in html
    assert "演示作者甲" in html


def test_who_writes_is_offered_public_authorities_by_their_preferred_names(
    made: Made,
) -> None:
    _hidden, _none = made("玄鹇会")
    shown, found = made("样本会")
    decide([shown], PUBLIC)
    editor = client_of(EDITOR)
    asked = "/admin/pages-authors/suggest/"
    assert editor.get(asked, {"q": "玄鹇"}).json() == {"suggestions": []}
    (offered,) = editor.get(asked, {"q": "样本"}).json()["suggestions"]
    assert offered["value"] == found.number
    assert Client().get(asked, {"q": "样本"}).status_code == 302
    assert client_of(RESEARCHER).get(asked, {"q": "样本"}).status_code in (302, 403)


def test_a_hidden_authority_is_refused_as_one_that_does_not_exist(made: Made) -> None:
    field = OutputAuthor._meta.get_field("authority").formfield()
    _record, hidden = made("玄鹇会")
    shown, found = made("样本会")
    decide([shown], PUBLIC)
    told = []
    for typed in (f"玄鹇会（{hidden.number}）", "玄鹇会", "无此会"):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        told.append(refused.value.messages[0].replace(typed, "…"))
    assert len(set(told)) == 1
    assert field.clean(f"样本会（{found.number}）") == found
    assert field.clean("样本会") == found
    assert field.prepare_value(hidden.pk) == ""
    assert list(public_authorities.known()) == [found]
