"""Cells written without a template read as Wagtail's own."""

from typing import Any

import pytest
from django.utils.safestring import mark_safe
from wagtail.admin.ui.tables import Column, NumberColumn

from cms.admin.cells import QuickColumn, QuickNumberColumn


def cell(column: Column, value: object) -> str:
    """As a browser reads it: white space at the edges of a cell is nothing."""
    around: dict[str, Any] = {"row": None, "table": None}
    html = " ".join(column.render_cell_html({"title": value}, around).split())
    return html.replace("> ", ">").replace(" <", "<").replace("<td >", "<td>")


@pytest.mark.parametrize("classname", [None, "archive-wide"])
@pytest.mark.parametrize(
    "value",
    ["题名", "", "  ", None, 1963, True, "<b>&\"'", mark_safe("<b>重</b>")],
)
def test_a_quick_cell_is_the_same_as_the_other(
    value: object, classname: str | None
) -> None:
    quick = QuickColumn("title", classname=classname)
    assert cell(quick, value) == cell(Column("title", classname=classname), value)


@pytest.mark.parametrize("value", [0, 7, 12_345])
def test_a_quick_number_is_the_same_as_the_other(value: int) -> None:
    quick, plain = QuickNumberColumn("title"), NumberColumn("title")
    assert cell(quick, value) == cell(plain, value)
