"""An article for its own page, loaded by questions that are compiled once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, QuerySet
from taggit.models import Tag

from articles.models import Article, Byline
from publication.prepared import Prepared

ARTICLE = Prepared(
    lambda pk, now: Article.objects.public(now).without_people().filter(pk=pk).order_by(),
    pk=int,
    now=datetime,
)
BYLINES = Prepared(lambda pk: Byline.objects.with_people().filter(article=pk), pk=int)
TAGS = Prepared(lambda pk: Tag.objects.filter(tagged_articles__content_object=pk).order_by("pk"), pk=int)


def public(pk: int, now: datetime) -> Article | None:
    """As `Article.objects.public(now).for_page()` finds it; None where a reader may see nothing."""
    # An address may name a number that no database counts to.
    for article in ARTICLE.objects(pk=pk, now=now) if pk <= BigIntegerField.MAX_BIGINT else ():
        gather(article)
        return article
    return None


def gather(article: Article) -> None:
    """Its bylines with their reporters, and its tags, as `prefetch_related` leaves them."""
    article._prefetched_objects_cache = {
        "bylines": _loaded(Byline.objects.all(), BYLINES.objects(pk=article.pk)),
        "tags": _loaded(Tag.objects.all(), TAGS.objects(pk=article.pk)),
    }


def _loaded(rows: QuerySet, found: list[Any]) -> QuerySet:
    """As prefetch_related leaves it."""
    rows._result_cache, rows._prefetch_done = found, True
    return rows
