"""Taking many new articles into the search at once, with terms that are known already."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection


class Taken(NamedTuple):
    """An entry as SearchEntry has it, with its terms as engines.entry_terms gives them."""

    article_id: int
    publish_at: datetime | None
    labels: str
    title: str
    words: str
    terms: Iterable[str]


ENTRIES, TERMS = "articles_searchentry", "articles_searchterms"


def tables() -> dict[str, tuple[str, ...]]:
    """Where entries are written, and the columns there; the first one is the article's number."""
    if connection.vendor == "postgresql":
        return {ENTRIES: Taken._fields}
    return {ENTRIES: Taken._fields[:-1], TERMS: ("rowid", "terms")}


def rows(entries: list[Taken]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Each of these tables with what is written into it for articles that the search does not know yet."""
    if connection.vendor == "postgresql":
        # A term holds letters, digits and a colon: nothing in it needs escaping.
        yield ENTRIES, [(*one[:-1], " ".join(f"'{term}'" for term in one.terms)) for one in entries]
        return
    yield ENTRIES, [one[:-1] for one in entries]
    yield TERMS, [(one[0], " ".join(one.terms)) for one in entries]
