"""What the pages of cases need beyond the sample documents."""

from archive.models import Record, Subject
from cms import sections
from search.drain import drain
from tests.browser.sample_site import VERTICAL
from tests.browser.site_content import WORDS
from tests.cms.cases.building import MEDIATION, RECONCILED, case, collection, told


def cases_made() -> None:
    """One with everything a case may have, two like it, and a collection."""
    sections.provide()
    record = Record.objects.get(reference_code=VERTICAL)
    concepts = list(Subject.objects.filter(label__in=("调解", "自治")))
    plain = {"is_demonstration": True, "subjects": concepts}
    eaves = case("檐水滴入邻院", slug="eaves", summary="同看一场雨。", **plain)
    ways = (MEDIATION, RECONCILED)
    case("合买水泵", slug="pump", kind="合同", methods=ways, year=2023, **plain)
    one = told(record, WORDS, slug="water", **plain)
    one.summary = "两户争水的矛盾纠纷，先量后议。"
    one.save_revision().publish()
    collection(one, eaves, slug="book", is_demonstration=True, summary="两个案例。")
    while drain():
        pass
