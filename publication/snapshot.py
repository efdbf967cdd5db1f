"""A view of the database as of one moment, for whoever reads several things that must agree."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.http import Http404


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
        with _committed():
            yield
    finally:
        if not session.closed:
            session.isolation_level, session.read_only = None, None


@contextmanager
def _committed() -> Iterator[None]:
    """Ends with COMMIT also where the page is a 404: after a ROLLBACK psycopg forgets what it has prepared."""
    not_found: Http404 | None = None
    with transaction.atomic():
        try:
            yield
        except Http404 as error:
            not_found = error
    if not_found is not None:
        raise not_found


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
