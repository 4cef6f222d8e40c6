"""English is complete: every sentence of the public templates is in the catalogue."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CMS = ROOT / "cms"
# Where the templates' sentences are; a word of the archive's is translated there.
PACKAGES = ("archive", "cms")
TEMPLATES = sorted((CMS / "templates").rglob("*.html"))
_TRANSLATE = re.compile(r"{%\s*translate\s+(?:\"([^\"]*)\"|'([^']*)')")
_BLOCK = re.compile(
    r"{%\s*blocktranslate[^%]*%}(.*?)(?:{%\s*plural\s*%}.*?)?{%\s*endblocktranslate",
    re.S,
)
_VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
_ENTRY = re.compile(
    r'^msgid "(.*)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.*)"', re.M
)


def catalogue(*packages: str) -> dict[str, str]:
    files = [ROOT / one / "locale/en/LC_MESSAGES/django.po" for one in packages]
    texts = [path.read_text(encoding="utf-8") for path in files]
    joined = "\n".join(texts).replace('""\n"', '"').replace('"\n"', "")
    return {
        source.replace('\\"', '"'): english
        for source, english in _ENTRY.findall(joined)
    }


def sentences(template: Path) -> set[str]:
    text = template.read_text(encoding="utf-8")
    plain = {double or single for double, single in _TRANSLATE.findall(text)}
    # As Django asks for them: a bare per cent sign is doubled.
    found = [block.replace("%", "%%") for block in _BLOCK.findall(text)]
    blocks = {_VARIABLE.sub(r"%(\1)s", block) for block in found}
    return plain | blocks


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_every_sentence_has_its_english(template: Path) -> None:
    known = catalogue(*PACKAGES)
    assert [one for one in sentences(template) if not known.get(one)] == []


def test_the_templates_were_found() -> None:
    assert len(TEMPLATES) > 15
    assert sentences(CMS / "templates/404.html")


def test_no_english_has_chinese_left_in_it() -> None:
    left = [
        english
        for english in catalogue("cms").values()
        if re.search("[\u3400-\u9fff]", english)
    ]
    assert left == []
