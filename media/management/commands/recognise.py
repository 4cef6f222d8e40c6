"""``manage.py recognise FILE…``: what OCR makes of image files; stores nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from media.errors import MediaError
from media.recognition import OcrSettings, recognise, recognition_as_json
from media.values import Recognition

_DEFAULTS = OcrSettings()


class Command(BaseCommand):
    """Each file is read by itself: a broken one is reported and the rest go on."""

    help = _("识别图像文件并显示结果，不入库；可试用各种设置。")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, output and the settings an archivist may try."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("图像文件"))
        parser.add_argument(
            "--json", action="store_true", help=_("每个文件输出一行 JSON")
        )
        parser.add_argument(
            "--direction", choices=("h", "v"), help=_("h 横排，v 竖排；默认自动判断")
        )
        parser.add_argument(
            "--script",
            choices=("hans", "hant"),
            help=_("hans 简体，hant 繁體；默认自动判断"),
        )
        parser.add_argument(
            "--languages", help=_("Tesseract 语言，如 chi_tra+chi_sim；默认按文字选择")
        )
        parser.add_argument("--psm", type=int, help=_("Tesseract 版面模式"))
        parser.add_argument(
            "--blur", type=float, help=_("高斯模糊的 σ（像素，0 为不模糊）；默认自动")
        )
        parser.add_argument(
            "--character-pixels",
            type=float,
            default=_DEFAULTS.character_pixels,
            help=_("字高缩小到多少像素"),
        )
        parser.add_argument("--no-deskew", action="store_true", help=_("不纠正倾斜"))
        parser.add_argument(
            "--keep-seals", action="store_true", help=_("不去除红色印章")
        )
        parser.add_argument("--timeout", type=float, help=_("每页时限（秒）"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each file's result as soon as it is there; exit 1 if one failed."""
        settings = _settings(options)
        failed = False
        for file in options["files"]:
            try:
                found = recognise(Path(file), settings)
            except MediaError as error:
                self.stderr.write(
                    _("%(file)s：%(reason)s") % {"file": file, "reason": error}
                )
                failed = True
                continue
            if options["json"]:
                report = recognition_as_json(file, found)
                self.stdout.write(json.dumps(report, ensure_ascii=False))
            else:
                self.stdout.write(_readable(file, found))
            self.stdout.flush()
        if failed:
            raise SystemExit(1)


def _settings(options: dict[str, Any]) -> OcrSettings:
    languages = options["languages"]
    return OcrSettings(
        direction=options["direction"],
        script=options["script"],
        languages=tuple(languages.split("+")) if languages else (),
        psm=options["psm"],
        blur=options["blur"],
        character_pixels=options["character_pixels"],
        deskew=not options["no_deskew"],
        remove_seals=not options["keep_seals"],
        timeout_seconds=options["timeout"],
    )


def _readable(file: str, found: Recognition) -> str:
    """A heading with the figures, then the text."""
    figures = _(
        "%(direction)s，%(script)s，置信度 %(confidence).0f，"
        "%(lines)d 行，%(seconds).1f 秒"
    ) % {
        "direction": _("竖排") if found.direction == "v" else _("横排"),
        "script": _("繁體") if found.script == "hant" else _("简体"),
        "confidence": found.confidence,
        "lines": len(found.lines),
        "seconds": found.seconds,
    }
    return f"== {file} ==\n[{figures}]\n{found.text}\n"
