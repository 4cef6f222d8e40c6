"""Whether anything that pages are made of has changed: one value tells.

``current`` answers a value that is another one after every committed change, and that
never comes back. What was made under a value is as it would be made now for as long
as ``current`` answers the same (docs/decisions/0020-page-cache.md).

A change of records leaves rows in the outbox, so it raises their number; rows go only
in ``archive.outbox``, which renews the token in the same transaction. What changes
without a row (the order of records, the thesaurus, the site's own pages) renews a
token itself.
"""

import secrets

from django.db import connection

RECORDS = "records"
SITE = "site"

# With more rows than this the outbox is not counted: a large import is under way.
MOST_ROWS = 1000

# One statement, so that its parts are of one moment.
_CURRENT = """
    SELECT
        (SELECT token FROM archive_generation WHERE name = 'records'),
        (SELECT token FROM archive_generation WHERE name = 'site'),
        (SELECT COUNT(*) FROM (SELECT 1 FROM archive_outboxrow LIMIT 1001) AS waiting)
"""
# SQLite and PostgreSQL agree on this; Django's own asks for the rows back.
_RENEW = """
    INSERT INTO archive_generation (name, token) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET token = excluded.token
"""


def current() -> str | None:
    """The present value; None while too much is changing to be told apart.

    One query, of constant cost.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        records, site, waiting = cursor.fetchone()
    if waiting > MOST_ROWS:
        return None
    return f"{records or ''}.{site or ''}.{waiting}"


def renew(name: str) -> None:
    """The content of this kind has changed; belongs into the change's transaction.

    Holds the row of ``name`` until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, [name, secrets.token_hex(16)])
