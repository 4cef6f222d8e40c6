"""System checks: can the chosen engine do its work here?

What needs the engine itself is asked with ``manage.py check --deploy`` only: no
other command should wait for a server that is down.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning
from django.utils.translation import gettext as _

from search.errors import SearchError
from search.index import ENGINES, engine
from search.tokens import TOKENS_VERSION

OLDEST_SQLITE: Final = (3, 40, 0)
_NEEDED: Final = {
    "embedded": ("PATH",),
    "elasticsearch": ("HOSTS", "INDEX", "SHARDS", "REPLICAS"),
}


def check_settings(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """``settings.SEARCH`` names an engine and all its options."""
    name = settings.SEARCH.get("ENGINE")
    if name not in ENGINES:
        text = _("SEARCH[“ENGINE”] 应为 %(engines)s 之一")
        return [Error(text % {"engines": "、".join(ENGINES)}, id="search.E001")]
    return [
        Error(_("SEARCH 缺少 %(option)s") % {"option": option}, id="search.E002")
        for option in _NEEDED[name]
        if not settings.SEARCH.get(option) and settings.SEARCH.get(option) != 0
    ]


def check_sqlite(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The embedded engine has a SQLite that is new enough and knows FTS5."""
    if settings.SEARCH.get("ENGINE") != "embedded":
        return []
    if sqlite3.sqlite_version_info < OLDEST_SQLITE or not has_fts5():
        text = _("嵌入式检索需要带 FTS5 的 SQLite 3.40 以上版本，现为 %(version)s")
        version = {"version": sqlite3.sqlite_version}
        return [Error(text % version, id="search.E003")]
    return []


def check_index(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The engine answers, and its index was made under today's tokens."""
    if check_settings(None):
        return []
    try:
        index = engine()
        index.ping()
        version = index.tokens_version()
    except SearchError as error:
        text = _("检索引擎不可用：%(error)s") % {"error": error}
        return [CheckWarning(text, id="search.W004")]
    if version == TOKENS_VERSION:
        return []
    return [
        CheckWarning(
            _("索引是按旧的折叠表或分词规则建立的"),
            hint=_("运行：manage.py reindex"),
            id="search.W005",
        )
    ]


def has_fts5() -> bool:
    """Whether Python's SQLite was built with FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
        except sqlite3.OperationalError:
            return False
    return True
