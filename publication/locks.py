"""A lock by name for the rest of the transaction: one writer's forms one after the other."""

from django.db import connection

LOCK = "pg_advisory_xact_lock(hashtextextended(%s, 0))"


def hold(*names: str) -> None:
    """Waits until nobody else holds the names, one after the other; whoever needs two of them keeps their order.

    SQLite's transactions take the write lock when they begin.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("locks.hold() belongs into a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join([LOCK] * len(names)), names)
