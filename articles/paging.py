"""Keyset pages of article lists.

`?before=<cursor>` shows what is older than an article, `?after=<cursor>` what is just newer. Pages link to each
other by `before` alone, in both directions, so that one page has one address, and what stands at it does not
move when newer articles come. A page at the top of its list is the list's own address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.http import Http404, QueryDict

from articles.models import Article
from articles.models.article import ArticleQuerySet

# Articles on one page of a list.
PAGE_SIZE = 20
# The parameters that decide which page of a list is shown.
QUERY = ("before", "after")
# Microseconds and id, in hexadecimal; both fit the database's 63 bits.
CURSOR = re.compile(r"([0-9a-f]{1,15})-([1-9a-f][0-9a-f]{0,14})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Where an article stands in a list: its publish_at and its id.
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Page:
    """Articles of one page, newest first, and the `before` cursors of its address and its neighbours'.

    cursor: "" at the top of the list. older: None on the last page. newer: None at the top, and "" where the
    newer page is the top.
    """

    articles: list[Article]
    cursor: str
    older: str | None
    newer: str | None


@dataclass(frozen=True)
class Listed:
    """The public articles of a list, as rows of whatever table has an index in the list's order.

    Each of `rows` (a section has one for each sub-section) has the columns `publish_at` and `pk`, and is read
    along its index no farther than a page goes, whatever the list's length.
    """

    rows: Sequence[QuerySet]
    now: datetime
    pk: str = "id"

    def beside(self, place: Place | None, count: int, *, newer: bool = False) -> ArticleQuerySet:
        """The next `count` articles from a place, newest first, or with `newer` oldest first."""
        sign = "" if newer else "-"
        found = Article.objects.public(self.now).filter(pk__in=union(self.parts(place, count, newer=newer)))
        return found.order_by(f"{sign}publish_at", f"{sign}id")[:count]

    def parts(self, place: Place | None, count: int, *, newer: bool = False) -> list[QuerySet]:
        """For `union`: the next `count` ids from a place in each of the rows."""
        sign, compare = ("", TupleGreaterThan) if newer else ("-", TupleLessThan)
        parts = []
        for rows in self.rows:
            if place is not None:
                # One comparison of rows: of two joined by OR an index would serve neither.
                rows = rows.filter(compare((F("publish_at"), F(self.pk)), place))
            ordered = rows.order_by(f"{sign}publish_at", f"{sign}{self.pk}")
            parts.append(ordered.values_list(self.pk, "publish_at")[:count])
        return parts


def union(parts: Sequence[QuerySet]) -> RawSQL:
    """The first column of several sliced queries as one subselect; each part ends at its limit.

    Django's own union() cannot slice its parts on SQLite. The SQL is the ORM's; values travel as parameters.
    """
    compiled = [(part.query.values_select[0], *part.query.sql_with_params()) for part in parts]
    sql = " UNION ALL ".join(f'SELECT "{column}" FROM ({sql}) AS part' for column, sql, _ in compiled)  # noqa: S608 - see above
    return RawSQL(sql, [value for _, _, params in compiled for value in params])  # noqa: S611 - see above


def page(listed: Listed, query: QueryDict) -> Page:
    """The page that the address asks for; Http404 for a cursor that is none of ours or leads beyond the end."""
    before, after = query.get("before"), query.get("after")
    if before is not None and after is not None:
        raise Http404
    if after is not None:
        before = _newer(listed, _read(after)) or None
    if before is None:
        articles, older = _load(listed, None)
        return Page(articles, cursor="", older=older, newer=None)
    articles, older = _load(listed, _read(before))
    if not articles:
        raise Http404
    newer = _newer(listed, (articles[0].publish_at, articles[0].pk))
    return Page(articles, cursor="" if newer is None else before, older=older, newer=newer)


def _load(listed: Listed, place: Place | None) -> tuple[list[Article], str | None]:
    found = list(listed.beside(place, PAGE_SIZE + 1).for_cards())
    if len(found) <= PAGE_SIZE:
        return found, None
    last = found[PAGE_SIZE - 1]
    return found[:PAGE_SIZE], _write((last.publish_at, last.pk))


def _newer(listed: Listed, place: Place) -> str | None:
    """The cursor of the page that ends right above a place: "" for the top, None where nothing is newer."""
    found = list(listed.beside(place, PAGE_SIZE + 1, newer=True).values_list("publish_at", "id"))
    if not found:
        return None
    return _write(found[PAGE_SIZE]) if len(found) > PAGE_SIZE else ""


def _write(place: Place) -> str:
    microseconds = (place[0] - EPOCH) // timedelta(microseconds=1)
    return f"{microseconds:x}-{place[1]:x}"


def _read(cursor: str) -> Place:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        raise Http404
    try:
        return EPOCH + timedelta(microseconds=int(match[1], 16)), int(match[2], 16)
    except OverflowError:
        raise Http404 from None
