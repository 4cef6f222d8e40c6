"""Variants of fixed wordings are found wherever the house's own words stand."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.admin.fixed_wordings import read
from cms.editing import checks, first_wordings
from cms.editing.fixed_wordings import Finder, finder
from cms.models import FixedWording
from tests.cms.editing.conftest import WritePage
from tests.factories import UserFactory

QUOTED = FixedWording(
    wording="“枫桥经验”",
    variants="枫桥经验\n《枫桥经验》",
    also_right="「枫桥经验」\n‘枫桥经验’",
)


def found(text: str, *wordings: FixedWording) -> list[str]:
    return [flag.found for flag in Finder(wordings or [QUOTED]).find("", text)]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("“枫桥经验”传承发展", []),
        ("枫桥经验传承发展", ["枫桥经验"]),
        ("楓橋經驗傳承發展", ["楓橋經驗"]),
        ("「楓橋經驗」傳承發展", []),
        ("“绍兴‘枫桥经验’宣传周”", []),
        ("《枫桥经验》一书，又见枫桥经验", ["《枫桥经验》", "枫桥经验"]),
        ("", []),
    ],
)
def test_right_wordings_hide_the_variants_that_are_part_of_them(
    text: str, flagged: list[str]
) -> None:
    assert found(text) == flagged


def test_the_longest_variant_counts() -> None:
    longer = FixedWording(
        wording="新时代“枫桥经验”", variants="“新时代枫桥经验”\n新时代枫桥经验"
    )
    text = "坚持和发展“新时代枫桥经验”。"
    assert found(text, QUOTED, longer) == ["“新时代枫桥经验”"]


def test_a_flag_tells_what_stands_around_it() -> None:
    (flag,) = Finder([QUOTED]).find("提要", "要坚持发展枫桥经验，推进治理")
    assert (flag.before, flag.after) == ("要坚持发展", "，推进治理")
    assert flag.wording == "“枫桥经验”"
    assert flag.place == "提要"


def test_an_empty_list_finds_nothing() -> None:
    assert Finder([]).find("", "枫桥经验") == []


def test_every_text_of_a_page_is_looked_at_but_quotations(write: WritePage) -> None:
    FixedWording.objects.create(wording="四先四早", variants="四早四先")
    page = write(
        [
            ("heading", "四早四先是什么"),
            (
                "text",
                "<p>推行四<b>早四</b>先。</p><blockquote>原文四早四先</blockquote>",
            ),
            ("quote", {"text": "四早四先", "source": "某文件"}),
        ],
        title="谈四早四先",
        summary="四早四先",
        search_description="四早四先",
    )

    places = [flag.place for flag in checks.check(page).flags]
    assert {"提要", "正文 › 1. 小标题", "正文 › 2. 文字"} <= set(places)
    assert len(places) == 5
    assert not any("引用" in place for place in places)


def test_a_variant_that_only_differs_in_script_is_refused(db: None) -> None:
    with pytest.raises(ValidationError, match="简繁"):
        FixedWording(wording="枫桥", variants="楓橋").clean()
    with pytest.raises(ValidationError, match="太短"):
        FixedWording(wording="枫桥", variants="枫").clean()


def test_the_list_that_a_house_begins_with_agrees_with_itself(db: None) -> None:
    """No right wording is flagged by another, and no variant is refused."""
    assert first_wordings.provide() == len(first_wordings.BEGINNINGS)
    assert first_wordings.provide() == 0
    known = finder()
    for one in FixedWording.objects.all():
        one.full_clean()
        assert known.find("", one.wording) == []
        assert known.find("", one.source) == []


def test_the_list_goes_out_as_csv_and_comes_back_the_same(db: None) -> None:
    first_wordings.provide()
    before = list(FixedWording.objects.values_list("wording", "variants", "blocking"))
    client = Client()
    client.force_login(UserFactory.create(is_superuser=True))
    table = client.get(reverse("editing_wordings_export")).content
    FixedWording.objects.all().delete()

    sent: Any = {"file": _file(table)}
    answer = client.post(reverse("editing_wordings_import"), sent)

    assert answer.status_code == 302
    after = list(FixedWording.objects.values_list("wording", "variants", "blocking"))
    assert after == before


def _file(content: bytes) -> Any:
    return SimpleUploadedFile("wordings.csv", content)


def test_a_bad_table_names_its_rows_and_changes_nothing(db: None) -> None:
    text = "标准写法,不用的写法\n枫桥,楓橋\n四先四早,四早四先\n,空的\n"
    with pytest.raises(ValidationError) as refused:
        read(text)
    told = " ".join(refused.value.messages)
    assert "第 2 行" in told
    assert "第 4 行" in told
    assert not FixedWording.objects.exists()
    with pytest.raises(ValidationError, match="表头"):
        read("甲,乙\n1,2\n")
