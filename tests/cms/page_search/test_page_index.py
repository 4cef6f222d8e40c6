"""Pages in the search index: found while they are shown, and not one moment longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction, Site

from archive.models import OutboxRow
from archive.readers import ANONYMOUS
from cms.demonstration.translations import translate
from cms.models import HomePage, IndexedPage, StandardPage
from search.consistency import compare
from search.drain import rebuild
from search.engines.base import Engine
from search.index import engine
from search.service import Hit, Results, SearchParams, StoryHit, search
from tests.cms.collection import Collection
from tests.cms.stories import drain_all, front_page, story
from tests.factories import open_record, record_with_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_index")]

WORD = "鹓雏"


def find(q: str = WORD, language: str = "zh-hans", **params: Any) -> Results:
    with translation.override(language):
        return search(SearchParams(q=q, **params), ANONYMOUS)


def titles(results: Results) -> list[str]:
    return [
        hit.view.title if isinstance(hit, Hit) else hit.story.title
        for hit in results.hits
    ]


@pytest.fixture
def page() -> StandardPage:
    """A page that is found."""
    made: StandardPage = story("样本文章", f"一段{WORD}文字。")
    drain_all()
    assert find().total == 1
    return made


def test_a_page_is_found_by_title_summary_and_every_text_in_it() -> None:
    page = StandardPage(title="首行甲", summary="提要乙")
    page.body = [
        ("heading", "小标题丙"),
        ("text", "<p>段落<b>丁丁</b></p>"),
        ("quote", {"text": "引文戊", "source": "出处己"}),
    ]
    front_page().add_child(instance=page)
    drain_all()
    for word in ("首行甲", "提要乙", "小标题丙", "段落丁丁", "引文戊", "出处己"):
        assert titles(find(word)) == ["首行甲"], word
    # Each text by itself: none runs into the next.
    assert find("丙段落").total == 1
    (hit,) = find("引文戊").hits
    assert isinstance(hit, StoryHit)
    assert [one.text for one in hit.passages] == ["引文戊"]
    assert hit.passages[0].marks == ((0, 3),)
    assert hit.story.url == page.get_url()


def test_records_and_pages_are_one_list_with_one_total() -> None:
    record = record_with_pages("凡遇矛盾纠纷，先听陈述。", title="须知")
    open_record(record)
    story("矛盾纠纷怎么办", "说明文字。")
    story("别的", "也谈矛盾糾紛一处。")
    drain_all()
    results = find("矛盾纠纷")
    assert results.total == 3
    # A word in the title counts most, for a page as for a record.
    assert titles(results)[0] == "矛盾纠纷怎么办"
    assert sorted(titles(results)) == ["别的", "矛盾纠纷怎么办", "须知"]
    sections = {one.value: one.count for one in results.sections}
    assert sections == {"catalogue": 1, "about": 2}
    kinds = {f.name: {v.value: v.count for v in f.values} for f in results.facets}
    assert kinds["type"] == {"file": 1, "page": 2}
    pages = find("矛盾纠纷", filters={"section": ("about",)})
    assert (pages.total, len(pages.hits)) == (2, 2)
    assert {one.value: one.count for one in pages.sections} == sections


def test_grants_and_filters_of_records_meet_no_page(page: StandardPage) -> None:
    from archive.openness import Audience
    from archive.readers import Reader

    reader = Reader(Audience.PUBLIC, {page.pk: Audience.STAFF})
    assert search(SearchParams(q=WORD), reader).total == 1
    assert find(filters={"fonds": ("",)}).total == 1
    assert find(filters={"type": ("file",)}).total == 0
    assert find(filters={"type": ("page",)}).total == 1


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def move_away(page: Page) -> None:
    hidden = story("内部栏目")
    restrict(hidden)
    drain_all()
    page.move(Page.objects.get(pk=hidden.pk), pos="last-child")


def move_off_the_site(page: Page) -> None:
    page.move(Page.objects.get(depth=1), pos="last-child")


def let_it_expire(page: StandardPage) -> None:
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save()
    drain_all()
    assert find().total == 1
    StandardPage.objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")


def unpublish_through_the_desk(page: StandardPage) -> None:
    client = Client()
    from tests.factories import UserFactory

    client.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    assert client.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302


def delete_from_above(page: Page) -> None:
    Page.objects.get(pk=page.pk).delete()


WAYS_OUT: list[Callable[[Any], object]] = [
    lambda page: page.unpublish(),
    lambda page: page.delete(),
    delete_from_above,
    restrict,
    move_away,
    move_off_the_site,
    let_it_expire,
    unpublish_through_the_desk,
]


def asked(client: Client) -> list[bytes]:
    """What everyone is told, wherever the word might be."""
    return [
        client.get(url).content
        for url in (
            f"/search/?q={WORD}",
            f"/search/?q={WORD}&section=about&type=page&sort=date_asc",
            "/search/",
            f"/search/?q=-{WORD}",
            f"/api/v1/search?q={WORD}",
            "/api/v1/search?q=样本文章&type=page",
            "/suggest/?q=样本文",
            "/suggest/?q=ybwz",
        )
    ]


@pytest.mark.parametrize("close", WAYS_OUT)
def test_what_is_not_shown_any_more_is_found_nowhere_at_once(
    client: Client, close: Callable[[Any], object]
) -> None:
    before = asked(client)
    page = story("样本文章", f"一段{WORD}文字。")
    drain_all()
    assert all(new != old for new, old in zip(asked(client), before, strict=True))
    close(page)
    assert asked(client) == before
    drain_all()
    assert asked(client) == before
    assert not compare(engine())
    assert engine().count() == 0


def test_what_hangs_below_is_hidden_with_what_is_restricted(
    page: StandardPage,
) -> None:
    below = story("下级", f"又是{WORD}。", parent=page)
    other = story("旁支", f"还有{WORD}。")
    drain_all()
    assert find().total == 3
    restrict(page)
    assert titles(find()) == ["旁支"]
    drain_all()
    assert titles(find()) == ["旁支"]
    page.view_restrictions.first().delete()
    drain_all()
    assert find().total == 3
    page.refresh_from_db()
    page.delete()
    assert titles(find()) == ["旁支"]
    drain_all()
    assert titles(find()) == ["旁支"]
    assert not compare(engine())
    assert not StandardPage.objects.filter(pk=below.pk).exists()
    assert IndexedPage.objects.filter(page_id=below.pk).exists()
    assert other.pk


def test_reordering_pages_hides_and_shows_nothing_else(page: StandardPage) -> None:
    other = story("另一页", f"{WORD}之二")
    drain_all()
    other.move(Page.objects.get(pk=page.pk), pos="left")
    assert find().total == 2
    page.refresh_from_db()
    page.unpublish()
    assert titles(find()) == ["另一页"]


def test_a_draft_is_in_no_answer_and_tells_the_index_of_nothing(
    page: StandardPage,
) -> None:
    page.body = [("text", "<p>草稿里的新词鸑鷟。</p>")]
    page.title = "草稿题名"
    page.save_revision()
    assert not OutboxRow.objects.exists()
    assert find("鸑鷟").total == 0
    assert find("草稿题名").total == 0
    assert titles(find()) == ["样本文章"]
    story("从未发布", f"{WORD}草稿", live=False)
    assert not OutboxRow.objects.exists()
    assert find().total == 1
    page.get_latest_revision().publish()
    drain_all()
    assert titles(find("鸑鷟")) == ["草稿题名"]
    assert find().total == 0


def test_a_page_changed_since_it_was_indexed_shows_what_it_says_now(
    page: StandardPage,
) -> None:
    page.title = "改过的题名"
    page.body = [("text", "<p>换过的文字。</p>")]
    page.save_revision().publish()
    (hit,) = find().hits
    assert isinstance(hit, StoryHit)
    assert (hit.story.title, hit.passages) == ("改过的题名", ())


def test_a_day_set_for_publication_is_kept(page: StandardPage) -> None:
    later = StandardPage(
        title="明日之页",
        live=False,
        go_live_at=timezone.now() + timedelta(hours=1),
    )
    later.body = [("text", f"<p>{WORD}明日</p>")]
    front_page().add_child(instance=later)
    later.save_revision().publish()
    drain_all()
    assert find().total == 1
    past = timezone.now() - timedelta(minutes=1)
    later.revisions.update(approved_go_live_at=past)
    revision = later.revisions.get()
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled")
    drain_all()
    assert find().total == 2


def test_copies_are_found_and_aliases_in_the_same_language_are_not(
    page: StandardPage,
) -> None:
    page.copy(update_attrs={"title": "副本", "slug": "copy"}, keep_live=True)
    drain_all()
    assert sorted(titles(find())) == ["副本", "样本文章"]
    alias = page.create_alias(update_slug="alias")
    drain_all()
    assert alias.live
    assert find().total == 2


def test_what_a_transaction_takes_back_was_never_told(page: StandardPage) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        page.unpublish()
        assert find().total == 0
        raise RuntimeError
    assert find().total == 1


def english(page: Page, title: str, *texts: str) -> Any:
    body = [("text", f"<p>{text}</p>") for text in texts]
    fields = {"title": title, "summary": "", "body": body}
    made = translate(page, fields)
    assert made is not None
    return made


def test_each_language_finds_its_own_pages(page: StandardPage) -> None:
    assert titles(find(language="en")) == ["样本文章"]
    assert titles(find(language="zh-hant")) == ["样本文章"]
    translated = english(page, "Sample", f"A text with {WORD}.")
    drain_all()
    assert titles(find(language="en")) == ["Sample"]
    assert titles(find()) == titles(find(language="zh-hant")) == ["样本文章"]
    written = {"title": "樣本文章", "body": [("text", f"<p>{WORD}</p>")]}
    assert translate(page, written, "zh-hant")
    drain_all()
    assert titles(find(language="zh-hant")) == ["樣本文章"]
    assert titles(find()) == ["样本文章"]
    translated.unpublish()
    assert titles(find()) == ["样本文章"]
    assert find(language="en").total == 0
    drain_all()
    assert titles(find(language="en")) == ["样本文章"]
    translated.refresh_from_db()
    translated.save_revision().publish()
    drain_all()
    assert titles(find(language="en")) == ["Sample"]
    StandardPage.objects.get(pk=translated.pk).delete()
    drain_all()
    assert titles(find(language="en")) == ["样本文章"]
    assert not compare(engine())


def test_a_page_that_was_never_translated_is_found_once_in_every_language(
    page: StandardPage,
) -> None:
    """Although Wagtail keeps a mirror image of it, to hang translations below."""
    below = story("下级", "甲", parent=page)
    english(below, "Below", "B")
    assert Page.objects.filter(alias_of=page).count() == 1
    drain_all()
    for language in ("zh-hans", "zh-hant", "en"):
        assert titles(find(language=language)) == ["样本文章"]
    with translation.override("en"):
        assert engine().count() == 3


WAYS_OUT_OF_BOTH: list[Callable[[Any], object]] = [
    lambda page: page.unpublish(),
    restrict,
    move_away,
    move_off_the_site,
]


@pytest.mark.parametrize("close", WAYS_OUT_OF_BOTH)
def test_a_translation_is_found_no_longer_than_its_original(
    page: StandardPage, client: Client, close: Callable[[Any], object]
) -> None:
    english(page, "Sample", f"A text with {WORD}.")
    drain_all()
    assert titles(find(language="en")) == ["Sample"]
    html = client.get(f"/en/search/?q={WORD}").content.decode()
    assert f'<a href="/en/{page.slug}/" lang="en">Sample</a>' in unquote(html)
    close(page)
    assert find(language="en").total == find().total == 0
    assert b"Sample" not in client.get("/en/suggest/?q=sample").content
    drain_all()
    assert find(language="en").total == find().total == 0
    assert not compare(engine())


def test_a_translation_without_its_original_is_not_found(page: StandardPage) -> None:
    english(page, "Only English", f"Here is {WORD}.")
    StandardPage.objects.get(pk=page.pk).delete()
    assert find(language="en").total == find().total == 0
    drain_all()
    assert find(language="en").total == find().total == 0


def test_translations_cost_no_query_each(page: StandardPage, client: Client) -> None:
    english(page, "Sample", f"A text with {WORD}.")
    drain_all()

    def queries() -> int:
        find(language="en")
        with CaptureQueriesContext(connection) as captured:
            find(language="en")
        return len(captured)

    few = queries()
    for number in range(5):
        english(story(f"第 {number} 页", WORD), f"Number {number}", WORD)
    drain_all()
    assert find(language="en").total == 6
    assert queries() == few


def test_records_are_found_in_every_language() -> None:
    open_record(record_with_pages(f"档案里的{WORD}。"))
    drain_all()
    for language in ("zh-hans", "zh-hant", "en"):
        assert find(language=language).total == 1


def test_the_front_page_itself_is_not_found() -> None:
    home = HomePage.objects.get()
    home.lead = f"引言{WORD}"
    home.save_revision().publish()
    drain_all()
    assert find().total == 0
    assert not OutboxRow.objects.exists()


def test_an_index_made_anew_holds_the_pages(page: StandardPage) -> None:
    restrict(story("内部", f"{WORD}内部"))
    story("再一页", f"{WORD}再一")
    # As in an installation whose pages are older than this.
    IndexedPage.objects.all().delete()
    OutboxRow.objects.all().delete()
    assert compare(engine())
    rebuilt = rebuild(engine())
    assert (rebuilt.written, rebuilt.refused) == (2, set())
    assert sorted(titles(find())) == ["再一页", "样本文章"]
    assert not compare(engine())
    page.unpublish()
    assert titles(find()) == ["再一页"]


def test_check_index_knows_of_pages(page: StandardPage) -> None:
    call_command("check_index")
    OutboxRow.objects.all().delete()
    IndexedPage.objects.update(version=9)
    with pytest.raises(CommandError, match="过期 1 条"):
        call_command("check_index")
    call_command("reindex")
    call_command("check_index")


def test_a_refused_page_is_named_and_leaves_the_index(
    page: StandardPage, monkeypatch: pytest.MonkeyPatch, embedded_index: Engine
) -> None:
    from search.engines.embedded import EmbeddedEngine
    from search.errors import WriteRejected

    write = EmbeddedEngine.write

    def choosy(self: Any, documents: Any, *args: Any, **kwargs: Any) -> None:
        if any(one.title == "拒收" for one in documents):
            raise WriteRejected("拒收")
        write(self, documents, *args, **kwargs)

    monkeypatch.setattr(EmbeddedEngine, "write", choosy)
    page.title = "拒收"
    page.save()
    drain_all()
    assert find().total == 0
    with pytest.raises(CommandError, match="拒收"):
        call_command("reindex")


def test_another_front_page_changes_what_is_found(page: StandardPage) -> None:
    site = Site.objects.get()
    other = HomePage(title="另一首页", slug="other")
    Page.objects.get(depth=1).add_child(instance=other)
    site.root_page = other
    site.save()
    assert find().total == 0
    drain_all()
    assert find().total == 0
    assert not compare(engine())


def test_a_search_costs_as_many_queries_for_many_pages_as_for_one(
    page: StandardPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        assert find().total == 1
    for number in range(8):
        story(f"第 {number} 页", f"{WORD}一处", f"{WORD}又一处")
    drain_all()
    with django_assert_num_queries(6):
        assert len(find().hits) == 9


def test_no_word_of_a_record_gets_into_a_page(held: Collection) -> None:
    story("展出的文书", "说明。")
    drain_all()
    kept = str(list(IndexedPage.objects.values_list("parts", "summary")))
    assert held.public.title not in kept
