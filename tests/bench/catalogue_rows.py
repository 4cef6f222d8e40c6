"""Writing rows of any number, as fast as the database takes them."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from psycopg import sql

_BATCH = 5_000
_TYPED = (date, dict)
"""Values that a field must prepare for the database; the others go as they are."""


def insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows (values by attribute) as fast as the database takes them.

    What a row does not say is the field's default.
    """
    fields_of = model._meta.concrete_fields
    columns = [field.column for field in fields_of]
    usual = {
        field.attname: field.get_db_prep_save(field.get_default(), connection)
        for field in fields_of
        if not field.primary_key
    }
    prepare = {field.attname: field.get_db_prep_save for field in fields_of}
    names = [field.attname for field in fields_of]

    def prepared() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            given = {
                name: prepare[name](value, connection)
                if isinstance(value, _TYPED)
                else value
                for name, value in row.items()
            }
            whole = {**usual, **given}
            yield tuple(whole[name] for name in names)

    write = _copy if connection.vendor == "postgresql" else _execute_many
    write(model._meta.db_table, columns, prepared())


def _execute_many(
    table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    with connection.cursor() as cursor:
        while batch := list(islice(rows, _BATCH)):
            cursor.executemany(statement, batch)


def _copy(table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def continue_numbers(models: Sequence[Any]) -> None:
    """New rows get the ids after those given here."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(models))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
