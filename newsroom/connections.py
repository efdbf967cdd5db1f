"""Connections to PostgreSQL as psycopg's pool keeps them (settings.DATABASES)."""

import select
from typing import Any

from psycopg import Connection, Cursor
from psycopg.pq import ConnStatus


class PooledConnection(Connection[Any]):
    """Says whether it is alive without asking the server, where that is enough.

    Before it hands a connection out the pool sends it an empty statement: a round trip for every page, to find those
    that died with the server. But a server that ends says so on the socket; where it is silent, its machine lost, the
    system finds it out by its own probes (settings.DATABASES: within 35 seconds) and says so there; and until then no
    answer would come to the question either. So it is asked where there is something to be read, and nowhere else.
    """

    def execute(self, query: Any, params: Any = None, **options: Any) -> Cursor[Any]:
        if query == "" and self._is_quiet():
            return self.cursor()
        return super().execute(query, params, **options)

    def _is_quiet(self) -> bool:
        if self.closed or self.pgconn.status != ConnStatus.OK:
            return False
        socket = select.poll()
        socket.register(self.pgconn.socket, select.POLLIN | select.POLLPRI)
        return not socket.poll(0)
