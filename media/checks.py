"""System checks: is the recognition engine installed, with its languages?

Warnings, not errors: web servers run without Tesseract; workers do not.
"""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.utils.translation import gettext as _

from media.errors import EngineMissing, LanguageMissing, MediaError

LANGUAGES = ("chi_sim", "chi_sim_vert", "chi_tra", "chi_tra_vert", "osd")


def check_tesseract(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Name every Debian package that recognition misses."""
    from media.recognition import TesseractEngine

    try:
        installed = TesseractEngine().languages()
    except EngineMissing as error:
        return [_warning(error, "media.W001", "tesseract-ocr")]
    except MediaError as error:
        return [CheckWarning(str(error), id="media.W003")]
    return [
        _warning(LanguageMissing(language), "media.W002", debian_package(language))
        for language in LANGUAGES
        if language not in installed
    ]


def debian_package(language: str) -> str:
    """The Debian package with Tesseract's data for ``language``."""
    return f"tesseract-ocr-{language.replace('_', '-')}"


def _warning(error: MediaError, check_id: str, package: str) -> CheckWarning:
    hint = _("运行：apt-get install %(package)s") % {"package": package}
    return CheckWarning(str(error), hint=hint, id=check_id)
