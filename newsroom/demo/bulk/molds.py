"""Rows written once and cast as often as wanted: INSERT … SELECT with numbers and times moved on.

A mold is a passing table without indexes. Articles and comments in it are numbered from nought; whole threads
stand in it, so that every counter of a cast is as right as that of the mold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, models

from articles.models import Article
from comments.models import Comment
from publication import bulk

_NUMBERED = {Article: "article", Comment: "comment"}
_MOVED = {
    "article": '"{0}" + %s',
    "comment": '"{0}" + %s',
    "named": 'CAST(CAST("{0}" AS bigint) + %s AS text)',
}
_TIME = {
    "postgresql": '"{0}" + %s',
    # A moment is text there: the seconds are moved, their parts stay as they are written.
    "sqlite": 'datetime(substr("{0}", 1, 19), %s) || substr("{0}", 20)',
}


@dataclass(frozen=True)
class Place:
    """Where a cast goes: the numbers of the first article and comment, and how much later all of it happens.

    `later` has no parts of a second.
    """

    article: int
    comment: int
    later: timedelta

    def of(self, kind: str) -> Any:
        """What a column of this kind is moved by."""
        if kind != "time":
            return self.comment if kind == "comment" else self.article
        return (
            self.later if connection.vendor == "postgresql" else f"{self.later.total_seconds():+.0f} seconds"
        )


@dataclass(frozen=True)
class Mold:
    """`moved`: columns that a cast moves, each by "article", "named" (that number as text), "comment" or "time"."""

    table: str
    columns: Sequence[str]
    moved: dict[str, str]
    defaults: tuple[Any, ...] = field(default=())

    @classmethod
    def of(cls, model: type[models.Model], fields: Sequence[str], **moved: str) -> Mold:
        """For rows of these fields (attnames); what they are moved by follows from the model."""
        names, defaults = bulk.columns(model, fields)
        for name in fields:
            one = model._meta.get_field(name)
            owner = one.related_model or (model if one.primary_key else None)
            kind = "time" if isinstance(one, models.DateTimeField) else _NUMBERED.get(owner)
            if kind is not None:
                moved[str(one.column)] = kind
        return cls(model._meta.db_table, names, moved, defaults)

    @property
    def name(self) -> str:
        return f"mold_{self.table}"

    def make(self) -> None:
        names = ", ".join(f'"{name}"' for name in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                cursor.execute(
                    f"CREATE TEMP TABLE {self.name} AS SELECT {names} FROM {self.table} WHERE 0"  # noqa: S608 - names of our own models
                )
                return
            # Packed or not as the table itself keeps it: long texts are then copied as they lie.
            cursor.execute(f"CREATE TEMP TABLE {self.name} (LIKE {self.table} INCLUDING STORAGE)")
            for one in connection.introspection.get_table_description(cursor, self.table):
                if one.name not in self.columns:
                    cursor.execute(f'ALTER TABLE {self.name} DROP COLUMN "{one.name}"')

    def pour(self, rows: Iterable[bulk.Row]) -> None:
        filled = ((*row, *self.defaults) for row in rows) if self.defaults else rows
        bulk.write(self.name, self.columns, filled)

    def cast(self, place: Place) -> None:
        """Writes what is in the mold to that place."""
        kinds = {name: self.moved.get(name) for name in self.columns}
        sql = _MOVED | {"time": _TIME[connection.vendor]}
        chosen = ", ".join(sql[kind].format(name) if kind else f'"{name}"' for name, kind in kinds.items())
        names = ", ".join(f'"{name}"' for name in kinds)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.table} ({names}) SELECT {chosen} FROM {self.name}",  # noqa: S608 - as above
                [place.of(kind) for kind in kinds.values() if kind],
            )

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{'DELETE FROM' if connection.vendor == 'sqlite' else 'TRUNCATE'} {self.name}")

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {self.name}")


class Molds:
    """All of them, by table, in the order in which their rows may be written."""

    def __init__(self, molds: Iterable[Mold]) -> None:
        self.of = {mold.table: mold for mold in molds}

    @property
    def tables(self) -> list[str]:
        return list(self.of)

    def make(self) -> None:
        for mold in self.of.values():
            mold.make()

    def pour(self, target: type[models.Model] | str, rows: Iterable[bulk.Row]) -> None:
        self.of[target if isinstance(target, str) else target._meta.db_table].pour(rows)

    def cast(self, place: Place) -> None:
        for mold in self.of.values():
            mold.cast(place)

    def empty(self) -> None:
        for mold in self.of.values():
            mold.empty()

    def drop(self) -> None:
        for mold in self.of.values():
            mold.drop()
