"""Many rows at once: COPY on PostgreSQL, prepared inserts on SQLite. For filling a paper, not for its daily work.

Nothing of a model's save() runs; the database's own rules (constraints, triggers) do.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, models

# Rows that SQLite is given in one go.
GO = 2_000

Row = Sequence[Any]


def reserve(model: type[models.Model], count: int) -> int:
    """The first of `count` numbers that nobody else will be given."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, 'id')"
            cursor.execute(
                f"SELECT setval({sequence}, nextval({sequence}) + %s)",
                [table, table, count],
            )
            return int(cursor.fetchone()[0]) - count + 1
        # The only writer there is: numbers that were ever given are in this table.
        cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        return int(cursor.fetchone()[0] or 0) + 1


def store(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Writes rows of these fields (attnames); every other column takes its field's default."""
    names, defaults = columns(model, fields)
    write(model._meta.db_table, names, ((*row, *defaults) for row in rows) if defaults else rows)


def columns(model: type[models.Model], fields: Sequence[str]) -> tuple[list[str], tuple[Any, ...]]:
    """The columns of these fields and behind them those that are given their default, and these defaults."""
    given = set(fields)
    others = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in given and not _fills_itself(field)
    ]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    names = [str(model._meta.get_field(name).column) for name in fields]
    return names + [str(field.column) for field in others], defaults


def _fills_itself(field: models.Field) -> bool:
    """Numbers, generated columns, and what the database has a default for."""
    return field.generated or field.has_db_default() or isinstance(field, models.AutoField)


def write(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """The rows into the table; values as the database knows them, moments as aware datetimes."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        for batch in _batches(map(_adapted, rows)):
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - names of our own models
                batch,
            )


def _adapted(row: Row) -> list[Any]:
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, datetime) else value for value in row]


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, GO)):
        yield batch


def make_ready() -> None:
    """For the transaction: it may take its time, and foreign keys are checked with each statement.

    All of them at the end would have to be remembered until then.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0; SET CONSTRAINTS ALL IMMEDIATE")
    else:
        with connection.cursor() as cursor:
            # Indexes of unordered keys are written all over: they must fit into memory.
            cursor.execute("PRAGMA cache_size = -262144")


def take_stock() -> None:
    """Lets the database look at what stands in it now, so that its plans are made for that."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("RESET statement_timeout")
        else:
            cursor.execute("ANALYZE")
