"""Taking many new articles into the search at once, with terms that are known already."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import NamedTuple

from django.db import connection

from publication import bulk


class Taken(NamedTuple):
    """An entry as SearchEntry has it, with its terms as engines.entry_terms gives them."""

    article_id: int
    publish_at: datetime | None
    labels: str
    title: str
    words: str
    terms: Iterable[str]


def add(entries: list[Taken]) -> None:
    """Writes entries of articles that the search does not know yet."""
    table, columns = "articles_searchentry", list(Taken._fields)
    if connection.vendor == "postgresql":
        # A term holds letters, digits and a colon: nothing in it needs escaping.
        rows = ((*one[:-1], " ".join(f"'{term}'" for term in one.terms)) for one in entries)
        bulk.write(table, columns, rows)
        return
    bulk.write(table, columns[:-1], (one[:-1] for one in entries))
    bulk.write("articles_searchterms", ["rowid", "terms"], ((one[0], " ".join(one.terms)) for one in entries))


@contextmanager
def index_built_after() -> Iterator[None]:
    """PostgreSQL builds its index of terms several times as fast anew as term by term; within a transaction."""
    if connection.vendor != "postgresql":
        yield
        return
    create = import_module("articles.migrations.0005_search").POSTGRESQL[-1]
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX articles_searchentry_terms")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(create)
