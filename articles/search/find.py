"""One page of what a reader searches for, and what the admin searches among."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from articles.body import figures, plain_text
from articles.models import Article, Reporter, Section
from articles.search import query, snippets
from articles.search.engines import TITLE, Engine, Match, Sql, Times, all_of, any_of, engine
from articles.search.query import Query
from articles.search.snippets import Piece

PAGE_SIZE = 20
COUNT_MAX = 1_000
"""Hits are counted up to here."""

ADMIN_MAX = 1_000
"""Articles that the admin finds, the newest."""

# The two parts of the order: all words in the headline, then the rest.
_IN_TITLE, _REST = "t", "r"
# The part of the order, microseconds and id; behind the colon the signature, which binds it to the query.
_CURSOR = re.compile(r"([tr])-([0-9a-f]{1,15})-([1-9a-f][0-9a-f]{0,14})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BrokenCursor(ValueError):
    """A cursor that is none of ours, or that belongs to another query."""


@dataclass(frozen=True)
class Hit:
    """One found article, loaded `for_cards`, with its headline and a piece of its text around the first hit."""

    article: Article
    title: list[Piece]
    snippet: list[Piece]


@dataclass(frozen=True)
class Found:
    """One page of hits. `count` stops at COUNT_MAX, and `count_is_more` says that there are more."""

    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    count_is_more: bool = False
    next_cursor: str | None = None
    is_first: bool = True

    @property
    def articles(self) -> list[Article]:
        return [hit.article for hit in self.hits]


def find(
    text: str,
    *,
    now: datetime,
    section: Section | None = None,
    reporter: Reporter | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    cursor: str | None = None,
) -> Found | None:
    """What is public now and holds all words of the text: those with all in the headline first, then the newest.

    A section brings its sub-sections; since ≤ publish_at < until. None where there is no word to search for.
    Raises query.TooLong and BrokenCursor.
    """
    wanted = query.parse(text)
    if wanted is None:
        return None
    search = _Search(wanted, now, _labels(section, reporter), since, until)
    part, after = search.read(cursor) if cursor is not None else (_IN_TITLE, None)
    with search.engine.reading():
        count = search.count()
        rows = search.page(part, after, is_frequent=count > COUNT_MAX) if count else []
    shown = rows[:PAGE_SIZE]
    articles = Article.objects.public(now).for_cards().in_bulk([pk for _part, pk in shown])
    found = [(part, articles[pk]) for part, pk in shown if pk in articles]
    return Found(
        hits=_hits([article for _part, article in found], wanted),
        count=min(count, COUNT_MAX),
        count_is_more=count > COUNT_MAX,
        next_cursor=search.write(*found[-1]) if found and len(rows) > PAGE_SIZE else None,
        is_first=cursor is None,
    )


def matches(articles: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Those of the articles, drafts too, that hold all words: of the newest ADMIN_MAX. For the admin.

    Without a word to search for, all of them. Raises query.TooLong.
    """
    wanted = query.parse(text)
    if wanted is None:
        return articles
    search = _Search(wanted, None)
    with search.engine.reading():
        newest = search.newest()
    found = articles.filter(pk__in=newest)
    if len(newest) < ADMIN_MAX or found.count() * 2 >= ADMIN_MAX:
        return found
    # A frequent word, and the newest are mostly others: one's own, or those of one state, are looked for apart.
    with search.engine.reading():
        return articles.filter(pk__in=search.newest(_among(articles)))


def _among(articles: QuerySet[Article]) -> Sql:
    try:
        sql, given = articles.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "1 = 0", []
    return f"article_id IN ({sql})", list(given)


