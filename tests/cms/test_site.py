"""What all pages have in common: headers, errors, health, front page."""

import json
import re

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.models import Site

from cms.models import HomePage, SiteDetails, User
from tests.cms.collection import Collection
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def test_the_front_page_shows_a_hit_for_its_first_example(
    client: Client, held: Collection
) -> None:
    html = client.get("/").content.decode()
    assert "凡遇<mark>矛盾糾紛</mark>" in html
    assert '<rect class="hit" x="40" y="0" width="78" height="18"/>' in html
    assert html.count('<span class="tag">演示材料</span>') >= 1
    assert "調解須知" in html[html.index("各栏目最近更新") :]


def test_the_front_page_stands_without_a_hit_and_without_search(
    client: Client, settings: object, db: None, tmp_path: object
) -> None:
    settings.SEARCH = {  # type: ignore[attr-defined]
        "ENGINE": "embedded",
        "PATH": f"{tmp_path}/never-made/search.sqlite3",
    }
    response = client.get("/")
    assert response.status_code == 200
    assert "暂无材料" in response.content.decode()


def test_evidence_that_is_closed_leaves_the_front_page_at_once(
    client: Client, held: Collection
) -> None:
    assert "<mark>" in client.get("/").content.decode()
    type(held.public).objects.filter(pk=held.public.pk).update(public_access=0)
    html = client.get("/").content.decode()
    assert "<mark>" not in html
    assert "調解須知" not in html


def test_examples_are_the_editors_own(client: Client, held: Collection) -> None:
    HomePage.objects.update(examples="调解 & 登记\n\n第三条\n甲\n乙", lead="本馆引言")
    html = client.get("/").content.decode()
    assert "?q=%E8%B0%83%E8%A7%A3%20%26%20%E7%99%BB%E8%AE%B0" in html
    assert "本馆引言" in html
    assert "?q=%E4%B9%99" not in html


def test_the_footer_shows_what_is_filled_in_and_nothing_else(
    client: Client, db: None
) -> None:
    empty = client.get("/").content.decode()
    assert "主办单位" not in empty
    assert "beian" not in empty
    SiteDetails.objects.create(
        site=Site.objects.get(), organiser="样本单位", icp_number="演示备案号"
    )
    filled = client.get("/").content.decode()
    assert "主办单位：样本单位" in filled
    assert "演示备案号" in filled
    assert "承办单位" not in filled


@pytest.mark.parametrize("path", ["/", "/catalogue/", "/nothing/", "/robots.txt"])
def test_nothing_comes_from_elsewhere_or_inline(
    client: Client, db: None, path: str
) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"]
    html = response.content.decode()
    assert not re.search(
        r"<style|\sstyle=|\son\w+="
        # Data for programs, which no browser runs.
        r"|<script(?! type=\"module\" src| type=\"application/ld\+json\">)",
        html,
    )
    # The same page in other languages is named, not loaded.
    loaded = re.sub(r'<link rel="(?:canonical|alternate)"[^>]+>', "", html)
    assert not re.search(r"<(?:link|script|img|image)[^>]+https?://", loaded)


def test_a_page_that_depends_on_the_reader_is_kept_by_no_cache(
    client: Client, db: None
) -> None:
    assert client.get("/catalogue/")["Cache-Control"] == "private, no-cache"


def test_what_more_than_the_public_sees_is_not_kept_at_all(
    reader_in_the_room: Client,
) -> None:
    assert reader_in_the_room.get("/catalogue/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/x%00/", "/catalogue/T001%00/", "/search/?q=%00", "/api/v1/records?parent=%00"],
)
def test_an_address_with_a_nul_is_not_found(
    client: Client, db: None, path: str
) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/nothing/", "/nothing.txt", "/catalogue/x/y/z/"])
def test_not_found_offers_a_search(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert "没有找到这一页" in html
    assert 'action="/search/"' in html


def test_an_error_of_the_server_has_a_page_without_details(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("cms.catalogue.children", fail)
    client.raise_request_exception = False
    response = client.get("/catalogue/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "系统出错了" in html
    assert "secret" not in html


def test_a_form_that_stood_open_too_long_gets_a_page(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "请重新登录后再试" in response.text


def test_a_refused_host_gets_a_page(client: Client, db: None) -> None:
    response = client.get("/catalogue/", headers={"host": "evil.example"})
    assert response.status_code == 400


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    response = client.get("/healthz")
    assert json.loads(response.content) == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


def test_ready_names_what_is_down(
    client: Client, held: Collection, settings: object, tmp_path: object
) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    settings.SEARCH = {  # type: ignore[attr-defined]
        "ENGINE": "embedded",
        "PATH": f"{tmp_path}/never-made/search.sqlite3",
    }
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["parts"] == {"database": "ok", "search": "down"}


def test_a_resized_picture_is_served_and_no_other_upload(
    client: Client, db: None
) -> None:
    for folder, status in (("images", 200), ("original_images", 404)):
        name = default_storage.save(f"{folder}/门.png", ContentFile(b"picture"))
        response = client.get(default_storage.url(name))
        assert response.status_code == status, folder
        if status == 200:
            assert b"".join(response) == b"picture"
            assert response["X-Content-Type-Options"] == "nosniff"


def test_crawlers_are_kept_from_searches(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/" in text
    assert "Disallow: /catalogue/" not in text


def test_staff_are_told_that_they_see_more(client: Client, held: Collection) -> None:
    assert "身份查阅" not in client.get("/catalogue/").content.decode()
    staff: User = UserFactory.create(is_superuser=True)
    client.force_login(staff)
    html = client.get("/catalogue/").content.decode()
    assert "以馆内工作人员身份查阅" in html
