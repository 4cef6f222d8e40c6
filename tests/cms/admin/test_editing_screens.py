"""Every screen that editors see: who may open it, and in what language."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site, TaskState

from cms.admin.page_reports import REPORTS
from cms.models import DisputeType, FixedWording, ReusableText, SignOff, StandardPage
from tests.cms.admin.conftest import ClientOf
from tests.cms.admin.screens import (
    DATA,
    OWN_NAMES,
    let_in,
    lines_in_chinese,
    lines_in_latin,
)
from tests.cms.cases import building
from tests.cms.editing.conftest import House, decide, house, submit
from tests.factories import ADMINISTRATOR, ARCHIVIST, RESEARCHER, REVIEWER

assert house  # the fixture
EDITOR, TRAINER = "编辑 editor", "教师 trainer"
WORDING = "wagtailsnippets_cms_fixedwording"
REUSABLE = "wagtailsnippets_cms_reusabletext"
DISPUTE = "wagtailsnippets_cms_disputetype"
# What the house calls its reviews and numbers its sheets, in any language; languages
# by their own names; the heads of a CSV file, which are the same in both.
NAMES = OWN_NAMES | {
    *("初审", "复审", "终审", "页面审核", "审签〔"),
    *("繁體中文", "简体中文"),
    *("标准写法、不用的写法",),
}
# Wagtail translates these once, when it starts (contrib/redirects/filters.py,
# admin/views/reports/aging_pages.py).
FROZEN = {"已更新", "临时的", "所有", "永久", "类型"}


class Desk:
    """A page in review, one with a sheet, a wording, a passage, a redirect."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.draft = self.page("Draft", "draft")
        self.reviewed = self.page("Reviewed", "reviewed")
        submit(self.reviewed, house.author)
        decide(self.reviewed, house.second_reviewer)
        self.state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
        self.live = self.page("Live", "live")
        submit(self.live, house.author)
        house.passes(
            self.live, house.editor, house.second_reviewer, house.administrator
        )
        self.sheet = SignOff.objects.get()
        self.wording = FixedWording.objects.create(
            wording="Text", variants="Txt", source="Source"
        )
        self.passage = ReusableText.objects.create(name="Name", text="<p>Text</p>")
        self.passage.save_revision(user=house.author)
        # The first kinds are Chinese in every language.
        DisputeType.objects.all().delete()
        self.kind = building.dispute("Text", "Text")
        self.case = building.index("Text").add_child(
            instance=building.draft(
                "Title",
                kind="Text",
                live=False,
                owner=house.author,
                place="Text",
                anonymity="Text",
                summary="Text 13957512345",
            )
        )
        self.case.save_revision(user=house.author)
        self.redirect = Redirect.add_redirect("/old", redirect_to=self.live)

    def page(self, title: str, slug: str) -> StandardPage:
        home = Site.objects.get(is_default_site=True).root_page
        author = self.house.author
        page = StandardPage(title=title, slug=slug, live=False, owner=author)
        page.body = [("text", "<p>Text</p>")]
        home.add_child(instance=page)
        page.save_revision(user=author, log_action=True)
        return StandardPage.objects.get(pk=page.pk)


Address = Callable[[Desk], str]
WRITERS = "editor trainer reviewer admin"


def named(name: str, *of: str) -> Address:
    return lambda desk: reverse(name, args=[getattr(desk, one).pk for one in of])


