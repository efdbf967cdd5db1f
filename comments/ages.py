"""Ages as durations, by the database's statement clock.

Two instants are never compared: on SQLite they are texts of different length, and `created_at >= now - 60 s`
would refuse at exactly 60.000.
"""

from datetime import timedelta

from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from publication import clock


def with_age(rows: QuerySet, field: str = "created_at") -> QuerySet:
    """Adds `age`, a duration."""
    age = ExpressionWrapper(clock.db_now() - F(field), output_field=DurationField())
    return rows.annotate(age=age)


def younger_than(rows: QuerySet, span: timedelta, field: str = "created_at") -> QuerySet:
    return with_age(rows, field).filter(age__lt=span)


# The same for statements that are written out: an age by a column, and a span to compare it with.
_NOW = {"postgresql": "STATEMENT_TIMESTAMP()", "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')"}
_AGES = {"postgresql": "({now} - {column})", "sqlite": "django_timestamp_diff({now}, {column})"}


def now() -> str:
    """The instant of the statement."""
    return _NOW[connection.vendor]


def expression(column: str) -> str:
    return _AGES[connection.vendor].format(now=now(), column=column)


def literal(span: timedelta) -> str:
    """A span of whole seconds."""
    seconds = int(span.total_seconds())
    return f"INTERVAL '{seconds} s'" if connection.vendor == "postgresql" else f"{seconds}000000"


def read(age: timedelta | int) -> timedelta:
    """An age as the driver gives it: SQLite counts microseconds."""
    return age if isinstance(age, timedelta) else timedelta(microseconds=age)
