"""A view of the database as of one moment, for whoever reads several things that must agree."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside was true at the same moment, whatever is committed meanwhile. Nothing is written.

    Inside a transaction that is already open its own view holds.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with _repeatable_read():
            yield
    else:
        with _deferred():
            yield


@contextmanager
def _repeatable_read() -> Iterator[None]:
    from psycopg import IsolationLevel

    connection.ensure_connection()
    session = connection.connection
    # Said with BEGIN itself: no statement more.
    session.isolation_level, session.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        with transaction.atomic():
            yield
    finally:
        if not session.closed:
            session.isolation_level, session.read_only = None, None


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite's reading transactions see one state of the log; the paper's own begin by taking the write lock."""
    connection.ensure_connection()
    writing = connection.transaction_mode
    connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = writing
