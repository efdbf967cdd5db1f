"""Has anything at all changed since we last looked? The cheapest question that is never answered wrongly.

Where the database is a file beside us, SQLite counts for each connection what others committed: a few
microseconds, and every page is as fresh as the file. Where a question is a round trip, pages are taken for
true until the clock's next half second (and not a moment longer in the process that made the change). These
end with the whole seconds that a proxy counts in, so that the two never add up to more than one.
"""

import sqlite3
import time
from threading import Lock
from typing import Any, Protocol
from urllib.parse import quote

from django.db import DatabaseError, connection

# So often in a second it is asked where asking is a round trip; a whole number, for the reason above.
REMOTE_LOOKS = 2


class Pulse(Protocol):
    def mark(self) -> Any:
        """What to remember beside something that is true now; DatabaseError where nobody answers."""

    def holds(self, mark: Any) -> bool:
        """Whether what was true at the mark needs no new look."""


class LocalPulse:
    """SQLite: a connection of its own, which never writes, so that every commit is another's."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = Lock()
        self._cursor: sqlite3.Cursor | None = None
        # Every connection counts from the same number on: what one has counted says nothing to the next.
        self._connections = 0

    def mark(self) -> Any:
        with self._lock:
            try:
                if self._cursor is None:
                    self._cursor = self._connected()
                    self._connections += 1
                return self._connections, self._cursor.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error as error:
                self._cursor = None
                raise DatabaseError(str(error)) from error

    def holds(self, mark: Any) -> bool:
        return mark == self.mark()

    def _connected(self) -> sqlite3.Cursor:
        # Quoted: a folder's name may hold what means something in an address.
        address = f"file:{quote(self._path)}?mode=ro"
        found = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None, timeout=2)
        return found.cursor()


class RemotePulse:
    """A database over a socket: this half second, or until this process itself changes something."""

    def mark(self) -> Any:
        return own_changes.number, int(time.time() * REMOTE_LOOKS)

    def holds(self, mark: Any) -> bool:
        return mark == self.mark()


class OwnChanges:
    """How often this process committed a change of a page."""

    def __init__(self) -> None:
        self.number = 0


own_changes = OwnChanges()


def pulse() -> Pulse:
    """The one that fits the database."""
    if connection.vendor == "sqlite":
        return LocalPulse(str(connection.settings_dict["NAME"]))
    return RemotePulse()
