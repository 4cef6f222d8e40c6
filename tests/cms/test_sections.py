"""The sections that a site begins with, and the ways to them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from cms import sections
from cms.models import SiteDetails, StandardPage

pytestmark = pytest.mark.django_db


def home() -> Page:
    return Site.objects.get(is_default_site=True).root_page


def test_a_new_site_gets_every_section_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sections")
    made = [section.slug for section in sections.SECTIONS]
    assert list(home().get_children().values_list("slug", flat=True)) == made
    assert "新建栏目" in capsys.readouterr().out
    call_command("sections")
    assert home().get_children().count() == len(made)
    assert "未作改动" in capsys.readouterr().out


def test_a_section_that_editors_changed_is_left_as_it_is() -> None:
    sections.provide()
    page = StandardPage.objects.get(slug="privacy")
    page.title, page.live = "隐私与数据", False
    page.save()
    assert sections.provide() == []
    page.refresh_from_db()
    assert (page.title, page.live) == ("隐私与数据", False)


def test_pages_in_the_menu_stand_at_the_head_and_others_at_the_foot(
    client: Client,
) -> None:
    sections.provide()
    Page.objects.filter(slug="about").update(show_in_menus=True)
    Page.objects.filter(slug="contact").update(live=False)
    html = client.get("/privacy/").content.decode()
    head, foot = html[: html.index("<main")], html[html.index("<footer") :]
    assert "关于本馆" in head
    assert "关于本馆" not in foot
    assert "无障碍声明" in foot
    assert "联系我们" not in html[html.index("<footer") :]


def test_every_section_opens_with_its_way_back(client: Client) -> None:
    for page in sections.provide():
        response = client.get(page.get_url())
        assert response.status_code == 200
        html = response.content.decode()
        assert f"<title>{page.title} · " in html
        crumbs = html[html.index('class="crumbs') :]
        assert crumbs.index('href="/"') < crumbs.index('aria-current="page"')


def test_navigation_costs_the_same_whatever_the_number_of_sections(
    client: Client, django_assert_max_num_queries: object
) -> None:
    sections.provide()
    client.get("/about/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get("/about/")


def test_the_footer_tells_how_to_reach_the_house_and_nothing_that_is_empty(
    client: Client,
) -> None:
    sections.provide()
    assert "电话：" not in client.get("/about/").content.decode()
    site = Site.objects.get(is_default_site=True)
    SiteDetails.objects.create(
        site=site,
        telephone="0575-0000",
        email="a@example.org",
        icp_number="备案号",
    )
    html = client.get("/about/").content.decode()
    assert html.count("电话：0575-0000") == 1
    assert 'href="mailto:a@example.org"' in html
    assert "地址：" not in html


def test_the_front_page_tells_the_newest_pages_of_each_section_in_the_menu(
    client: Client,
) -> None:
    sections.provide()
    about, contact = (StandardPage.objects.get(slug=s) for s in ("about", "contact"))
    StandardPage.objects.filter(slug="about").update(show_in_menus=True)
    for number in range(1, 5):
        about.add_child(
            instance=StandardPage(
                title=f"新页{number}号",
                summary=f"第 {number} 页的提要",
                is_demonstration=True,
                first_published_at=timezone.now() + timedelta(minutes=number),
            )
        )
    contact.add_child(instance=StandardPage(title="不在菜单里的页"))
    about.add_child(instance=StandardPage(title="草稿", live=False))
    html = client.get("/").content.decode()
    news = html[html.index("各栏目最近更新") :]
    assert [n for n in range(1, 5) if f"新页{n}号" in news] == [2, 3, 4]
    assert news.index("新页4号") < news.index("新页3号")
    assert "第 4 页的提要" in news
    assert "不在菜单里的页" not in news
    assert "草稿" not in news
    assert "为试用本系统而编写" in news


def test_the_front_page_costs_the_same_whatever_the_number_of_pages(
    client: Client,
) -> None:
    sections.provide()
    about = StandardPage.objects.get(slug="about")
    StandardPage.objects.filter(slug="about").update(show_in_menus=True)
    counts: list[int] = []
    for _ in range(2):
        about.refresh_from_db()
        about.add_child(instance=StandardPage(title="页", slug=f"p{len(counts)}"))
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_untranslated_section_is_called_in_english_until_it_is_renamed(
    client: Client,
) -> None:
    sections.provide()
    foot = client.get("/en/about/").text.partition("<footer")[2]
    assert ">Privacy</a>" in foot
    assert "隐私说明" not in foot
    Page.objects.filter(slug="privacy").update(title="隐私与数据")
    foot = client.get("/en/about/").text.partition("<footer")[2]
    assert 'lang="zh-Hans">隐私与数据</a>' in foot


def test_every_section_has_an_english_name(client: Client) -> None:
    sections.provide()
    html = client.get("/en/").text
    assert [one.title for one in sections.SECTIONS if one.title in html] == []
