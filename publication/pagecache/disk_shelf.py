"""The shelf of one machine: a SQLite file, which is the last good copies too."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import local
from typing import Any

from publication.pagecache.page import Page
from publication.pagecache.shelf import CLAIM_SECONDS

# Last good copies on disk; the oldest leave first. At 20 KB a page this is half a gigabyte.
COPIES_MAX = 25_000
# How often, in copies written, their number is looked at.
TIDY_EVERY = 500
# So many are dropped while a page is made at the very most.
DROPS_KNOWN = 10_000

logger = logging.getLogger(__name__)

SCHEMA = """
PRAGMA journal_mode = MEMORY;
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS page (name TEXT PRIMARY KEY, made REAL NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS page_by_age ON page (made);
CREATE TABLE IF NOT EXISTS standing (key TEXT, name TEXT, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS standing_by_name ON standing (name);
CREATE TABLE IF NOT EXISTS dropped (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS claim (name TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
"""


class DiskShelf:
    """A SQLite file; it is only a cache, so it is written without waiting for the disk."""

    def __init__(self, path: Path, release: str) -> None:
        self.path = path
        self._prefix = f"{release}:"
        self._local = local()
        self._puts = 0

    def get(self, name: str) -> Page | None:
        name = self._prefix + name

        def read(database: sqlite3.Connection) -> Page | None:
            row = database.execute("SELECT content FROM page WHERE name = ?", [name]).fetchone()
            return Page.from_bytes(row[0]) if row else None

        return self._try(read)

    def moment(self) -> int:
        def read(database: sqlite3.Connection) -> int:
            return database.execute("SELECT COALESCE(MAX(number), 0) FROM dropped").fetchone()[0]

        return self._try(read, otherwise=0)

    def put(self, name: str, page: Page, moment: int | None = None) -> None:
        name = self._prefix + name

        def write(database: sqlite3.Connection) -> None:
            rows = [(key, name) for key in page.numbers]
            with _transaction(database):
                if moment is not None and _is_dropped(database, page, moment):
                    return
                database.execute("DELETE FROM standing WHERE name = ?", [name])
                database.execute("REPLACE INTO page VALUES (?, ?, ?)", [name, time.time(), page.to_bytes()])
                database.executemany("INSERT INTO standing VALUES (?, ?)", rows)

        self._try(write)
        self._puts += 1
        if self._puts % TIDY_EVERY == 0:
            self.tidy()

    def drop(self, keys: Iterable[str]) -> None:
        names = "SELECT name FROM standing WHERE key = ?"
        self._write(
            (statement, [key])
            for key in keys
            for statement in (
                f"DELETE FROM page WHERE name IN ({names})",  # noqa: S608 - a constant
                "DELETE FROM standing WHERE key = ?",
                "REPLACE INTO dropped (key) VALUES (?)",
            )
        )

    def claim(self, name: str) -> bool:
        name, now = self._prefix + name, time.time()

        def take(database: sqlite3.Connection) -> bool:
            with _transaction(database):
                database.execute("DELETE FROM claim WHERE name = ? AND until <= ?", [name, now])
                found = database.execute(
                    "INSERT OR IGNORE INTO claim VALUES (?, ?)", [name, now + CLAIM_SECONDS]
                )
                return found.rowcount > 0

        return self._try(take, otherwise=True)

    def release(self, name: str) -> None:
        self._write([("DELETE FROM claim WHERE name = ?", [self._prefix + name])])

    def clear(self) -> None:
        self._write(
            [
                ("DELETE FROM page", []),
                ("DELETE FROM standing", []),
                ("DELETE FROM claim", []),
                ("DELETE FROM dropped", []),
            ]
        )

    def tidy(self, limit: int = COPIES_MAX) -> None:
        """The oldest copies beyond the limit leave."""
        old = "SELECT name FROM page ORDER BY made DESC LIMIT -1 OFFSET ?"
        self._write(
            [
                (f"DELETE FROM standing WHERE name IN ({old})", [limit]),  # noqa: S608 - a constant
                (f"DELETE FROM page WHERE name IN ({old})", [limit]),  # noqa: S608 - a constant
                ("DELETE FROM dropped WHERE number < (SELECT MAX(number) FROM dropped) - ?", [DROPS_KNOWN]),
            ]
        )

    def forget(self, names: Iterable[str]) -> None:
        self._write(
            (statement, [self._prefix + name])
            for name in names
            for statement in ("DELETE FROM standing WHERE name = ?", "DELETE FROM page WHERE name = ?")
        )

    def names_below(self, key: str, floor: int) -> list[str]:
        """Copies that stand on the key under a number below this one."""

        def read(database: sqlite3.Connection) -> list[str]:
            rows = database.execute(
                "SELECT name, content FROM page WHERE name IN (SELECT name FROM standing WHERE key = ?)",
                [key],
            )
            pages = ((name, Page.from_bytes(content)) for name, content in rows)
            found = [name for name, page in pages if page is None or page.numbers.get(key, 0) < floor]
            return [name.removeprefix(self._prefix) for name in found]

        return self._try(read, otherwise=[])

    def _write(self, statements: Iterable[tuple[str, list[Any]]]) -> None:
        def write(database: sqlite3.Connection) -> None:
            with _transaction(database):
                for statement, values in statements:
                    database.execute(statement, values)

        self._try(write)

    def _try(self, command: Callable[[sqlite3.Connection], Any], otherwise: Any = None) -> Any:
        """The command on the thread's own connection; whatever goes wrong is logged and the file opened anew."""
        try:
            return command(self._connection())
        except (sqlite3.Error, OSError) as error:
            logger.warning("kept pages: %s", error)
            self._local.__dict__.clear()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                # A file that is no database any more is of no use.
                with contextlib.suppress(OSError):
                    self.path.unlink(missing_ok=True)
            return otherwise

    def _connection(self) -> sqlite3.Connection:
        database = getattr(self._local, "database", None)
        if database is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, isolation_level=None, timeout=2)
            database.executescript(SCHEMA)
            self._local.database = database
            self._leave_other_releases(database)
        return database

    def _leave_other_releases(self, database: sqlite3.Connection) -> None:
        """Their pages go; workers that are still of before go on with what they make from now on."""
        names = "SELECT name FROM page WHERE name NOT LIKE ? || '%'"
        with _transaction(database):
            for table in ("standing", "page"):
                database.execute(f"DELETE FROM {table} WHERE name IN ({names})", [self._prefix])  # noqa: S608 - constants


def _is_dropped(database: sqlite3.Connection, page: Page, moment: int) -> bool:
    """As a rule nothing was dropped since, and one look at the end of the table says so."""
    rows = database.execute("SELECT key FROM dropped WHERE number > ?", [moment])
    return any(key in page.numbers for (key,) in rows)


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