HOME = "wagtailadmin_pages"
SCREENS: dict[str, tuple[Address, str]] = {
    "start": (named("wagtailadmin_home"), f"archivist {WRITERS}"),
    "pages": (
        lambda desk: reverse("wagtailadmin_explore", args=[desk.draft.get_parent().pk]),
        WRITERS,
    ),
    "new page": (
        lambda desk: reverse(
            f"{HOME}:add", args=["cms", "standardpage", desk.draft.get_parent().pk]
        ),
        "editor trainer admin",
    ),
    "edit page": (named(f"{HOME}:edit", "draft"), "editor admin"),
    "edit what is reviewed": (
        named(f"{HOME}:edit", "reviewed"),
        "editor reviewer admin",
    ),
    "history of page": (named(f"{HOME}:history", "live"), "editor admin"),
    "workflow of page": (named(f"{HOME}:workflow_history", "live"), "editor admin"),
    "usage of page": (named(f"{HOME}:usage", "live"), "editor admin"),
    "take down": (named(f"{HOME}:unpublish", "live"), "reviewer admin"),
    "move page": (named(f"{HOME}:move", "draft"), "editor admin"),
    "copy page": (named(f"{HOME}:copy", "draft"), "editor admin"),
    "delete page": (named(f"{HOME}:delete", "draft"), "editor admin"),
    "review": (named("editing_review", "state"), "reviewer admin"),
    "findings": (named("editing_findings", "draft"), "editor admin"),
    "sheets": (named("signoff:index"), WRITERS),
    **{
        f"report: {name}": (named(f"editing_report_{name}"), WRITERS)
        for name in REPORTS
    },
    "wordings": (named(f"{WORDING}:list"), WRITERS),
    "look at wording": (named(f"{WORDING}:inspect", "wording"), WRITERS),
    "new wording": (named(f"{WORDING}:add"), "reviewer admin"),
    "edit wording": (named(f"{WORDING}:edit", "wording"), "reviewer admin"),
    "history of wording": (named(f"{WORDING}:history", "wording"), "reviewer admin"),
    "delete wording": (named(f"{WORDING}:delete", "wording"), "reviewer admin"),
    "import wordings": (named("editing_wordings_import"), "reviewer admin"),
    "passages": (named(f"{REUSABLE}:list"), WRITERS),
    "new passage": (named(f"{REUSABLE}:add"), "editor admin"),
    "edit passage": (named(f"{REUSABLE}:edit", "passage"), "editor admin"),
    "usage of passage": (named(f"{REUSABLE}:usage", "passage"), "editor admin"),
    "kinds of disputes": (named(f"{DISPUTE}:list"), WRITERS),
    "new kind of dispute": (named(f"{DISPUTE}:add"), "editor admin"),
    "edit kind of dispute": (named(f"{DISPUTE}:edit", "kind"), "editor admin"),
    "clear of personal data": (
        named("editing_personal_data", "case"),
        "editor reviewer admin",
    ),
    "redirects": (named("wagtailredirects:index"), "editor admin"),
    "new redirect": (named("wagtailredirects:add"), "editor admin"),
    "edit redirect": (named("wagtailredirects:edit", "redirect"), "editor admin"),
    "images": (
        named("wagtailimages:index"),
        "archivist editor trainer admin",
    ),
    "new image": (
        named("wagtailimages:add"),
        "archivist editor trainer admin",
    ),
    "documents": (
        named("wagtaildocs:index"),
        "archivist editor trainer admin",
    ),
    "choose page": (named("wagtailadmin_choose_page"), f"archivist {WRITERS}"),
    "aging pages": (named("wagtailadmin_reports:aging_pages"), WRITERS),
    "workflow report": (named("wagtailadmin_reports:workflow"), WRITERS),
}
GROUPS = {
    "archivist": ARCHIVIST,
    "reviewer": REVIEWER,
    "editor": EDITOR,
    "trainer": TRAINER,
    "admin": ADMINISTRATOR,
    "researcher": RESEARCHER,
}


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_those_groups_only_that_work_with_it(
    client_of: ClientOf, desk: Desk, screen: str
) -> None:
    address, groups = SCREENS[screen]
    assert let_in(client_of, address(desk), GROUPS) == set(groups.split())


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_chinese(client_of: ClientOf, desk: Desk, screen: str) -> None:
    response = client_of(ADMINISTRATOR).get(SCREENS[screen][0](desk))

    assert response.status_code == 200
    allowed_words = DATA | {
        "AVIF", "GIF", "JPG", "JPEG", "PNG", "WEBP", "domain", "com", "work",
        "Draft", "Reviewed", "Live", "Txt", "author", "old", "chief", "colleague",
        "live", "reviewed", "draft", "reviewer", "http", "localhost", "manage",
        "check_links", "docs", "editor", "story", "UTF", "URL", "check", "links",
        "Root", "English",
    }  # fmt: skip
    assert not lines_in_latin(response, allowed_words)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_speaks_english_to_an_english_reader(
    client_of: ClientOf, desk: Desk, screen: str
) -> None:
    response = client_of(ADMINISTRATOR, language="en").get(SCREENS[screen][0](desk))

    assert response.status_code == 200
    assert not lines_in_chinese(response, NAMES | FROZEN)
