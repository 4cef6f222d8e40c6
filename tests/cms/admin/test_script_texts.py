"""The texts that scripts show in the admin."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import wagtail.admin
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

from cms.admin.differences import differences
from tests.cms.admin.conftest import ClientOf
from tests.factories import ARCHIVIST

SOURCE = Path(wagtail.admin.__path__[0], "locale/en/LC_MESSAGES/djangojs.po")


def catalogue(client: Client) -> dict[str, Any]:
    """What the browser is given: a text by its source."""
    script = client.get(reverse("wagtailadmin_javascript_catalog")).text
    found = re.search(r"const newcatalog = ({.*?});", script, re.S)
    return json.loads(found[1]) if found else {}


def test_every_text_of_wagtails_scripts_is_in_chinese(client_of: ClientOf) -> None:
    with SOURCE.open("rb") as file:
        sources = [message.id for message in read_po(file, locale="en") if message.id]
    known = catalogue(client_of(ARCHIVIST))

    firsts = [one if isinstance(one, str) else one[0] for one in sources]
    assert len(firsts) > 50
    assert [one for one in firsts if not known.get(one)] == []
    assert known["%(num)s error"] == ["%(num)s 处错误"]


def test_they_stay_english_for_an_english_reader(client_of: ClientOf) -> None:
    assert catalogue(client_of(ARCHIVIST, language="en")) == {}


@pytest.mark.parametrize(("name", "old", "new"), [("calendar", "公历", "农历")])
def test_a_word_of_a_vocabulary_is_told_whole_and_in_words(
    name: str, old: str, new: str
) -> None:
    (line,) = differences({name: "gregorian"}, {name: "lunar"})
    assert (line.before, line.after) == (old, new)
    assert [piece.kind for piece in line.pieces] == ["gone", "new"]
