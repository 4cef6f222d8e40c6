"""Cases and collections of them, as their editors' forms would store them."""

from typing import Any

from wagtail.models import Site

from archive.models import Record
from cms.models import (
    CaseCollectionPage,
    CaseIndexPage,
    CaseMethod,
    CasePage,
    DisputeType,
)
from tests.cms.exhibitions.building import block, listed, proof

MEDIATION = ("mediation", "people")
RECONCILED = ("reconciliation", "")


def index(title: str = "案例") -> CaseIndexPage:
    found: CaseIndexPage | None = CaseIndexPage.objects.first()
    if found is not None:
        return found
    home = Site.objects.get(is_default_site=True).root_page
    made: CaseIndexPage = home.add_child(
        instance=CaseIndexPage(title=title, slug="cases")
    )
    return made


def dispute(name: str = "相邻关系", name_en: str = "Neighbours") -> DisputeType:
    found: DisputeType = DisputeType.objects.get_or_create(
        name=name, defaults={"name_en": name_en}
    )[0]
    return found


def step(title: str, *evidence: Any, when: str = "第 1 日", text: str = "") -> Any:
    told = {"when": when, "title": title, "text": text}
    return block("step", {**told, "evidence": listed(*evidence)})


def draft(
    title: str = "两户共渠引水",
    *,
    kind: str = "相邻关系",
    methods: tuple[tuple[str, str], ...] = (MEDIATION,),
    **fields: Any,
) -> CasePage:
    """Not yet saved: below which page, and by whom, is for the caller."""
    given = {"slug": f"c{CasePage.objects.count()}", "summary": "", **fields}
    page: Any = CasePage(title=title, dispute=dispute(kind), **given)
    page.methods = [CaseMethod(method=way, mediation=which) for way, which in methods]
    made: CasePage = page
    return made


def case(title: str = "两户共渠引水", **fields: Any) -> CasePage:
    """A live case."""
    subjects = fields.pop("subjects", ())
    page: Any = index().add_child(instance=draft(title, **fields))
    page.subjects = list(subjects)
    page.save_revision().publish()
    found: CasePage = CasePage.objects.get(pk=page.pk)
    return found


def told(record: Record, words: str, **fields: Any) -> CasePage:
    """A case with everything in it that a case may have, on page 1 of ``record``."""
    shown = proof(record, words=words)
    return case(
        **{
            "summary": "一条渠，两户田。",
            "year": 2024,
            "month": 7,
            "duration": "十一日",
            "outcome_text": "渠口已修。",
            "parties": [block("party", {"role": "引水一方", "alias": "甲户"})],
            "background": [block("text", "<p>旱季水量减半。</p>")],
            "steps": [step("登记受理", shown, text="双方分别陈述。"), step("回访")],
            "lessons": [block("lesson", "先量后议。")],
            "cited": [
                block("passage", shown),
                block(
                    "records", {"records": listed({"record": record.pk, "note": ""})}
                ),
                block(
                    "outside",
                    {
                        "citation": "演示编写组. 引水案例[R]. 2026.",
                        "url": "https://example.org/case",
                    },
                ),
            ],
            **fields,
        }
    )


def collection(*cases: CasePage, **fields: Any) -> CaseCollectionPage:
    given = {"title": "用水案例集", "slug": "water", **fields}
    page = CaseCollectionPage(**given)
    page.introduction = [block("text", "<p>收录用水的案例。</p>")]
    page.cases = [block("case", one.pk) for one in cases]
    made: CaseCollectionPage = index().add_child(instance=page)
    made.save_revision().publish()
    return made
