"""A case as its readers see it, and what its editors may not write."""

from typing import Any

import extruct
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from django.utils.http import urlencode

from archive.models import Subject
from archive.subjects import editing as subject_editing
from cms import sections
from cms.knowledge.articles import article
from cms.knowledge.gathering import gather
from cms.models import CaseMethod, CasePage
from tests.cms.cases.building import RECONCILED, case, dispute, draft, index, told
from tests.cms.collection import Collection
from tests.factories import READING_ROOM, decide

WORDS = "據實登記"


def concept(label: str) -> Subject:
    found = Subject.objects.filter(label=label).first()
    return found or subject_editing.create(
        label=label, label_en="", source="测试", status="approved"
    )


def body(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_section_is_in_the_menu(db: None) -> None:
    sections.provide()
    page = body("/cases/")
    assert 'href="/cases/" aria-current="page"' in page
    assert "暂无材料" in page


def test_a_case_says_everything_that_was_written(held: Collection) -> None:
    page = body(told(held.public, WORDS).url)
    for said in (
        *("两户共渠引水", "一条渠，两户田。", "相邻关系", "某县", "2024 年 7 月"),
        *("引水一方：甲户", "人民调解", "十一日", "达成协议，已履行", "渠口已修。"),
        *("旱季水量减半。", "第 1 日", "登记受理", "双方分别陈述。", "先量后议。"),
        *("演示编写组. 引水案例[R]. 2026.", "https://example.org/case", "匿名说明"),
        *("以红框标出", "证据", held.public.reference_code),
    ):
        assert said in page, said
    assert '<rect class="hit"' in page


def test_evidence_that_was_closed_is_gone_and_the_case_stays(
    held: Collection,
) -> None:
    one = told(held.public, WORDS)
    before = body(one.url)
    assert held.public.reference_code in before
    decide([held.public], READING_ROOM)
    after = body(one.url)
    assert held.public.reference_code not in after
    assert WORDS not in after
    assert "先量后议。" in after


def test_json_ld_tells_an_article(held: Collection) -> None:
    found = extruct.extract(
        body(told(held.public, WORDS).url),
        base_url="http://testserver/",
        syntaxes=["json-ld"],
    )
    graphs = [one for data in found["json-ld"] for one in data.get("@graph", [data])]
    (article_told,) = [one for one in graphs if one["@type"] == "Article"]
    assert article_told["headline"] == "两户共渠引水"
    assert article_told["description"] == "一条渠，两户田。"


def test_concepts_lead_to_the_article_of_the_regulation(held: Collection) -> None:
    sections.provide()
    seventeen = article(17)
    assert seventeen is not None
    about = concept(seventeen.subject)
    other = concept("无条文的词")
    page = body(case(subjects=[about, other]).url)
    assert f'href="/knowledge/regulation/#{seventeen.anchor}"' in page
    assert f"第十七条，{about.label}" in page
    assert f'href="/cases/?subject={other.number}"' in page


def test_a_lead_is_offered_about_this_case(db: None) -> None:
    one = case()
    wanted = urlencode({"about": f"http://testserver{one.url}"})
    page = body(one.url)
    assert f'href="/takedown/?{wanted}"' in page
    form = body(f"/takedown/?{wanted}")
    assert f'value="http://testserver{one.url}"' in form
    assert "提供线索" in form


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"month": 5}, "month"),
        ({"place": "某县某村"}, "place"),
        ({"place": "某县某路12号"}, "place"),
    ],
)
def test_what_is_too_near_is_refused(
    db: None, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as wrong:
        draft(**fields).full_clean(exclude=["path", "depth"])
    assert field in wrong.value.message_dict


def test_only_mediation_has_kinds(db: None) -> None:
    with pytest.raises(ValidationError):
        CaseMethod(method="arbitration", mediation="people").clean()


def test_methods_are_those_of_the_seventeenth_article() -> None:
    labels = [str(one.label) for one in CaseMethod.Method]
    assert labels == [
        *("和解", "调解", "信访", "行政裁决", "行政复议", "仲裁", "诉讼"),
    ]


def test_a_type_in_use_is_not_deleted_and_speaks_english(db: None) -> None:
    one = case(methods=(RECONCILED,))
    with pytest.raises(Exception, match="protected"):
        dispute().delete()
    with translation.override("en"):
        assert one.dispute_name == "Neighbouring property"
        assert str(one.methods.get())


def test_cases_count_on_their_concept(held: Collection) -> None:
    about = concept("用水调解")
    case(subjects=[about])
    found = gather({1: about})[1].by_kind["case"]
    assert found.count == 1
    assert found.newest[0].note == "相邻关系，人民调解"
    assert index().get_children().count() == CasePage.objects.count() == 1
