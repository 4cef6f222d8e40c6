"""Choosing words on the page of a record, as editors and trainers do in a form."""

from playwright.sync_api import Locator, Page, expect


def mark_words(
    page: Page, choice: Locator, search: str, title: str, words: str
) -> Locator:
    """The dialog of ``choice``, with ``words`` marked on the first page of a record.

    The record is the one called ``title`` that a search finds.
    """
    choice.get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(search)
    # The list that was there before has the same record, until this one comes.
    with page.expect_response(
        lambda got: "public-records/?" in got.url and "q=%" in got.url
    ):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    dialog.get_by_role("link", name=title).click()
    dialog.locator(".pick-pages a").first.click()
    text = dialog.locator("textarea")
    text.wait_for()
    text.evaluate(
        """(field, words) => {
            const start = field.value.indexOf(words);
            field.focus();
            field.setSelectionRange(start, start + words.length);
        }""",
        words,
    )
    expect(dialog.locator("[data-chosen]")).to_have_text(words)
    return dialog
