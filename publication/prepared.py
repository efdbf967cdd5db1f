"""Queries of the ORM that are compiled once and asked again with other values.

To build a query, compile it and make sense of its columns costs Django several times what the database needs to
answer it. A page asks the same few questions each time, so it pays for that once in a process:

    STORIES = Prepared(
        lambda pks, now: Article.objects.public(now).filter(Among("pk", pks)).values_list("title"),
        pks=[int], now=datetime,
    )
    STORIES.rows(pks=[3, 5], now=clock.now())

The lambda is called with a `Parameter` in the place of each value, and what it returns is compiled as ever: rules
like `public` stay written in one place. On PostgreSQL the statement is prepared in the connection as well, and
planned once (docs/decisions/0017).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, NotSupportedError, OperationalError, connection, connections
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    Expression,
    F,
    Field,
    Func,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.query import get_related_populators

Kind = type | list[type]

# What a value may be, and where it may stand as one of several. Never NULL: with it a query has another shape.
FIELDS: dict[type, type[Field]] = {int: BigIntegerField, str: TextField, datetime: DateTimeField}
ARRAYS: dict[type, str] = {int: "bigint[]", str: "text[]"}
PLACEHOLDER = re.compile(r"%(.)")


class OutdatedPlan(OperationalError):
    """A migration has changed a column since the question was prepared; once this transaction has ended, ask again."""


class Parameter(Expression):
    """Stands in a query for a value that is given when the query is asked; usable wherever a value is.

    One of a `[kind]` stands for as many values as are given, in `Among` and in raw SQL.
    """

    def __init__(self, name: str, kind: Kind) -> None:
        self.is_list = isinstance(kind, list)
        self.kind: type = kind[0] if isinstance(kind, list) else kind
        super().__init__(output_field=FIELDS[self.kind]())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Among(Func):
    """The column's value is one of those given, however many they are: one query for all numbers of them."""

    output_field = BooleanField()

    def __init__(self, column: str, values: Parameter) -> None:
        super().__init__(F(column), values)
        self.array = ARRAYS[values.kind]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Sequence[Any]]:
        return self.as_sql(
            compiler, connection, template=f"%(expressions)s::{self.array})", arg_joiner=" = ANY("
        )

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Sequence[Any]]:
        return self.as_sql(
            compiler,
            connection,
            template="%(expressions)s))",
            arg_joiner=" IN (SELECT value FROM json_each(",
        )


@dataclass(frozen=True)
class Statement:
    """SQL with Parameters among its values, for what the ORM has no words for; rows come as the driver gives them."""

    sql: str
    params: Sequence[Any]


class Prepared:
    """A question with blanks. `kinds`: what each value is; `[int]`, `[str]` for a collection of them."""

    def __init__(self, build: Callable[..., QuerySet | Statement], **kinds: Kind) -> None:
        self._build = build
        self._kinds = kinds
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """The rows of a `values_list` or a Statement."""
        return self._here().asked(values)

    def objects(self, **values: Any) -> list[Any]:
        """The rows of a query of models as its instances, related ones included."""
        compiled = self._here()
        return [compiled.instance(row) for row in compiled.asked(values)]

    def _here(self) -> _Compiled:
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            built = self._build(**{name: Parameter(name, kind) for name, kind in self._kinds.items()})
            compiled = _Compiled(built)
            if compiled.asks_for != self._kinds.keys():
                raise ValueError(
                    f"the query lost {sorted(self._kinds.keys() - compiled.asks_for)} when compiled"
                )
            self._compiled[connection.vendor] = compiled
        return compiled


