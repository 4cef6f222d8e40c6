"""Translated pages, made as an editor makes them: asked for, written, published."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.operations import translate_object

from cms.demonstration import case_english, english
from cms.demonstration.exhibition_texts import PAST
from cms.languages.prefixes import ENGLISH


def add() -> list[Page]:
    """The front page, the sections and one exhibition and one case in English, once."""
    home = Site.objects.get(is_default_site=True).root_page
    made = [
        translate(
            home,
            {"title": english.HOME_TITLE, "lead": english.LEAD, "summary": ""},
        )
    ]
    about = home.get_children().filter(slug="about").first()
    if about is not None:
        fields = {
            "title": english.ABOUT_TITLE,
            "summary": english.ABOUT_SUMMARY,
            "body": english.ABOUT,
            "is_demonstration": True,
        }
        made.append(translate(about, fields))
    for address, words in english.PAGES.items():
        page = _at(home, address)
        if page is not None:
            made.append(translate(page, {**words, **_streams(page, "exceptions")}))
    made.append(_exhibition(home))
    made.append(_case(home))
    return [page for page in made if page is not None]


def _at(home: Page, address: str) -> Page | None:
    below = Page.objects.descendant_of(home).live()
    return below.filter(url_path=f"{home.url_path}{address}/").first()


def _exhibition(home: Page) -> Page | None:
    page = _at(home, f"exhibitions/{PAST['slug']}")
    if page is None:
        return None
    streams = _streams(page, "hero", "chapters", "credits")
    return translate(page, {**english.EXHIBITION, **streams})


def _case(home: Page) -> Page | None:
    page = _at(home, f"cases/{case_english.SLUG}")
    if page is None:
        return None
    streams = _streams(page, *case_english.STREAMS, words=case_english.WORDS)
    return translate(page, {**case_english.CASE, **streams})


def _streams(
    page: Page, *names: str, words: Mapping[str, str] = english.WORDS
) -> dict[str, Any]:
    """The streams of these names that the page has, in the ``words`` of English."""
    streams = {name: getattr(page.specific, name, None) for name in names}
    return {
        name: _said(list(stream.raw_data), words)
        for name, stream in streams.items()
        if stream is not None
    }


def _said(value: Any, words: Mapping[str, str]) -> Any:
    """A stream as it is stored, with the sentences that there are in English."""
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, Mapping):
        return {name: _said(each, words) for name, each in value.items()}
    if isinstance(value, list):
        return [_said(each, words) for each in value]
    return value


def translate(
    page: Page, fields: Mapping[str, Any], language: str = ENGLISH
) -> Page | None:
    """Publish ``page`` in ``language``, with ``fields`` in place of the Chinese ones.

    A stream field takes a list of (name of the block, value). What ``fields`` leaves
    out stays as it is in the original, so name every field with words in it. None if
    a translation is there already: it is its editor's.
    """
    locale = Locale.objects.get(language_code=language)
    if page.get_translations().filter(locale=locale, alias_of=None).exists():
        return None
    with transaction.atomic():
        translate_object(page.specific, [locale])
        translation = page.get_translation(locale).specific
        for name, value in fields.items():
            setattr(translation, name, value)
        translation.save_revision().publish()
        translation.refresh_from_db()
    return translation
