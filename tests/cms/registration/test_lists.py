"""A liaison's list: read, checked, and registered whole or not at all."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cms.models.occasions import Occasion, Registration
from cms.registration import lists
from tests.cms.registration.asking import rows_of, send, sent, stamp_of
from tests.cms.registration.building import occasion, registered

pytestmark = pytest.mark.django_db
HEADS = list(lists.HEADS)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def xlsx(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def row(number: int, **fields: Any) -> list[Any]:
    usual = {"name": f"某甲{number}", "unit": "样本单位", "phone": f"138{number:08d}"}
    return list({**usual, **fields}.values())


def problems(*rows: Sequence[Any]) -> list[tuple[int, str, str]]:
    found = lists.read(xlsx(*rows))
    assert not found.people
    assert all(one.remedy for one in found.problems)
    return [(one.row, one.column, one.message) for one in found.problems]


def test_the_template_is_read_again_once_filled_in() -> None:
    book = load_workbook(io.BytesIO(lists.template()))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == HEADS
    assert sheet["C2"].number_format == "@"
    assert lists.read(lists.template()).problems[0].message == "名单上没有人。"
    sheet["A2"], sheet["C2"] = "某甲", "05750000000"
    made = io.BytesIO()
    book.save(made)
    (one,) = lists.read(made.getvalue()).people
    assert (one.name, one.unit, one.contact) == ("某甲", "", "05750000000")


def test_columns_may_be_in_any_order_and_numbers_have_no_fraction() -> None:
    found = lists.read(
        xlsx(
            ["序号", HEADS[2], HEADS[0], HEADS[1]], [1, 13800000000.0, " 某 甲 ", None]
        )
    )
    assert not found.problems
    assert found.people[0].contact == "13800000000"
    assert found.people[0].name == "某 甲"


def test_every_problem_is_named_with_row_column_and_remedy() -> None:
    assert problems(HEADS, row(1, name=None), row(2, phone="见附件")) == [
        (2, "姓名", "没有填写。"),
        (3, "电话或电子邮箱", "看不出是电话还是电子邮箱。"),
    ]
    assert problems(HEADS, row(1), row(1)) == [(3, "姓名", "与第 2 行是同一个人。")]
    assert problems(HEADS, row(1, name='=HYPERLINK("x")')) == [
        (2, "姓名", "这是公式，没有计算。")
    ]
    assert problems(HEADS, row(1, name="甲" * 61)) == [(2, "姓名", "超过 60 字。")]
    assert problems(["姓名", "单位"], row(1)) == [(1, "电话或电子邮箱", "缺少这一列。")]
    assert problems([*HEADS, "身份证号"], row(1)) == [(1, "身份证号", "不需要这一列。")]
    many = [row(number) for number in range(lists.MOST_PEOPLE + 5)]
    assert problems(HEADS, *many) == [(202, "", "一份名单至多 200 人。")]


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return made.getvalue()


def far_below() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(HEADS)
    sheet.append(row(1))
    sheet.cell(1_048_576, 16_384, "x")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "不是完好的 XLSX"),
        (b"name,unit\n", "不是完好的 XLSX"),
        (xlsx(HEADS, row(1))[:900], "不是完好的 XLSX"),
        (bomb(), "过大"),
    ],
)
def test_what_is_no_list_is_told_and_never_unpacked(content: bytes, told: str) -> None:
    (problem,) = lists.read(content).problems
    assert told in problem.message


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    assert len(lists.read(far_below()).people) == 1


def upload(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    made: Occasion,
    content: bytes,
) -> Any:
    file = SimpleUploadedFile("名单.xlsx", content)
    address = reverse("registration-group", args=[made.uid])
    return send(
        client, monkeypatch, address, liaison="样本镇 某乙", file=file, consent="on"
    )


def test_a_list_is_checked_then_registered_and_all_codes_are_on_one_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion(capacity=2)
    address = reverse("registration-group", args=[made.uid])
    content = xlsx(HEADS, *(row(n) for n in range(1, 4)))
    check = upload(client, monkeypatch, made, content)
    assert "名单上有 3 人，还没有报名" in check.text
    assert not Registration.objects.exists()
    data = {"rows": rows_of(check.text), "stamp": stamp_of(check.text)}
    done = sent(client, monkeypatch, address, data, 60)
    again = sent(client, monkeypatch, address, data, 60)
    assert done["Location"] == again["Location"]
    assert Registration.objects.count() == 3
    page = client.get(done["Location"]).text
    assert page.count('class="qr"') == 2
    for one in Registration.objects.all():
        assert one.number in page
        assert one.name in page
        assert one.liaison == "样本镇 某乙"
    assert "其中 1 人候补" in page


def test_one_wrong_row_and_nobody_is_registered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion()
    content = xlsx(HEADS, row(1), row(2, phone=""))
    answer = upload(client, monkeypatch, made, content)
    assert "名单上有 1 处不对" in answer.text
    assert "没有填写" in answer.text
    assert not Registration.objects.exists()


def test_who_is_registered_already_is_named_and_nobody_is_registered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = occasion()
    registered(made, 1)
    check = upload(client, monkeypatch, made, xlsx(HEADS, row(1), row(2)))
    data = {"rows": rows_of(check.text), "stamp": stamp_of(check.text)}
    address = reverse("registration-group", args=[made.uid])
    refused = sent(client, monkeypatch, address, data, 60)
    assert "请从名单中删去" in refused.text
    assert "某甲1" in refused.text
    assert Registration.objects.count() == 1


def test_a_list_of_another_occasion_or_of_nobodys_hand_is_not_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = occasion(), occasion()
    check = upload(client, monkeypatch, made, xlsx(HEADS, row(1)))
    address = reverse("registration-group", args=[other.uid])
    for rows in (rows_of(check.text), "x"):
        data = {"rows": rows, "stamp": stamp_of(check.text)}
        answer = sent(client, monkeypatch, address, data, 60)
        assert "请重新上传名单" in answer.text
    assert not Registration.objects.exists()


def test_too_large_a_file_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = upload(client, monkeypatch, occasion(), b"x" * 1_000_001)
    assert "文件超过 1 MB" in answer.text
