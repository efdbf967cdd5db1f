"""One page of what a reader searches for, and what the admin searches among."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from articles.models import Article, Reporter, Section
from articles.search.snippets import Piece


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
    return None


def matches(articles: QuerySet[Article], text: str) -> QuerySet[Article]:
    """Those of the articles, drafts too, that hold all words: at most the newest ADMIN_MAX. For the admin."""
    return articles.none()
