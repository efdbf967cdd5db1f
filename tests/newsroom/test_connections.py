"""The pool finds a dead connection before a reader does, and asks a living one nothing."""

from typing import Any

import pytest
from django.db import connection
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

from newsroom.connections import PooledConnection

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL's connections"),
]


@pytest.fixture
def pooled() -> Any:
    kwargs = connection.get_connection_params()
    with PooledConnection.connect(**{**kwargs, "autocommit": True}) as found:
        yield found


def test_a_living_connection_is_asked_nothing(pooled: PooledConnection) -> None:
    before = _statements(pooled)
    ConnectionPool.check_connection(pooled)
    assert _statements(pooled) == before
    assert pooled.execute("SELECT 1").fetchone() == (1,)


def test_one_whose_server_ended_it_is_refused(pooled: PooledConnection) -> None:
    pid = pooled.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    with pytest.raises(OperationalError):
        ConnectionPool.check_connection(pooled)


def test_one_that_was_closed_here_is_refused(pooled: PooledConnection) -> None:
    pooled.close()
    with pytest.raises(OperationalError, match="closed"):
        ConnectionPool.check_connection(pooled)


def test_the_system_probes_a_silent_server_while_nobody_asks(pooled: PooledConnection) -> None:
    """Else a connection to a machine that is lost would look alive for two hours."""
    known = pooled.info.get_parameters()
    idle, interval, count = (int(known[f"keepalives_{name}"]) for name in ("idle", "interval", "count"))
    assert idle + interval * count <= 35
    assert int(known["tcp_user_timeout"]) <= 20_000


def test_the_papers_pool_is_made_of_them() -> None:
    connection.ensure_connection()
    assert isinstance(connection.connection, PooledConnection)


def _statements(pooled: PooledConnection) -> Any:
    """When this connection's last statement began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [pooled.info.backend_pid])
        return cursor.fetchone()
