"""import(export(x)) == x, for every element and every way to write a table."""

import csv
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import dates, exporting, materials, records
from archive.description import CLAIMS, EDITABLE
from archive.importing import Source, import_table
from archive.links import LINKS
from archive.models import Record, TaggedRecord
from archive.vocabulary import (
    Calendar,
    Certainty,
    Disclosure,
    Level,
    Material,
    Secrecy,
)

pytestmark = pytest.mark.django_db

ODD = st.sampled_from(
    [
        "=1+1",
        "+a|b",
        "-5",
        "@SUM(1)",
        "'=x",
        "''",
        "（清空）",
        "[empty]",
        "  ",
        "\r\n",
        "甲\n乙",
        "\t甲",
        '"甲",乙;丙',
        "_x000D_",
        "#N/A",
        "0012",
        "1963-11-20",
        "￥＝１",
        "𠮷😀",
        "e\u0301",
        "TRUE",
        "\u3000甲",
    ]
)
TEXT = ODD | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=10,
)
# Tags are separated by semicolons, so none may be lost or gained by one of its own.
TAGS = st.lists(
    (TEXT | st.sampled_from(["甲;乙", "甲；乙", ";", '甲"乙', "甲、乙"])).filter(
        str.strip
    ),
    max_size=3,
)
EDTF = st.sampled_from(["1963", "1963-11", "1963~", "196X", "1963/1964", "1963/.."])
_CHOICES: dict[str, list[str]] = {
    "level": list(Level.values),
    "calendar": ["", *Calendar.values],
    "date_certainty": ["", *Certainty.values],
    "secrecy": list(Secrecy.values),
    "disclosure_status": list(Disclosure.values),
}
_APART = {"material", "particulars", "first_page", "last_page", "is_demonstration"}
_PLAIN = sorted(EDITABLE - set(_CHOICES) - _APART - {"title", "date_edtf"})


@st.composite
def descriptions(draw: st.DrawFn) -> dict[str, Any]:
    """Every element, most of them with something in it."""
    fields: dict[str, Any] = {name: draw(TEXT) for name in _PLAIN}
    limits = {
        name: getattr(Record._meta.get_field(name), "max_length", None)
        for name in _PLAIN
    }
    fields = {name: text[: limits[name] or 99] for name, text in fields.items()}
    for name, choices in _CHOICES.items():
        fields[name] = draw(st.sampled_from(choices))
    fields["title"] = draw(TEXT.filter(bool))
    fields["is_demonstration"] = draw(st.booleans())
    if draw(st.booleans()):
        fields["date_edtf"] = draw(EDTF)
    if draw(st.booleans()):
        fields["first_page"] = draw(st.integers(1, 99))
        fields["last_page"] = fields["first_page"] + draw(st.integers(0, 9))
    material = draw(st.sampled_from(["", *Material.values]))
    declared = materials.PARTICULARS.get(material, ())
    particulars = {one.name: draw(TEXT) for one in declared}
    fields["material"] = material
    fields["particulars"] = {n: text for n, text in particulars.items() if text}
    return {**fields, "tags": draw(TAGS)}


class RoundTrips(TestCase):
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # Sixty fields take minutes to shrink, and the difference is plain without.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(descriptions(), descriptions())
    def test_an_empty_archive_gets_equal_records_from_every_kind_of_table(
        self, first: dict[str, Any], second: dict[str, Any]
    ) -> None:
        top = records.create(None, reference_code="Z1", **first)
        records.create(top, reference_code="Z1-1", **second)
        before = _everything()
        with tempfile.TemporaryDirectory() as folder:
            for table in _tables(Path(folder)):
                again = import_table(Source(table, table.name))
                assert (again.problems, again.updated) == ([], 0), table.name
                _empty()
                report = import_table(Source(table, table.name))
                assert report.problems == [], table.name
                assert _everything() == before, table.name


def test_an_edtf_typed_in_words_is_kept_as_edtf() -> None:
    record = records.create(
        None, reference_code="Z1", level="file", title="甲", date_edtf="1963年11月"
    )
    assert record.date_edtf == "1963-11"
    records.edit(record, {"date_edtf": "约1963年"}, None)
    record.refresh_from_db()
    assert record.date_edtf == dates.read("约1963年").edtf == "1963~"


def _tables(folder: Path) -> list[Path]:
    """The export as it is, and as other programs save it."""
    tables = [folder / "表.csv", folder / "表.xlsx"]
    for table in tables:
        exporting.export(Record.objects.all(), table, table.suffix[1:])
    text = tables[0].read_bytes().decode("utf-8-sig")
    for encoding in ("utf-8", "utf-16", "gb18030"):
        tables.append(folder / f"{encoding}.csv")
        tables[-1].write_bytes(text.encode(encoding))
    # Line ends of another system, everything in quotes, semicolons between.
    with tables[0].open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    tables.append(folder / "分号.csv")
    with tables[-1].open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(
            file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n"
        )
        writer.writerows(lines)
    return tables


def _everything() -> list[dict[str, Any]]:
    names = [*sorted(EDITABLE), *CLAIMS, "reference_code", "date_min", "date_max"]
    return [
        {name: getattr(record, name) for name in names}
        | {name: link.read([record.pk]).get(record.pk) for name, link in LINKS.items()}
        | {"parent": record.parent and record.parent.reference_code}
        for record in Record.objects.order_by("reference_code")
    ]


def _empty() -> None:
    TaggedRecord.objects.all().delete()
    Record.objects.exclude(parent=None).delete()
    Record.objects.all().delete()
