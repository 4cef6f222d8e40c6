"""System checks: do the settings and the models say what can be meant?"""

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from cms.knowledge.regulation_text import RegulationUnreadable, supplied
from cms.page_search import kinds

NETWORKS = ("READING_ROOM_NETWORKS", "TRUSTED_PROXIES")


def check_networks(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Name every entry that is not a network in CIDR notation."""
    return [
        Error(
            _("%(setting)s：“%(network)s”不是网段")
            % {"setting": name, "network": given},
            hint=_("写成 192.168.10.0/24 的样子，多个用逗号分开"),
            id="cms.E001",
        )
        for name in NETWORKS
        for given in getattr(settings, name)
        if not _is_network(given)
    ]


def check_kinds(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """No kind of page is called like a level of records."""
    return [
        Error(
            f"search_kind {kind!r} is a level of records, too",
            hint="Search could not tell them apart: give the page another kind.",
            id="cms.E002",
        )
        for kind in kinds.clashes()
    ]


def check_reviewers(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Three reviews are given by three people or, in a small house, by two."""
    if settings.PAGE_REVIEW_PEOPLE in (2, 3):
        return []
    return [
        Error(
            _("PAGE_REVIEW_PEOPLE：三审由 2 人或 3 人办理，不能是 %(people)s 人")
            % {"people": settings.PAGE_REVIEW_PEOPLE},
            hint=_("写 3；人手不足的写 2"),
            id="cms.E003",
        )
    ]


def _is_network(given: str) -> bool:
    try:
        ipaddress.ip_network(given)
    except ValueError:
        return False
    return True


def check_regulation(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Say why the text of the regulation cannot be shown; the site runs without."""
    try:
        supplied()
    except RegulationUnreadable as error:
        return [checks.Warning(str(error), id="cms.W001")]
    return []
