from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("检索")

    def ready(self) -> None:
        from archive.worker import register_step
        from search.checks import check_index, check_settings, check_sqlite
        from search.drain import drain_settled

        register_step("index", drain_settled)
        register(check_settings, "search")
        register(check_sqlite, "search")
        register(check_index, "search", deploy=True)
