"""Makes the pictures in README.md from the demonstration, as it looks today.

    python -m tools.pictures [--only NAME …]

Loads and serves the demonstration, opens each place of ``PICTURES`` in Chromium and
writes ``docs/pictures/NAME.webp``, small enough for a page that is read on a phone.
Exit code 2 when a page does not answer or cannot be made small enough.
"""

import argparse
import shutil
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import pyvips
from playwright.sync_api import Browser, sync_playwright

from tools.console import run_or_exit, say
from tools.errors import ToolError
from tools.packages import ROOT
from tools.showcase import SCAN, WORD, demonstration

FOLDER = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LARGEST = 120 * 1024
QUALITIES = (82, 70, 58, 46, 34)
SHARPNESS = 2
"""Device pixels to a CSS pixel: a README is read on screens of two."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is seen of a page in a window of that size when it has loaded."""

    name: str
    path: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("home", "/", 1280, 800),
    Picture("search", f"/search/?q={WORD}", 1280, 800),
    Picture("viewer", f"/catalogue/{SCAN}/3/?q={WORD}", 1280, 800),
    Picture("record", f"/catalogue/{SCAN}/", 1280, 800),
    Picture("exhibition", "/exhibitions/origin-of-a-page/", 1280, 800),
    Picture("regulation", "/knowledge/regulation/", 1280, 800),
    Picture("subject", "/knowledge/subjects/dispute-resolution/", 1280, 800),
    Picture("chronicle", "/knowledge/chronicle/", 1280, 800),
    Picture("case", "/cases/shared-channel/", 1280, 800),
    Picture("training", "/training/recording-and-filing/", 1280, 800),
    Picture("week", "/publicity-week/2026/", 1280, 800),
    Picture("classes", "/training/class/2/", 1280, 800),
    Picture("phone", f"/search/?q={quote('矛盾纠纷')}", 390, 780, "dark"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.pictures")
    names = [picture.name for picture in PICTURES]
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    wanted: list[str] = parser.parse_args().only
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise ToolError("缺少 Chromium\nChromium is not installed (chromium)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            if picture.name in wanted:
                path = FOLDER / f"{picture.name}.webp"
                path.write_bytes(small(take(browser, url, picture), picture.name))
                size = path.stat().st_size // 1024
                say(f"{path.relative_to(ROOT)}，{size} KB", "written")
        browser.close()
    return 0


def take(browser: Browser, url: str, picture: Picture) -> bytes:
    """The window as PNG; ``ToolError`` when the page does not answer with 200."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=SHARPNESS,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        locale="zh-CN",
    )
    page = context.new_page()
    answer = page.goto(url + picture.path)
    if answer is None or answer.status != 200:
        status = answer.status if answer else "—"
        raise ToolError(
            f"{picture.name}：{picture.path} 的应答是 {status}\n"
            f"{picture.name}: {picture.path} answered {status}"
        )
    page.wait_for_load_state("networkidle")
    png = page.screenshot()
    context.close()
    return png


def small(png: bytes, name: str) -> bytes:
    """As WebP, of the best quality that keeps within ``LARGEST``."""
    image = pyvips.Image.new_from_buffer(png, "")
    for quality in QUALITIES:
        webp = bytes(image.webpsave_buffer(Q=quality, effort=6, keep="none"))
        if len(webp) <= LARGEST:
            return webp
    raise ToolError(
        f"{name}：图片超过 {LARGEST // 1024} KB，请缩小窗口\n"
        f"{name}: more than {LARGEST // 1024} KB, make the window smaller"
    )


if __name__ == "__main__":
    run_or_exit(main)
