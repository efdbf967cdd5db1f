"""Ages as durations, by the database's statement clock.

Two instants are never compared: on SQLite they are texts of different length, and `created_at >= now - 60 s`
would refuse at exactly 60.000.
"""

from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from publication import clock


def with_age(rows: QuerySet, field: str = "created_at") -> QuerySet:
    """Adds `age`, a duration."""
    age = ExpressionWrapper(clock.db_now() - F(field), output_field=DurationField())
    return rows.annotate(age=age)


def younger_than(rows: QuerySet, span: timedelta, field: str = "created_at") -> QuerySet:
    return with_age(rows, field).filter(age__lt=span)
