"""The verification of certificates, and their PDF, as strangers get them."""

import io
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from cms.models import Certificate, User, VisitCount
from cms.training import attendance, certificates
from cms.visits import counting
from tests.browser.sample_site import front_page
from tests.cms.classes.building import enrol, training_class
from tests.factories import UserFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db
FORM = "/certificates/"
UNKNOWN = "ABCD-EFGH-JKMN"


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def trainer() -> User:
    return UserFactory.create()


@pytest.fixture
def issued(trainer: User) -> Certificate:
    one = training_class(in_days=-5, hours="24")
    (learner,) = enrol(one, "学员甲")
    for row in one.sessions.all():
        attendance.mark_present(one, row.pk, trainer)
    return certificates.issue(one, learner, "样本培训机构", trainer)


def page_of(one: Certificate) -> str:
    return f"/certificates/{one.code}/"


def ask(client: Client, monkeypatch: pytest.MonkeyPatch, code: str) -> object:
    """Fill in the form as a person does, who takes a moment."""
    from cms.forms import guarded

    monkeypatch.setattr(guarded, "MIN_SECONDS", -1)
    stamp = re.search(
        r'name="stamp" value="([^"]*)"', client.get(FORM).content.decode()
    )
    assert stamp is not None
    return client.post(FORM, {"code": code, "stamp": stamp[1], "website": ""})


def test_a_certificate_in_force_says_whose_it_is(
    client: Client, issued: Certificate
) -> None:
    got = client.get(page_of(issued))
    text = got.content.decode()

    assert "证书有效" in text
    for said in ("学员甲", "某县某单位", "调解记录", "第二期", "24", issued.number):
        assert said in text
    assert "样本培训机构" in text


def test_a_revoked_one_says_why_and_has_no_pdf(
    client: Client, issued: Certificate, trainer: User
) -> None:
    certificates.revoke(issued, "姓名有误", trainer)

    text = client.get(page_of(issued)).content.decode()
    assert "证书有效" not in text
    assert "撤销" in text
    assert "姓名有误" in text
    answer = client.get(f"/certificates/{issued.code}.pdf")
    assert (answer.status_code, answer["Location"]) == (302, page_of(issued))


NOT_CODES = (UNKNOWN, "QQ77", "ZZZZ-ZZZZ-ZZZZ", "学员甲", "1" * 300)


@pytest.mark.parametrize("code", NOT_CODES)
def test_every_code_that_is_none_gets_the_same_answer(
    client: Client, issued: Certificate, code: str
) -> None:
    one = client.get(f"/certificates/{UNKNOWN}/")
    other = client.get(f"/certificates/{code}/")
    assert (one.status_code, other.status_code) == (404, 404)
    words = [
        a.content.decode().replace(c, "") for a, c in ((one, UNKNOWN), (other, code))
    ]
    assert _without_addresses(words[0]) == _without_addresses(words[1])
    assert client.get(f"/certificates/{code}.pdf").status_code == 404


def _without_addresses(text: str) -> str:
    return re.sub(r'href="[^"]*"', "", text)


def test_it_is_kept_from_caches_search_engines_and_counts(
    client: Client, issued: Certificate
) -> None:
    for path in (page_of(issued), FORM, f"/certificates/{UNKNOWN}/"):
        got = client.get(path, headers={"user-agent": "Mozilla/5.0"})
        assert "no-store" in got["Cache-Control"], path
        assert got["X-Robots-Tag"] == "noindex", path
        assert 'name="robots" content="noindex"' in got.content.decode(), path
    counting.flush()
    assert not VisitCount.objects.filter(path__startswith="/certificates").exists()


def test_the_form_finds_a_code_however_it_is_typed(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = ask(client, monkeypatch, issued.code.lower().replace("-", " "))
    assert got["Location"] == page_of(issued)  # type: ignore[index]

    got = ask(client, monkeypatch, UNKNOWN)
    assert "没有这个核验码" in got.content.decode()  # type: ignore[attr-defined]


def test_the_form_takes_so_many_an_hour(
    client: Client, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        ask(client, monkeypatch, UNKNOWN)
    got = ask(client, monkeypatch, issued.code)
    assert got.status_code == 200  # type: ignore[attr-defined]
    assert "次数太多" in got.content.decode()  # type: ignore[attr-defined]


def test_an_address_typed_otherwise_leads_to_the_one(
    client: Client, issued: Certificate
) -> None:
    got = client.get(f"/certificates/{issued.code.lower()}/")
    assert got["Location"] == page_of(issued)


def test_the_pdf_is_one_sheet_with_text_that_can_be_copied(
    client: Client, issued: Certificate
) -> None:
    got = client.get(f"/certificates/{issued.code}.pdf")
    assert got["Content-Type"] == "application/pdf"
    assert got["X-Robots-Tag"] == "noindex"
    assert "no-store" in got["Cache-Control"]

    reader = PdfReader(io.BytesIO(got.content))
    sheet: Any = reader.pages[0]
    assert len(reader.pages) == 1
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (842, 595)
    text = "".join(sheet.extract_text().split())
    # Some fonts name the radical where one glyph serves it and a character.
    assert not [char for char in text if 0x2E80 <= ord(char) <= 0x2FDF]
    for said in (
        "结业证书",
        "学员甲",
        "某县某单位",
        "“调解记录”培训",
        "第二期",
        "24学时",
    ):
        assert said in text, said
    assert issued.code in text
    assert f"testserver/certificates/{issued.code}" in text
    assert "样本培训机构" in text
    fonts = [font.get_object() for font in sheet["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descended = font["/DescendantFonts"][0].get_object()
        keys = descended["/FontDescriptor"].get_object().keys()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(keys)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_make_one_certificate_of_each_learner() -> None:
    front_page()
    one = training_class(in_days=-5)
    names = [f"学员{n}" for n in range(4)]
    enrol(one, *names)
    trainer: User = UserFactory.create()
    for row in one.sessions.all():
        attendance.mark_present(one, row.pk, trainer)

    def issue(_number: int) -> None:
        certificates.issue_all(one, "样本培训机构", trainer)

    assert at_once(issue, 2) == []
    made = Certificate.objects.order_by("serial").values_list("name", "serial")
    assert sorted(name for name, _serial in made) == names
    assert [serial for _name, serial in made] == [1, 2, 3, 4]