@dataclass(frozen=True)
class _Search:
    """One query with its filters, asked of the database part by part."""

    query: Query
    now: datetime | None
    # Of each group one label must stand.
    labels: tuple[tuple[str, ...], ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def engine(self) -> Engine:
        return engine()

    def newest(self, *checks: Sql) -> list[int]:
        """At most ADMIN_MAX, by id."""
        check = all_of([*checks, self.check()])
        return self.engine.found(self.match(), self.times(), check, ADMIN_MAX, by_id=True)

    def count(self) -> int:
        """Up to one more than COUNT_MAX."""
        return self.engine.count(self.match(), self.times(), self.check(), COUNT_MAX + 1)

    def page(
        self, part: str, after: tuple[datetime, int] | None, *, is_frequent: bool
    ) -> list[tuple[str, int]]:
        """The part and id of what stands behind the cursor, one more than a page shows."""
        rows: list[tuple[str, int]] = []
        for one in (_IN_TITLE, _REST) if part == _IN_TITLE else (_REST,):
            missing = PAGE_SIZE + 1 - len(rows)
            if missing:
                times = self.times(after if one == part else None)
                rows += [(one, pk) for pk in self._part(one, times, missing, is_frequent)]
        return rows

    def _part(self, part: str, times: Times, limit: int, is_frequent: bool) -> list[int]:
        if is_frequent:
            distance = self.engine.titles_walked if part == _IN_TITLE else self.engine.texts_walked
            found = self.engine.walked(times, self._walking_check(part), limit, distance)
            if len(found) == limit:
                return found
        in_title = part == _IN_TITLE
        check = self.check("title") if in_title else all_of([self._not_in_title(), self.check()])
        return self.engine.found(self.match(TITLE if in_title else ""), times, check, limit)

    def times(self, after: tuple[datetime, int] | None = None) -> Times:
        return Times(self.now, self.since, self.until, after)

    def match(self, prefix: str = "") -> Match:
        """What the index is asked for."""
        words = [[[prefix + term]] for term in self.query.terms]
        return [*words, *([[label] for label in group] for group in self.labels)]

    def check(self, column: str = "words") -> Sql:
        """What the index cannot tell."""
        return all_of([]) if self.query.is_exact else self.holds_all(column)

    def _walking_check(self, part: str) -> Sql:
        """The same as match and check without an index; the short columns first."""
        labels = [
            any_of(self.engine.holds("labels", f" {label} ") for label in group) for group in self.labels
        ]
        if part == _IN_TITLE:
            return all_of([*labels, self.holds_all("title")])
        return all_of([*labels, self._not_in_title(), self.holds_all("words")])

    def holds_all(self, column: str) -> Sql:
        return all_of(self.engine.holds(column, needle) for needle in self.query.needles)

    def _not_in_title(self) -> Sql:
        sql, given = self.holds_all("title")
        return f"NOT ({sql})", given

    def write(self, part: str, article: Article) -> str:
        """The cursor of what follows this article."""
        microseconds = (article.publish_at - _EPOCH) // timedelta(microseconds=1)
        return self._signer().sign(f"{part}-{microseconds:x}-{article.pk:x}")

    def read(self, cursor: str) -> tuple[str, tuple[datetime, int]]:
        """The part of the order and the place in it; BrokenCursor unless this very search wrote it."""
        try:
            found = _CURSOR.fullmatch(self._signer().unsign(cursor))
        except BadSignature as error:
            raise BrokenCursor from error
        if found is None:
            raise BrokenCursor
        return found[1], (_EPOCH + timedelta(microseconds=int(found[2], 16)), int(found[3], 16))

    def _signer(self) -> Signer:
        """Signs for these words and filters only."""
        asked = repr((self.query, self.labels, self.since, self.until))
        return Signer(salt=f"articles.search:{hashlib.sha256(asked.encode()).hexdigest()}")


def _labels(section: Section | None, reporter: Reporter | None) -> tuple[tuple[str, ...], ...]:
    groups = []
    if section is not None:
        below = section.children.values_list("pk", flat=True) if section.parent_id is None else ()
        groups.append(tuple(f"section:{pk}" for pk in (section.pk, *sorted(below))))
    if reporter is not None:
        groups.append((f"reporter:{reporter.pk}",))
    return tuple(groups)


def _hits(articles: list[Article], wanted: Query) -> list[Hit]:
    """With their headlines and texts marked: one more query, for the texts that cards leave out."""
    texts = dict(
        Article.objects.filter(pk__in=[article.pk for article in articles]).values_list("pk", "body")
    )
    return [
        Hit(
            article,
            snippets.marked(article.title, wanted),
            _snippet(article, texts[article.pk], wanted),
        )
        for article in articles
    ]


def _snippet(article: Article, html: str, wanted: Query) -> list[Piece]:
    """Of the text, else of what else holds a word: the reader sees why the article was found."""
    for text in _texts(article, html):
        pieces = snippets.snippet(text, wanted)
        if any(piece.is_hit for piece in pieces):
            return pieces
    return snippets.snippet(plain_text(html), wanted)


def _texts(article: Article, html: str) -> Iterator[str]:
    yield plain_text(html)
    yield article.subtitle
    yield article.lead_caption
    yield from (figure.caption for figure in figures(html))
