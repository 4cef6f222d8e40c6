"""Whatever strangers send, 繁體 is answered, and at once."""

import time

import pytest
from django.test import Client

from cms.traditional.converter import Converter
from cms.traditional.markup import LITERAL_END, LITERAL_START, Reading
from tests.cms.collection import Collection

MANY = 200_000


@pytest.mark.parametrize(
    "text",
    [
        LITERAL_START * MANY,
        f"{LITERAL_START}词" * MANY,
        LITERAL_END * MANY,
        "&lt;!--" * MANY,
        "&lt;a 词" * MANY,
        "词 " * MANY,
    ],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    begun = time.process_time()
    for page in (f"<p>{text}</p>", f'<input value="{text}">', f'<p title="{text}">'):
        Reading(page)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "typed", [LITERAL_START, f"词{LITERAL_START}词", f"{LITERAL_END}词{LITERAL_START}"]
)
def test_a_mark_of_ours_in_a_question_is_no_error(
    held: Collection, client: Client, typed: str
) -> None:
    for address in ("/zh-hant/search/", "/zh-hant/suggest/", "/zh-hant/takedown/"):
        answer = client.get(address, {"q": typed, "about": typed})
        assert answer.status_code == 200, address


@pytest.mark.django_db
def test_a_start_without_end_changes_nothing_around_it() -> None:
    read = Converter().page(f"<p>矛盾{LITERAL_START}纠纷</p>")
    assert "矛盾" in read
    assert "糾紛" in read
    assert LITERAL_START not in read
