"""Chinese is the source language; English must be complete (decision 0001)."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.tools import messages

_HAN = re.compile(r"[\u3400-\u9fff]")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w*}")


@cache
def english() -> dict[str, str]:
    """msgid (either plural form) → English, of all packages together, as in Django."""
    texts: dict[str, str] = {}
    for package in messages.PACKAGES:
        for message in catalogue(package):
            if not message.id or message.fuzzy:
                continue
            strings = forms(message.string)
            for msgid in forms(message.id):
                texts[msgid] = strings[-1] if all(strings) else ""
    return texts


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """A text, or the forms of one that depends on a number."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def catalogue(package: str) -> Catalog:
    path = messages.ROOT / package / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, locale="en")


@cache
def all_ids() -> frozenset[str]:
    """Every msgid that the code and the templates use."""
    found = (messages.in_package(package) for package in messages.PACKAGES)
    return frozenset(msgid for _, msgid in chain.from_iterable(found))


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_every_chinese_message_has_an_english_translation(package: str) -> None:
    missing = [
        (where, msgid)
        for where, msgid in messages.in_package(package)
        if _HAN.search(msgid) and not english().get(msgid)
    ]
    assert missing == []


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_every_message_of_ours_is_written_in_chinese(package: str) -> None:
    """Latin-only ids are names and signs, or a slip back into English."""
    slips = [
        (where, msgid)
        for where, msgid in messages.in_package(package)
        if not _HAN.search(msgid) and re.search(r"[a-z]{3,} [a-z]{3,}", msgid)
    ]
    assert slips == []


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_no_translation_has_outlived_its_message(package: str) -> None:
    ids = [message.id for message in catalogue(package) if message.id]
    firsts = [msgid if isinstance(msgid, str) else msgid[0] for msgid in ids]
    assert [msgid for msgid in firsts if msgid not in all_ids()] == []


def test_translations_keep_the_placeholders() -> None:
    differing = [
        msgid
        for msgid, text in english().items()
        if set(_PLACEHOLDER.findall(msgid)) != set(_PLACEHOLDER.findall(text))
    ]
    assert differing == []


def test_the_scan_finds_messages_in_code_and_templates() -> None:
    chinese = [msgid for msgid in all_ids() if _HAN.search(msgid)]
    assert len(chinese) > 100
