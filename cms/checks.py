"""System checks: are the networks in the settings networks?"""

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

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


def _is_network(given: str) -> bool:
    try:
        ipaddress.ip_network(given)
    except ValueError:
        return False
    return True