class _Compiled:
    """A query for the kind of database that is in use."""

    def __init__(self, built: QuerySet | Statement) -> None:
        self._converters: list[tuple[int, list[Any], Any]] = []
        sql, params = (built.sql, built.params) if isinstance(built, Statement) else self._read(built)
        self.asks_for = {one.name for one in params if isinstance(one, Parameter)}
        if connection.vendor == "postgresql":
            sql, params = _with_constants(sql, params)
        self._sql = sql
        self._params = [_binder(one) if isinstance(one, Parameter) else _constant(one) for one in params]

    def _read(self, queryset: QuerySet) -> tuple[str, Sequence[Any]]:
        if queryset._prefetch_related_lookups:
            raise ValueError("a prepared query prefetches nothing")
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        found = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        self._converters = [(place, converts, column) for place, (converts, column) in found.items()]
        info = compiler.klass_info
        if queryset._fields is None:
            # Not of `values_list`; as django.db.models.query.ModelIterable, but for what is annotated.
            if compiler.annotation_col_map:
                raise ValueError("a prepared query of models annotates nothing")
            self._model: type[Model] = info["model"]
            self._columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
            self._names = [column[0].target.attname for column in compiler.select[self._columns]]
            self._related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)
        return sql, params

    def asked(self, values: dict[str, Any]) -> list[Sequence[Any]]:
        given = [bound(values) for bound in self._params]
        try:
            rows = _fetched(self._sql, given)
        except NotSupportedError as error:
            if not _is_outdated(error):
                raise
            _forget_plans(error)
            rows = _fetched(self._sql, given)
        return self._converted(rows) if self._converters else rows

    def _converted(self, rows: list[Sequence[Any]]) -> list[Sequence[Any]]:
        changed, here = [list(row) for row in rows], connections[DEFAULT_DB_ALIAS]
        for place, converts, column in self._converters:
            for row in changed:
                for convert in converts:
                    row[place] = convert(row[place], column, here)
        return changed

    def instance(self, row: Sequence[Any]) -> Model:
        found = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._columns])
        for related in self._related:
            related.populate(row, found)
        return found


def _fetched(sql: str, given: list[Any]) -> list[Sequence[Any]]:
    with _cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def _is_outdated(error: NotSupportedError) -> bool:
    """The server's "cached plan must not change result type", in whatever language it says it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "source_function", None) == "RevalidateCachedQuery"


def _forget_plans(error: NotSupportedError) -> None:
    """Lets the connection prepare anew; in a transaction its end does it, and nothing can be asked before."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.in_atomic_block:
        raise OutdatedPlan("a column has changed since this was prepared") from error.__cause__
    with here.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


def _cursor() -> Any:
    """Django's; on PostgreSQL one that sends the values beside the statement, so that this can be prepared.

    Not where queries are logged: of a prepared one the log would know nothing.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "postgresql" or here.queries_logged:
        return here.cursor()
    from django.db.backends.postgresql.base import TIMESTAMPTZ_OID, ServerBindingCursor
    from psycopg import adapters
    from psycopg.pq import Format

    here.ensure_connection()
    cursor = ServerBindingCursor(here.connection)
    # The driver's own reader of moments, written in C; Django's is not, and takes longer than all else of a row.
    cursor.adapters.register_loader(TIMESTAMPTZ_OID, adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT))
    return here._prepare_cursor(cursor)


def _with_constants(sql: str, params: Sequence[Any]) -> tuple[str, list[Parameter]]:
    """The query's own values written into it: only then does a kept plan use an index with a condition."""
    given = iter(params)
    left: list[Parameter] = []

    def written(match: re.Match[str]) -> str:
        if match[1] != "s":
            return match[0]
        value = next(given)
        if isinstance(value, Parameter):
            left.append(value)
            return "%s"
        return str(connection.ops.compose_sql("%s", [value])).replace("%", "%%")

    return PLACEHOLDER.sub(written, sql), left


Bound = Callable[[dict[str, Any]], Any]


def _constant(value: Any) -> Bound:
    return lambda values: value


def _binder(one: Parameter) -> Bound:
    """Takes its value out of those given, in the form that the driver wants."""
    name, kind = one.name, one.kind
    if one.is_list:
        lists = _as_array if connection.vendor == "postgresql" else json.dumps
        return lambda values: lists([_checked(name, kind, value) for value in values[name]])
    adapted = _adapter(kind)
    return lambda values: adapted(_checked(name, kind, values[name]))


def _checked(name: str, kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{name} is {value!r}, not {kind.__name__}")
    return value


def _adapter(kind: type) -> Callable[[Any], Any]:
    if connection.vendor != "postgresql":
        return _as_sqlite_writes if kind is datetime else _as_it_is
    from psycopg.types.numeric import Int8

    # Of one size: by the driver's own choice each size would be prepared anew.
    return Int8 if kind is int else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _as_sqlite_writes(value: datetime) -> str:
    return connection.ops.adapt_datetimefield_value(value)


def _as_array(values: list[Any]) -> str:
    """PostgreSQL's own notation of an array."""
    quoted = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
