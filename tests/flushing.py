"""The flush after a test that commits: only tables that hold something are emptied.

Django truncates every table and lets every app fill its own again: a tenth of a second, hundreds of times.
What the first flush of a run leaves (content types, permissions, roles) is remembered; as long as a test has
changed none of it, it stays, and the rest is deleted. A test that has is followed by Django's own flush.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Flush:
    """`whole` is Django's own; `remove` and `create` lift the guards that forbid deleting and put them back."""

    remove: Callable[[], None]
    create: Callable[[], None]
    # What stands in the database when it counts as empty, by table; None before the first flush.
    left: Rows | None = None

    def __call__(self, whole: Callable[[], None]) -> None:
        if self.left is not None and _rows(self.left) == self.left:
            self._delete([table for table in _filled() if table not in self.left])
            return
        self.remove()
        whole()
        self.create()
        self.left = _rows(_filled())

    def _delete(self, tables: list[str]) -> None:
        if not tables:
            return
        is_guarded = "articles_article" in tables
        if is_guarded:
            self.remove()
        # References are looked at when the transaction ends, so any order will do.
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {_quoted(table)}")
        if is_guarded:
            self.create()


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)


def _filled() -> list[str]:
    """Tables of models with at least one row."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    looks = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        return [table for (table,) in cursor.fetchall()]


def _rows(tables: list[str] | Rows) -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {_quoted(table)} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found
