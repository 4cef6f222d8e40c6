"""Pictures without words and links that do not speak are told with their place."""

import pytest

from cms.editing import checks
from cms.models import SiteImage
from tests.cms.editing.conftest import WritePage
from tests.factories import picture


def image(**fields: str) -> SiteImage:
    made: SiteImage = SiteImage.objects.create(
        title="图", file=picture(), width=8, height=8, **fields
    )
    return made


def block(of: SiteImage, alt: str = "", decorative: bool = False) -> dict[str, object]:
    value = {"image": of.pk, "alt_text": alt, "decorative": decorative}
    return {"type": "picture", "value": {"image": value}}


@pytest.mark.parametrize(
    ("alt", "decorative", "told"),
    [("", False, 1), ("一群人围坐议事", False, 0), ("", True, 0), ("  ", False, 1)],
)
def test_a_picture_needs_a_description_unless_it_decorates(
    write: WritePage, alt: str, decorative: bool, told: int
) -> None:
    page = write()
    raw = [block(image(description="图上有人"), alt, decorative)]
    page.body = page.body.stream_block.to_python(raw)

    found = checks.check(page).pictures
    assert len(found) == told
    assert all(one.place == "正文 › 1. 图片 › 图片" for one in found)


def test_a_cover_is_described_where_it_is_kept(write: WritePage) -> None:
    without, described = image(), image(description="图上有人")
    assert len(checks.check(write(cover=without)).pictures) == 1
    assert checks.check(write(cover=described, slug="other")).pictures == ()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("点击这里", ["vague"]),
        ("點擊這裏 »", ["vague"]),
        ("Click here", ["vague"]),
        ("", ["empty"]),
        ("馆藏目录", []),
        ("这里的档案", []),
    ],
)
def test_the_words_of_a_link_say_where_it_leads(
    write: WritePage, words: str, what: list[str]
) -> None:
    page = write([("text", f'<p>见<a href="/catalogue/">{words}</a>。</p>')])
    assert [one.what for one in checks.check(page).links] == what
