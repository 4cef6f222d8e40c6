"""The register of acquisitions in the admin, from receipt to accession."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive import acquisitions, decisions
from archive.acquisitions import Entry
from archive.models import Acquisition, AcquisitionItem, Batch, Record
from archive.openness import Access
from cms.admin.bulk import action_url
from cms.admin.decisions import ApproveDecisions, ProposeOpenness
from cms.chinese_dates import chinese_date
from tests.cms.admin.conftest import ClientOf
from tests.factories import (
    ADMINISTRATOR,
    ARCHIVIST,
    REVIEWER,
    RecordFactory,
    UserFactory,
    registered,
)

GIVEN: dict[str, Any] = {
    "number": "",
    "received_on": "2026-04-01",
    "basis": "donation",
    "secrecy": "internal",
    "description": "样本照片一批",
    "quantity": "2",
    "source_kind": "person",
    "source_name": "样本捐赠人",
    "contact": "样本路一号",
    "may_publish": "no",
    "may_exhibit": "yes",
    "may_copy": "unknown",
    "may_study": "yes",
}
PHOTOGRAPH = {
    "title": "样本合影",
    "material": "photograph",
    "quantity": "1",
    "date_original": "1963",
    "particular-photograph-event": "样本会议",
    "particular-photograph-photographer": "某甲",
    # As a browser without scripts sends them: the fields of the other kinds too.
    "particular-object-size": "不应保存",
}


@pytest.fixture
def client(client_of: ClientOf) -> Client:
    return client_of(ARCHIVIST)


@pytest.fixture
def fonds(db: None) -> Record:
    return RecordFactory.create(reference_code="Z001", level="fonds")


def accessioned(fonds: Record, **fields: Any) -> tuple[Acquisition, Record]:
    by = UserFactory.create()
    made = registered(by, **fields)
    item = acquisitions.add_item(made, title="样本", material="document")
    acquisitions.appraise(made)
    entry = Entry(item.pk, f"Z001-WS·{item.pk:04d}")
    (record,) = acquisitions.accession(made, fonds, "item", [entry], by)
    return made, record


def at(made: Acquisition, name: str, *rest: int) -> str:
    return reverse(f"archive_acquisition_{name}", args=(made.pk, *rest))


def page_of(made: Acquisition) -> str:
    return reverse("acquisition:inspect", args=(made.pk,))


def test_from_the_register_to_the_catalogue(client: Client, fonds: Record) -> None:
    client.post(reverse("acquisition:add"), GIVEN)
    made = Acquisition.objects.get()
    assert made.number == "ZJ2026-0001"
    client.post(at(made, "item_add"), PHOTOGRAPH | {"again": "1"})
    client.post(at(made, "item_add"), PHOTOGRAPH | {"title": "样本合影二"})
    assert client.get(page_of(made)).text.count("样本合影") > 1
    client.post(at(made, "appraise"))
    first, second = made.items.all()

    answer = client.post(
        at(made, "accession"),
        {
            "parent": fonds.pk,
            "level": "item",
            f"take-{first.pk}": "on",
            f"code-{first.pk}": "Z001-ZP·2026-0009",
            f"take-{second.pk}": "on",
            f"code-{second.pk}": "",
        },
    )

    assert answer.status_code == 302
    codes = fonds.children.values_list("reference_code", flat=True)
    assert list(codes) == ["Z001-ZP·2026-0009", "Z001-ZP·2026-0010"]
    record = fonds.children.first()
    assert record is not None
    assert record.particulars == {"event": "样本会议", "photographer": "某甲"}
    assert record.public_access == Access.NONE
    assert Batch.objects.get().kind == "accession"
    assert "Z001-ZP·2026-0009" in client.get(page_of(made)).text
    history = client.get(reverse("acquisition:history", args=(made.pk,))).text
    assert "入藏为 Z001-ZP·2026-0009、Z001-ZP·2026-0010" in history


def test_an_accession_that_is_refused_says_why_and_keeps_what_was_typed(
    client: Client, fonds: Record
) -> None:
    made = registered(UserFactory.create())
    item = acquisitions.add_item(made, title="样本", material="document")
    acquisitions.appraise(made)
    given = {"parent": fonds.pk, "level": "item", f"take-{item.pk}": "on"}

    taken = client.post(at(made, "accession"), given | {f"code-{item.pk}": "Z001"}).text
    missing = client.post(at(made, "accession"), given).text

    assert "“Z001”已被使用" in taken
    assert 'value="Z001"' in taken
    assert "第一件必填" in missing
    assert not fonds.children.exists()


def test_a_state_secret_is_refused_at_its_field(client: Client) -> None:
    answer = client.post(reverse("acquisition:add"), GIVEN | {"secrecy": "机密"})

    assert "国家秘密不得存入本系统" in answer.text
    assert not Acquisition.objects.exists()


def test_a_number_that_is_taken_is_said_in_the_form(client: Client) -> None:
    registered(UserFactory.create(), number="旧-1")

    answer = client.post(reverse("acquisition:add"), GIVEN | {"number": "旧-1"})

    assert "“旧-1”已被使用" in answer.text
    assert Acquisition.objects.count() == 1


def test_the_number_cannot_be_changed_and_the_history_names_no_one(
    client: Client,
) -> None:
    made = registered(
        UserFactory.create(),
        **{
            k: v for k, v in GIVEN.items() if v and k not in ("received_on", "quantity")
        },
    )
    changed = GIVEN | {
        "number": "另一个",
        "source_name": "改名之人",
        "contact": "新址",
        "may_publish": "yes",
    }
    client.post(reverse("acquisition:edit", args=(made.pk,)), changed)

    kept = Acquisition.objects.get()
    assert (kept.number, kept.contact, kept.may_publish) == (made.number, "新址", "yes")
    history = client.get(reverse("acquisition:history", args=(made.pk,))).text
    assert "网上公布（不可以 → 可以）" in history
    assert "联系方式" in history
    assert "新址" not in history
    assert "改名之人" not in history


def test_a_thing_is_edited_and_taken_off_the_list(client: Client) -> None:
    made = registered(UserFactory.create())
    client.post(at(made, "item_add"), PHOTOGRAPH)
    item = AcquisitionItem.objects.get()

    shown = client.get(at(made, "item_edit", item.pk)).text
    assert "尚缺：时间、地点" in shown
    changed = PHOTOGRAPH | {"material": "object"}
    client.post(at(made, "item_edit", item.pk), changed)
    item.refresh_from_db()
    assert item.particulars == {"size": "不应保存"}
    assert client.get(at(made, "item_remove", item.pk)).status_code == 405
    client.post(at(made, "item_remove", item.pk))
    assert not AcquisitionItem.objects.exists()


def test_the_form_offers_the_particulars_of_every_kind_without_scripts(
    client: Client,
) -> None:
    made = registered(UserFactory.create())
    shown = client.get(at(made, "item_add")).text

    for kind in ("document", "photograph", "object", "oral"):
        assert f'<fieldset data-material="{kind}">' in shown
    assert (
        "hidden" not in shown.partition("data-particulars")[2].partition("</form>")[0]
    )
    assert "cms/admin/particulars.js" in shown


def test_the_list_is_narrowed_and_shows_what_is_overdue(client: Client) -> None:
    by = UserFactory.create()
    today = timezone.localdate()
    late = registered(by, basis="loan", return_due=today - timedelta(days=1))
    registered(by, basis="loan", return_due=today + timedelta(days=1))
    back = registered(by, basis="loan", return_due=today - timedelta(days=9))
    acquisitions.give_back(back, today, "完好")
    gift = registered(by, received_on=date(2020, 1, 1), source_name="樣本會")
    index = reverse("acquisition:index")

    def found(query: str) -> set[str]:
        listed = client.get(f"{index}?{query}").context["object_list"]
        return {one.number for one in listed}

    assert found("overdue=yes") == {late.number}
    assert found("basis=donation") == found("year=2020") == {gift.number}
    assert found("status=returned") == {back.number}
    assert found("q=样本会") == {gift.number}
    shown = client.get(index).text
    assert shown.count("archive-overdue") == 1
    assert "已逾期" in client.get(page_of(late)).text


def test_a_deposit_is_given_back_with_a_record(client: Client, fonds: Record) -> None:
    made, _record = accessioned(fonds, basis="deposit")

    client.post(at(made, "return"), {"on": "2026-05-01", "note": "原物完好"})

    made.refresh_from_db()
    assert (made.status, made.returned_on) == ("returned", date(2026, 5, 1))
    assert "原物完好" in client.get(page_of(made)).text


def test_reviewers_look_and_change_nothing(client_of: ClientOf, fonds: Record) -> None:
    made = registered(UserFactory.create())
    item = acquisitions.add_item(made, title="样本", material="document")
    client = client_of(REVIEWER)

    assert client.get(page_of(made)).status_code == 200
    assert client.get(at(made, "list")).status_code == 200
    for name, rest in (
        ("item_add", ()),
        ("item_edit", (item.pk,)),
        ("item_remove", (item.pk,)),
        ("appraise", ()),
        ("accession", ()),
        ("return", ()),
    ):
        assert client.post(at(made, name, *rest)).status_code in (302, 403)
    made.refresh_from_db()
    assert made.status == "registered"
    assert made.items.count() == 1


def test_the_agreement_stands_beside_the_openness_and_warns(
    client_of: ClientOf, fonds: Record
) -> None:
    made, record = accessioned(fonds, may_publish="no", restriction="只供馆内研究")
    client = client_of(ADMINISTRATOR)
    told = f"协议不许网上公布（征集号 {made.number}）。"

    page = client.get(
        reverse("wagtailsnippets_archive_record:inspect", args=(record.pk,))
    ).text
    assert told in page
    assert "只供馆内研究" in page
    for asked in (record, fonds):
        form = client.get(action_url(ProposeOpenness, Record, [asked.pk], "/admin/"))
        assert told in form.text

    proposer = UserFactory.create()
    (clearing,) = decisions.propose(
        [record], {"publication_right": "cleared"}, "依据", proposer
    )
    (other,) = decisions.propose([record], {"secrecy": "public"}, "依据", proposer)
    for decision, warned in ((clearing, True), (other, False)):
        inspect = client.get(reverse("decision:inspect", args=(decision.pk,))).text
        approve = client.get(
            action_url(ApproveDecisions, type(decision), [decision.pk], "/admin/")
        ).text
        assert (told in inspect, told in approve) == (warned, warned)


def test_particulars_are_edited_in_the_record_s_form(client: Client) -> None:
    record = RecordFactory.create(
        material="photograph", particulars={"event": "样本会议"}
    )
    address = reverse("wagtailsnippets_archive_record:edit", args=(record.pk,))
    form = client.get(address).context["form"]
    given = {
        name: field.value()
        for name, field in ((f.html_name, f) for f in form)
        if field.value() is not None
    }
    given["tags"] = ""

    client.post(address, given | {"particular-photograph-place": "某村"})
    record.refresh_from_db()
    assert record.particulars == {"event": "样本会议", "place": "某村"}
    # Opened again: over the change of before it would ask.
    seen = client.get(address).context["form"]["seen_change"].value()
    client.post(address, given | {"material": "object", "seen_change": seen})
    record.refresh_from_db()
    assert (record.material, record.particulars) == ("object", {})


def test_only_a_donation_has_a_certificate(client: Client) -> None:
    by = UserFactory.create()
    gift = registered(by, source_name="样本捐赠人")
    acquisitions.add_item(gift, title="样本日记", material="document")
    loan = registered(by, basis="loan")

    paper = client.get(at(gift, "certificate")).text
    for told in ("捐赠证书", "样本捐赠人", gift.number, "样本日记", "1件"):
        assert told in paper
    assert client.get(at(loan, "certificate")).status_code == 404
    assert "征集清单" in client.get(at(loan, "list")).text


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 24), "二〇二六年十一月二十四日"),
        (date(2030, 1, 1), "二〇三〇年一月一日"),
        (date(1999, 10, 10), "一九九九年十月十日"),
        (date(2005, 12, 31), "二〇〇五年十二月三十一日"),
        (date(2005, 2, 20), "二〇〇五年二月二十日"),
    ],
)
def test_a_day_in_chinese_numerals(day: date, written: str) -> None:
    assert chinese_date(day) == written
