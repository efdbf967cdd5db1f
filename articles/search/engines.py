"""The two databases' ways of finding articles by terms, behind one small interface.

An engine keeps a plain set of terms for each entry (`entry_terms`) and answers two questions about it. What it
cannot tell from the terms, whether runs follow each other, it asks of the entry's line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from articles.models.search import SearchEntry
from articles.search import tokens

TITLE = "title:"
"""Before a term of the headline. No term has a colon of its own."""

# All of these; of each, one of these; of that, all of these terms.
Match = Sequence[Sequence[Sequence[str]]]
# A piece of SQL and its parameters.
Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Times:
    """Which entries by their publication: since ≤ publish_at < until, out at `now`; now None takes drafts too."""

    now: datetime | None
    since: datetime | None = None
    until: datetime | None = None
    # The last entry of the page before: what follows it, newest first.
    after: tuple[datetime, int] | None = None

    def sql(self, publish_at: str) -> Sql:
        moment = connection.ops.adapt_datetimefield_value
        parts: list[Sql] = []
        for comparison, value in (("<=", self.now), (">=", self.since), ("<", self.until)):
            if value is not None:
                parts.append((f"{publish_at} {comparison} %s", [moment(value)]))
        if self.after is not None:
            parts.append((f"({publish_at}, article_id) < (%s, %s)", [moment(self.after[0]), self.after[1]]))
        return all_of(parts)


def all_of(parts: Iterable[Sql]) -> Sql:
    parts = list(parts)
    return " AND ".join(f"({sql})" for sql, _ in parts) or "1 = 1", [
        one for _, given in parts for one in given
    ]


def any_of(parts: Iterable[Sql]) -> Sql:
    parts = list(parts)
    return " OR ".join(f"({sql})" for sql, _ in parts), [one for _, given in parts for one in given]


def entry_terms(entry: SearchEntry) -> list[str]:
    """All that finds an entry: its labels, its words, and those of its headline once more as such."""
    headline = (TITLE + term for term in tokens.terms(entry.title))
    return [*entry.labels.split(), *headline, *tokens.terms(entry.words)]


class Engine:
    """What both share: reading the newest entries without any index of terms."""

    # The function that gives a needle's place in a text, 0 where it is not there.
    place: str
    # Of words that stand in many articles, the headlines and texts of so many of the newest are read before the
    # index is asked for all of them.
    titles_walked = 500
    texts_walked = 500

    def replace(self, entries: list[SearchEntry], known: list[SearchEntry]) -> None:
        """Writes entries; known: those of them that stand already, as they are stored."""
        raise NotImplementedError

    def forget(self, entries: list[SearchEntry]) -> None:
        """Removes entries, given as they are stored."""
        raise NotImplementedError

    def empty(self) -> None:
        raise NotImplementedError

    def found(self, match: Match, times: Times, check: Sql, limit: int, *, by_id: bool = False) -> list[int]:
        """Ids of the newest entries that match and stand the check, which may name title, words, labels.

        by_id: those written last, which is the newest but for plans, and needs no sorting on SQLite.
        """
        raise NotImplementedError

    def count(self, match: Match, times: Times, check: Sql, limit: int) -> int:
        """How many match and stand the check, counted up to the limit."""
        raise NotImplementedError

    def walked(self, times: Times, check: Sql, limit: int, distance: int) -> list[int]:
        """Ids among the newest entries, at most `distance` of them looked at, that stand the check."""
        where, given = times.sql("publish_at")
        sql = (  # constants only; every value travels as a parameter
            "SELECT article_id FROM (SELECT * FROM articles_searchentry"  # noqa: S608 - see above
            f" WHERE {where} ORDER BY publish_at DESC, article_id DESC LIMIT %s) AS newest"
            f" WHERE {check[0]} ORDER BY publish_at DESC, article_id DESC LIMIT %s"
        )
        return ids(sql, [*given, distance, *check[1], limit])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around the questions of one search."""
        yield

    def holds(self, column: str, needle: str) -> Sql:
        return f"{self.place}({column}, %s) > 0", [needle]


