"""Keyset pages of article lists: `?before=<cursor>` continues after the last article shown."""

import re
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404

from articles.models import Article
from articles.models.article import ArticleQuerySet

# Articles on one page of a list.
PAGE_SIZE = 20
# Microseconds and id, in hexadecimal; both fit the database's 63 bits.
CURSOR = re.compile(r"([0-9a-f]{1,15})-([1-9a-f][0-9a-f]{0,14})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def page(articles: ArticleQuerySet, cursor: str | None) -> tuple[list[Article], str | None]:
    """One page, newest first, and the cursor of the next or None; Http404 for a cursor that is none of ours."""
    if cursor is not None:
        moment, pk = _read(cursor)
        articles = articles.filter(Q(publish_at__lt=moment) | Q(publish_at=moment, id__lt=pk))
    found = list(articles.newest()[: PAGE_SIZE + 1])
    if len(found) <= PAGE_SIZE:
        return found, None
    return found[:PAGE_SIZE], _write(found[PAGE_SIZE - 1])


def _write(article: Article) -> str:
    microseconds = (article.publish_at - EPOCH) // timedelta(microseconds=1)
    return f"{microseconds:x}-{article.pk:x}"


def _read(cursor: str) -> tuple[datetime, int]:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        raise Http404
    try:
        return EPOCH + timedelta(microseconds=int(match[1], 16)), int(match[2], 16)
    except OverflowError:
        raise Http404 from None
