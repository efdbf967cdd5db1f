"""The shelf of one machine: a SQLite file, which is the last good copies too.

A file that is broken is taken away, and so may an operator take it away; a new one stands in its place at once.
Every process looks before and after each command whether its connection still leads to the file that stands
there: what one of them drops can never be in a file that only the others read.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
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
# How often one command is tried while files are replaced under it.
ATTEMPTS = 3
# Dropped when the file began, under a number above all of any file before: no page that was being made then is put.
EVERYTHING = ""

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
INSERT INTO dropped SELECT {moment}, '{everything}'
    WHERE NOT EXISTS (SELECT 1 FROM dropped WHERE key = '{everything}');
"""

# Device and number of a file: what tells it from another under the same name while it is open.
Identity = tuple[int, int] | None


class DiskShelf:
    """A SQLite file; it is only a cache, so it is written without waiting for the disk."""

    def __init__(self, path: Path, release: str) -> None:
        self.path = path
        self._prefix = f"{release}:"
        self._local = local()
        self._puts = 0
        # Said by each process once: one of the release before gets new threads, and connections, after a deploy.
        self._has_left_others = False

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
                ("REPLACE INTO dropped (key) VALUES (?)", [EVERYTHING]),
            ]
        )

    def tidy(self, limit: int = COPIES_MAX) -> None:
        """The oldest copies beyond the limit leave."""
        old = "SELECT name FROM page ORDER BY made DESC LIMIT -1 OFFSET ?"
        self._write(
            [
                (f"DELETE FROM standing WHERE name IN ({old})", [limit]),  # noqa: S608 - a constant
                (f"DELETE FROM page WHERE name IN ({old})", [limit]),  # noqa: S608 - a constant
                (
                    "DELETE FROM dropped WHERE key <> ? AND number < (SELECT MAX(number) FROM dropped) - ?",
                    [EVERYTHING, DROPS_KNOWN],
                ),
            ]
        )

    def forget(self, names: Iterable[str]) -> None:
        self._remove(self._prefix + name for name in names)

    def drop_below(self, floors: Mapping[str, int]) -> int:
        found = {name for key, floor in floors.items() for name in self._names_below(key, floor)}
        self._remove(found)
        return len(found)

    def _names_below(self, key: str, floor: int) -> list[str]:
        """With their releases, as they are stored."""

        def read(database: sqlite3.Connection) -> list[str]:
            rows = database.execute(
                "SELECT name, content FROM page WHERE name IN (SELECT name FROM standing WHERE key = ?)",
                [key],
            )
            pages = ((name, Page.from_bytes(content)) for name, content in rows)
            return [name for name, page in pages if page is None or page.numbers.get(key, 0) < floor]

        return self._try(read, otherwise=[])

    def _remove(self, names: Iterable[str]) -> None:
        self._write(
            (statement, [name])
            for name in names
            for statement in ("DELETE FROM standing WHERE name = ?", "DELETE FROM page WHERE name = ?")
        )

    def _write(self, statements: Iterable[tuple[str, list[Any]]]) -> None:
        statements = list(statements)

        def write(database: sqlite3.Connection) -> None:
            with _transaction(database):
                for statement, values in statements:
                    database.execute(statement, values)

        self._try(write)

    def _try(self, command: Callable[[sqlite3.Connection], Any], otherwise: Any = None) -> Any:
        """The command on the file that stands there; whatever goes wrong is logged and the file opened anew."""
        for _attempt in range(ATTEMPTS):
            try:
                found = command(self._connection())
            except (sqlite3.Error, OSError) as error:
                logger.warning("kept pages: %s", error)
                if not self._may_try_again(error):
                    return otherwise
            else:
                if self._is_in_place():
                    return found
        return otherwise

    def _may_try_again(self, error: Exception) -> bool:
        """On another file: this one was replaced, or is no database any more and so of no use."""
        # Not one of its kinds, which say that something else went wrong.
        is_broken = type(error) is sqlite3.DatabaseError
        was_replaced = not self._is_in_place()
        if is_broken and not was_replaced:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        self._close()
        return is_broken or was_replaced

    def _is_in_place(self) -> bool:
        """Whether this thread's connection leads to the file under our name."""
        return self._identity() == getattr(self._local, "identity", None)

    def _identity(self) -> Identity:
        # Never by opening it: closing it again would take SQLite's own locks from this process.
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _connection(self) -> sqlite3.Connection:
        database = getattr(self._local, "database", None)
        if database is not None and not self._is_in_place():
            self._close()
            database = None
        return self._opened() if database is None else database

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._local.identity = self._identity()
        self._local.database = database = sqlite3.connect(self.path, isolation_level=None, timeout=2)
        moment = time.time_ns() // 1000
        database.executescript(SCHEMA.format(moment=moment, everything=EVERYTHING))
        if self._local.identity is None:
            self._local.identity = self._identity()
        if not self._has_left_others:
            self._leave_other_releases(database)
            self._has_left_others = True
        return database

    def _close(self) -> None:
        database = getattr(self._local, "database", None)
        self._local.__dict__.clear()
        if database is not None:
            database.close()

    def _leave_other_releases(self, database: sqlite3.Connection) -> None:
        """Their pages go; workers that are still of before go on with what they make from now on."""
        names = "SELECT name FROM page WHERE name NOT LIKE ? || '%'"
        with _transaction(database):
            for table in ("standing", "page"):
                database.execute(f"DELETE FROM {table} WHERE name IN ({names})", [self._prefix])  # noqa: S608 - constants


def _is_dropped(database: sqlite3.Connection, page: Page, moment: int) -> bool:
    """As a rule nothing was dropped since, and one look at the end of the table says so."""
    rows = database.execute("SELECT key FROM dropped WHERE number > ?", [moment])
    return any(key == EVERYTHING or key in page.numbers for (key,) in rows)


@contextlib.contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
