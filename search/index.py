"""The engines that the settings describe, one of each for the process."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver

from search.engines.base import Engine

ENGINES = ("embedded", "elasticsearch")


def engine() -> Engine:
    """The engine that ``settings.SEARCH`` chooses; its server need not be up."""
    return engine_named(settings.SEARCH["ENGINE"])


@cache
def engine_named(name: str) -> Engine:
    """One of ``ENGINES``, with the options of ``settings.SEARCH``."""
    options: dict[str, Any] = settings.SEARCH
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine

        return EmbeddedEngine(Path(options["PATH"]))
    if name == "elasticsearch":
        from search.engines.elastic import ElasticsearchEngine

        return ElasticsearchEngine(
            options["HOSTS"],
            options["INDEX"],
            shards=options["SHARDS"],
            replicas=options["REPLICAS"],
            api_key=options["API_KEY"],
            ca_certs=options["CA_CERTS"],
        )
    raise ImproperlyConfigured(
        f"SEARCH['ENGINE'] is {name!r}: use {' or '.join(ENGINES)}"
    )


@receiver(setting_changed)
def _settings_changed(*, setting: str, **kwargs: Any) -> None:
    """Tests change the settings under a running process."""
    if setting == "SEARCH":
        engine_named.cache_clear()
