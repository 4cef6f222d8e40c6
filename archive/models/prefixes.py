"""Text that is looked for by its beginning: paths of the tree, reference codes."""

from typing import Any

from django.db import models
from django.db.models.lookups import StartsWith

_LAST = "\U0010ffff"


class PrefixField(models.CharField[str, str]):
    """A ``CharField`` of which ``startswith`` can use the index on SQLite, too.

    There Django's own ``startswith`` is a ``LIKE`` that folds case and reads the whole
    table; this one compares exactly, as PostgreSQL does. In the database, and in
    migrations, it is a ``CharField``.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


@PrefixField.register_lookup
class Beginning(StartsWith):
    """On SQLite: from the prefix up to the first text that is past all with it."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        prefix = self.rhs
        if not isinstance(prefix, str) or not prefix:
            return super().as_sql(compiler, connection)
        column, values = self.process_lhs(compiler, connection)
        end = after(prefix)
        if not end:
            return f"{column} >= %s", [*values, prefix]
        # SQLite compares bytes of UTF-8, which is the order of code points.
        between = f"({column} >= %s AND {column} < %s)"
        return between, [*values, prefix, *values, end]


def after(prefix: str) -> str:
    """The least text that is greater than every text with this prefix; "" if none."""
    rest = prefix.rstrip(_LAST)
    if not rest:
        return ""
    following = ord(rest[-1]) + 1
    if 0xD800 <= following <= 0xDFFF:  # no characters
        following = 0xE000
    return rest[:-1] + chr(following)
