from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("网站")

    def ready(self) -> None:
        from cms.checks import check_networks

        register(check_networks)
