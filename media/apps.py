"""The Django application: it has no models, only checks, a command and texts."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Registers the checks of the environment."""

    name = "media"
    verbose_name = _("图像与识别")

    def ready(self) -> None:
        """Called once, when Django starts."""
        from media.checks import check_tesseract

        register(check_tesseract, "media")
