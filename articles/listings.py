"""What each list of public articles is read from: rows with an index in the list's own order."""

from collections.abc import Sequence
from datetime import datetime

from articles.models import Article, Byline, Section
from articles.models.listed import TaggedArticle
from articles.paging import Listed


def of_sections(sections: Sequence[Section], now: datetime) -> Listed:
    """One part for each section, so that each is read along its index."""
    public = Article.objects.public(now)
    return Listed([public.filter(section=section) for section in sections], now)


def of_series(series_id: int, now: datetime) -> Listed:
    return Listed([Article.objects.public(now).filter(series=series_id)], now)


def of_kind(kind: str, now: datetime) -> Listed:
    return Listed([Article.objects.public(now).filter(kind=kind)], now)


def of_tag(tag_id: int, now: datetime) -> Listed:
    rows = TaggedArticle.objects.filter(tag=tag_id, publish_at__lte=now)
    return Listed([rows], now, pk="content_object_id")


def of_reporter(reporter_id: int, now: datetime) -> Listed:
    """Once for each article, whatever parts the reporter had in it."""
    rows = Byline.objects.filter(reporter=reporter_id, publish_at__lte=now)
    return Listed([rows.distinct()], now, pk="article_id")


def between(start: datetime, end: datetime, now: datetime) -> Listed:
    """Published from `start` on and before `end`."""
    return Listed([Article.objects.public(now).filter(publish_at__gte=start, publish_at__lt=end)], now)