class Postgres(Engine):
    """A tsvector under GIN."""

    place = "strpos"
    # A thousand headlines cost 0.4 ms, a thousand texts 5; all entries of a frequent word at a million articles 100.
    titles_walked = 5_000
    texts_walked = 2_000
    _columns = ("article_id", "publish_at", "labels", "title", "words")

    def replace(self, entries: list[SearchEntry], known: list[SearchEntry]) -> None:
        sql = (
            f"INSERT INTO articles_searchentry ({', '.join(self._columns)}, terms)"  # noqa: S608 - constants
            " VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s::text[])) ON CONFLICT (article_id) DO UPDATE SET "
            + ", ".join(f"{name} = EXCLUDED.{name}" for name in (*self._columns[1:], "terms"))
        )
        rows = [[*(getattr(one, name) for name in self._columns), entry_terms(one)] for one in entries]
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def forget(self, entries: list[SearchEntry]) -> None:
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()

    def empty(self) -> None:
        SearchEntry.objects.all().delete()

    def found(self, match: Match, times: Times, check: Sql, limit: int, *, by_id: bool = False) -> list[int]:
        where, given = times.sql(self._time)
        order = "(article_id + 0) DESC" if by_id else f"{self._time} DESC, article_id DESC"
        sql = (  # OFFSET 0 keeps the check, which may fetch long texts, behind the order
            "SELECT article_id FROM (SELECT article_id, labels, title, words FROM articles_searchentry"  # noqa: S608
            f" WHERE terms @@ %s::tsquery AND {where} ORDER BY {order} OFFSET 0) AS entries"
            f" WHERE {check[0]} LIMIT %s"
        )
        return ids(sql, [self._expression(match), *given, *check[1], limit])

    def count(self, match: Match, times: Times, check: Sql, limit: int) -> int:
        where, given = times.sql(self._time)
        sql = (
            "SELECT 1 FROM articles_searchentry"  # noqa: S608 - constants
            f" WHERE terms @@ %s::tsquery AND {where} AND {check[0]} LIMIT %s"
        )
        return counted(sql, [self._expression(match), *given, *check[1], limit])

    @contextmanager
    def reading(self) -> Iterator[None]:
        # The planner takes looking into terms for cheap and would do it row by row for a frequent word.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            yield
            cursor.execute("SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL jit TO DEFAULT")

    # Not the bare column, like the id above: an index of times or ids must not be taken for finding words.
    _time = "(publish_at + interval '0')"

    def _expression(self, match: Match) -> str:
        return expression(match, "'", " & ", " | ")


class Sqlite(Engine):
    """FTS5 that keeps no contents: what was written must be given again to remove it."""

    place = "instr"

    def replace(self, entries: list[SearchEntry], known: list[SearchEntry]) -> None:
        self._remove_terms(known)
        SearchEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["publish_at", "labels", "title", "words"],
        )
        rows = [(entry.pk, " ".join(entry_terms(entry))) for entry in entries]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO articles_searchterms (rowid, terms) VALUES (%s, %s)", rows)

    def forget(self, entries: list[SearchEntry]) -> None:
        self._remove_terms(entries)
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()

    def empty(self) -> None:
        SearchEntry.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_searchterms (articles_searchterms) VALUES ('delete-all')")

    def found(self, match: Match, times: Times, check: Sql, limit: int, *, by_id: bool = False) -> list[int]:
        order = "articles_searchterms.rowid DESC" if by_id else "publish_at DESC, article_id DESC"
        inner, given = self._matching("article_id", match, times)
        sql = (  # LIMIT -1 keeps the check, which may read long texts, behind the order
            f"SELECT article_id FROM ({inner} ORDER BY {order} LIMIT -1) AS entries"  # noqa: S608 - constants
            f" CROSS JOIN articles_searchentry USING (article_id) WHERE {check[0]} LIMIT %s"
        )
        return ids(sql, [*given, *check[1], limit])

    def count(self, match: Match, times: Times, check: Sql, limit: int) -> int:
        inner, given = self._matching("1", match, times)
        return counted(f"{inner} AND {check[0]} LIMIT %s", [*given, *check[1], limit])

    def _matching(self, column: str, match: Match, times: Times) -> Sql:
        where, given = times.sql("publish_at")
        return (
            f"SELECT {column} FROM articles_searchterms CROSS JOIN articles_searchentry"  # noqa: S608 - constants
            " INDEXED BY articles_searchentry_times ON article_id = articles_searchterms.rowid"
            f" WHERE articles_searchterms MATCH %s AND {where}"
        ), [expression(match, '"', " AND ", " OR "), *given]

    def _remove_terms(self, entries: list[SearchEntry]) -> None:
        rows = [(entry.pk, " ".join(entry_terms(entry))) for entry in entries]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO articles_searchterms (articles_searchterms, rowid, terms) VALUES ('delete', %s, %s)",
                rows,
            )


def engine() -> Engine:
    """The one of the database that the paper runs on."""
    return _ENGINES[connection.vendor]


_ENGINES: dict[str, Engine] = {"postgresql": Postgres(), "sqlite": Sqlite()}


def expression(match: Match, quote: str, both: str, either: str) -> str:
    """A match in a database's own words. Terms hold letters, digits and a colon: nothing needs escaping."""

    def joined(parts: Iterable[str], by: str) -> str:
        return f"({by.join(parts)})"

    return both.join(
        joined((joined((f"{quote}{term}{quote}" for term in terms), both) for terms in choice), either)
        for choice in match
    )


def ids(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [pk for (pk,) in cursor.fetchall()]


def counted(sql: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS rows", parameters)  # noqa: S608 - made of constants
        return int(cursor.fetchone()[0])
