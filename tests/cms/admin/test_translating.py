"""How an editor translates a page, and who says how 繁體 is written."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, TaskState
from wagtail_localize.models import Translation, TranslationSource

from cms import sections
from cms.editing import rules
from cms.models import StandardPage, TraditionalWording
from tests.cms.admin.conftest import ClientOf
from tests.factories import UserFactory

EDITOR, REVIEWER = "编辑 editor", "审核员 reviewer"
NOTE = "This page has not been translated yet"


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def contact(db: None) -> Page:
    sections.provide()
    return StandardPage.objects.get(slug="contact")


def ask_for_english(client: Client, page: Page) -> Page:
    """As the button “translate this page” does."""
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert (
        address in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    )
    english = Locale.objects.get(language_code="en")
    response = client.post(address, {"locales": [english.pk]})
    made = page.get_translation(english)
    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert response["Location"] == edit
    return made


def filled(client: Client, page: Page, **changed: str) -> dict[str, str]:
    """The editor's form as it opens, with some fields changed."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context[
        "form"
    ]
    values = {name: form[name].value() for name in form.fields if name != "body"}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    body = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "",
        "body-0-value": "How to reach us",
    }
    comments = {
        f"comments-{name}": "0"
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
    } | {"comments-MAX_NUM_FORMS": ""}
    return {**sent, **body, **comments, **changed}


def test_an_editor_translates_a_page_and_three_reviews_publish_it(
    client_of: ClientOf, client: Client, contact: Page
) -> None:
    editor = client_of(EDITOR)
    made = ask_for_english(editor, contact)
    # Nothing is published by asking.
    assert not made.live
    assert NOTE in client.get("/en/contact/").text
    sent = filled(editor, made, title="Contact", slug="contact")
    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    editor.post(edit, {**sent, "action-submit": "1"})
    for _review in range(3):
        made.refresh_from_db()
        assert not made.live
        waiting = TaskState.objects.get(
            workflow_state__object_id=str(made.pk), status=TaskState.STATUS_IN_PROGRESS
        )
        another = UserFactory.create(is_superuser=True)
        rules.decide(waiting, another, "approve", secrecy_checked=True)
    html = client.get("/en/contact/").text
    assert "<h1>Contact" in html
    assert "How to reach us" in html
    assert NOTE not in html
    assert "<h1>联系我们" in client.get("/contact/").text


def test_a_page_with_a_chinese_slug_can_be_translated(
    client_of: ClientOf, contact: Page
) -> None:
    below = StandardPage(title="馆史", slug="馆史")
    contact.add_child(instance=below)
    below.save_revision().publish()
    made = ask_for_english(client_of(EDITOR), below)
    assert made.slug
    assert made.get_url() == f"/en{below.get_url()}"


def test_whoever_may_translate_cannot_publish_by_the_way(
    client_of: ClientOf, contact: Page
) -> None:
    """Not by keeping a translation in step, which knows no review."""
    editor = client_of(EDITOR)
    made = ask_for_english(editor, contact)
    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert editor.post(edit, {"localize-restart-translation": "1"}).status_code == 302
    translation = Translation.objects.get()
    assert not translation.enabled
    Translation.objects.update(enabled=True)
    update = reverse(
        "wagtail_localize:update_translations",
        args=[TranslationSource.objects.get().pk],
    )
    assert editor.post(update, {"publish_translations": "on"}).status_code == 404
    alias = reverse("wagtail_localize:convert_to_alias", args=[made.pk])
    assert editor.post(alias).status_code == 404
    editor.post(edit, {"action": "publish"})
    made.refresh_from_db()
    assert not made.live


def test_the_editor_of_a_translation_is_the_ordinary_one(
    client_of: ClientOf, contact: Page
) -> None:
    editor = client_of(EDITOR)
    made = ask_for_english(editor, contact)
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[made.pk])).text
    assert 'name="action-submit"' in html
    assert "localize-restart-translation" not in html
    assert "data-streamfield" in html or 'name="title"' in html


def test_trainers_and_archivists_do_not_translate(
    client_of: ClientOf, contact: Page
) -> None:
    address = reverse("wagtail_localize:submit_page_translation", args=[contact.pk])
    english = Locale.objects.get(language_code="en")
    for group in ("教师 trainer", "档案员 archivist", REVIEWER):
        client_of(group).post(address, {"locales": [english.pk]})
        assert not contact.has_translation(english)


def test_an_editor_says_how_traditional_is_written(
    client_of: ClientOf, client: Client, contact: Page
) -> None:
    editor = client_of(EDITOR)
    assert reverse("wording:index") in editor.get(reverse("wagtailadmin_home")).text
    sent = {"simplified": "联系", "traditional": "連繫", "note": "演示"}
    editor.post(reverse("wording:add"), sent)
    assert "<h1>連繫我們" in client.get("/zh-hant/contact/").text
    assert "連繫" in editor.get(reverse("wording:index")).text
    refused = editor.post(reverse("wording:add"), sent)
    assert refused.status_code == 200
    assert TraditionalWording.objects.count() == 1
    editor.post(reverse("wording:delete", args=[TraditionalWording.objects.get().pk]))
    assert "<h1>聯繫我們" in client.get("/zh-hant/contact/").text


@pytest.mark.parametrize("group", ["档案员 archivist", REVIEWER, "教师 trainer"])
def test_others_do_not_change_wordings(client_of: ClientOf, group: str) -> None:
    sent = {"simplified": "联系", "traditional": "連繫"}
    client_of(group).post(reverse("wording:add"), sent)
    assert not TraditionalWording.objects.exists()


def test_an_account_keeps_its_own_language_in_the_admin(
    client_of: ClientOf, contact: Page
) -> None:
    english = client_of(EDITOR, language="en")
    chinese = client_of(EDITOR)
    address = reverse("wording:index")
    assert "Traditional wordings" in english.get(address).text
    assert "繁体用词" in chinese.get(address).text
    edit = reverse("wagtailadmin_pages:edit", args=[contact.pk])
    assert 'href="/en/contact/"' not in english.get(edit).text
    assert reverse("wagtailadmin_home") == "/admin/"


def test_a_preview_of_a_translation_is_in_its_language(
    client_of: ClientOf, contact: Page
) -> None:
    admin = client_of(user=UserFactory.create(is_superuser=True))
    made = ask_for_english(admin, contact)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[made.pk])
    admin.post(preview, filled(admin, made, title="Contact", slug="contact"))
    html = admin.get(preview).text
    assert '<html lang="en">' in html
    assert "Contact" in html
