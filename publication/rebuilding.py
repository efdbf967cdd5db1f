"""Large tables filled without their indexes, which are several times as fast built anew than row by row.

For filling a paper, not for its daily work: the tables are locked until the transaction ends.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

# What one index may take while it is built.
MEMORY = "512MB"
# Foreign keys first: what they and the unique ones look things up in goes with them.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[])
    ORDER BY contype, conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index WHERE NOT indisprimary AND indrelid = ANY(%s::regclass[])
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    ORDER BY indexrelid::regclass::text
"""
_SQLITE = """
    SELECT type, name, sql FROM sqlite_master
    WHERE tbl_name = %s AND sql IS NOT NULL AND type IN ('index', 'trigger') ORDER BY name
"""

Said = Callable[[int, int], None]


@contextmanager
def built_after(
    tables: Sequence[str], triggers: Sequence[tuple[str, str]], said: Said = lambda done, total: None
) -> Iterator[None]:
    """Inside, in a transaction, these tables have primary keys alone, and these (table, trigger) do nothing.

    Unique and foreign keys are held to again at the end, over all rows. `said` hears how many of how many
    indexes and keys stand again.
    """
    after = (
        _taken_from_postgresql(tables) if connection.vendor == "postgresql" else _taken_from_sqlite(tables)
    )
    after += _triggers_off(triggers)
    yield
    if connection.vendor == "postgresql":
        _run("SET LOCAL maintenance_work_mem = %s", MEMORY)
    said(0, len(after))
    for number, sql in enumerate(after, 1):
        _run(sql)
        said(number, len(after))


def _taken_from_postgresql(tables: Sequence[str]) -> list[str]:
    """Drops them; the statements that make them again."""
    keys, indexes = _read(_CONSTRAINTS, list(tables)), _read(_INDEXES, list(tables))
    for table, name, _definition in keys:
        _run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        _run(f"DROP INDEX {name}")
    # Keys last, and the foreign ones behind the unique ones.
    made = [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}' for table, name, text in reversed(keys)]
    return [definition for _name, definition in indexes] + made


def _taken_from_sqlite(tables: Sequence[str]) -> list[str]:
    """The same; keys stay, for they are a part of the table there."""
    found = [row for table in tables for row in _read(_SQLITE, table) if row[0] == "index"]
    for _type, name, _definition in found:
        _run(f'DROP INDEX "{name}"')
    return [definition for _type, _name, definition in found]


def _triggers_off(triggers: Sequence[tuple[str, str]]) -> list[str]:
    if connection.vendor == "postgresql":
        for table, name in triggers:
            _run(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        return [f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in triggers]
    after = []
    for table, name in triggers:
        known = {row[1]: row[2] for row in _read(_SQLITE, table) if row[0] == "trigger"}
        after.append(known[name])
        _run(f'DROP TRIGGER "{name}"')
    return after


def _read(sql: str, given: object) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [given])
        return cursor.fetchall()


def _run(sql: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given or None)
