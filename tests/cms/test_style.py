"""The style page against the style sheets that it shows."""

import re
from pathlib import Path

import pytest
from django.test import Client

from cms import style_tokens
from cms.style_tokens import Palette, contrast, pairs, palette

STATIC = Path(style_tokens.__file__).parent / "static" / "cms"
SHEETS = ("site.css", "components.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile(r"([^{};]*)\{")
_CLASS = re.compile(r"\.([a-z][\w-]*)")
_USED = re.compile(r'class="([^"]*)"')


def classes(sheet: str) -> set[str]:
    """Those that the rules of a style sheet speak of."""
    css = _COMMENT.sub("", (STATIC / sheet).read_text(encoding="utf-8"))
    return {name for part in _SELECTORS.findall(css) for name in _CLASS.findall(part)}


def shown(client: Client, path: str) -> set[str]:
    html = client.get(path).content.decode()
    return {name for used in _USED.findall(html) for name in used.split()}


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_class_of_the_shared_sheets_is_shown(client: Client, sheet: str) -> None:
    assert {"btn", "evidence"} & classes(sheet)
    seen = shown(client, "/style/") | shown(client, "/style/?kiosk")
    assert classes(sheet) - seen == set()


@pytest.mark.django_db
def test_every_colour_of_the_style_sheet_is_shown(client: Client) -> None:
    html = client.get("/style/").content.decode()
    colours = palette()
    assert len(colours.light) >= 15
    for name in colours.light:
        assert f"--{name}</th>" in html
        assert colours.light[name] in html
        assert colours.dark[name] in html


@pytest.mark.django_db
def test_search_engines_leave_the_style_page_out(client: Client) -> None:
    html = client.get("/style/").content.decode()
    assert '<meta name="robots" content="noindex">' in html


def test_every_text_stands_out_from_every_ground_it_may_stand_on() -> None:
    faint = [pair for pair in pairs(palette()) if min(pair.light, pair.dark) < 4.5]
    assert faint == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_stands_out_from_the_page(scheme: str) -> None:
    colours: dict[str, str] = getattr(palette(), scheme)
    assert contrast(colours["edge"], colours["paper"]) >= 3


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_scheme_that_names_no_colour_keeps_the_other_ones() -> None:
    css = ":root {\n --ink: #123;\n --paper: #fff;\n}\n:root {\n --ink: #eee;\n}"
    assert palette(css) == Palette(
        light={"ink": "#112233", "paper": "#ffffff"},
        dark={"ink": "#eeeeee", "paper": "#ffffff"},
    )
