from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("网站")

    def ready(self) -> None:
        from archive.worker import register_step
        from cms.checks import (
            check_kinds,
            check_networks,
            check_regulation,
            check_reviewers,
        )
        from cms.evidence import changes
        from cms.housekeeping import (
            bookings_step,
            handouts_step,
            notices_step,
            publish_step,
            registrations_step,
            takedown_step,
        )
        from cms.knowledge import gathering, heirs
        from cms.knowledge.chronicle import ChronicleSource
        from cms.languages import page_addresses
        from cms.page_search import index
        from cms.page_search.source import PageSource
        from cms.pagecache import sitechanges
        from cms.publicity_week import honours
        from cms.publicity_week import telling as weeks
        from cms.training import class_panels
        from cms.training import telling as classes
        from search import stories

        register(check_networks)
        register(check_kinds)
        register(check_regulation)
        register(check_reviewers)
        page_addresses.install()
        stories.register(PageSource())
        index.connect()
        sitechanges.connect()
        gathering.register(ChronicleSource)
        heirs.connect()
        changes.connect()
        classes.connect()
        class_panels.connect()
        weeks.connect()
        honours.connect()
        register_step("takedown", takedown_step)
        register_step("bookings", bookings_step)
        register_step("handouts", handouts_step)
        register_step("publish_scheduled", publish_step)
        register_step("registrations", registrations_step)
        register_step("registration_notices", notices_step)
