"""Keeping the search up with the articles: every function belongs into the transaction of the change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from articles import body
from articles.models.search import SearchEntry
from articles.search import tokens
from articles.search.engines import engine

if TYPE_CHECKING:
    from articles.models import Article

BATCH = 200
"""Articles read and written at once, about a megabyte of text."""

# Compared to see whether anything changed at all.
_FIELDS = ("publish_at", "labels", "title", "words")


def put(article: Article, publish_at: datetime | None = None) -> None:
    """Takes up an article's text, bylines and tags as they are now; writes nothing where nothing changed.

    publish_at: of an article that this transaction has just published.
    """
    put_all([article], times={article.pk: publish_at} if publish_at else None)


def put_all(
    articles: Sequence[Article], *, anew: bool = False, times: Mapping[int, datetime] | None = None
) -> None:
    """The same for many, whose bylines and tags are best prefetched. anew: written even where it is the same."""
    if not articles:
        return
    with transaction.atomic(savepoint=False):
        pks = [article.pk for article in articles]
        if times is None:
            # Asked of the database: a form may have stood open while the desk published.
            published = type(articles[0]).objects.filter(pk__in=pks, status="published")
            times = dict(published.values_list("pk", "publish_at"))
        known = SearchEntry.objects.in_bulk(pks)
        entries = [_entry(article, times.get(article.pk)) for article in articles]
        changed = [one for one in entries if anew or not _is_same(one, known.get(one.pk))]
        if changed:
            engine().replace(changed, [known[one.pk] for one in changed if one.pk in known])


def put_each(articles: QuerySet[Article], *, anew: bool = False, locked: bool = False) -> Iterator[int]:
    """Takes up all of them, batch after batch in transactions of their own, by id; gives each batch's size.

    locked: nobody saves an article while its batch is read and written.
    """
    ordered = articles.order_by("pk").prefetch_related("bylines", "tags")
    last = 0
    while True:
        with transaction.atomic():
            rows = ordered.select_for_update(of=("self",)) if locked else ordered
            batch = list(rows.filter(pk__gt=last)[:BATCH])
            put_all(batch, anew=anew)
        if not batch:
            return
        last = batch[-1].pk
        yield len(batch)


def moved(pk: int, articles: type[Article]) -> None:
    """Takes up a new status or time of publication."""
    published = articles.objects.filter(pk=OuterRef("pk"), status="published").values("publish_at")
    SearchEntry.objects.filter(pk=pk).update(publish_at=Subquery(published))


def drop(pks: Collection[int]) -> None:
    """Forgets articles that are about to be deleted."""
    entries = list(SearchEntry.objects.filter(pk__in=pks))
    if entries:
        engine().forget(entries)


def _is_same(one: SearchEntry, other: SearchEntry | None) -> bool:
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in _FIELDS)


def _entry(article: Article, publish_at: object) -> SearchEntry:
    bylines = list(article.bylines.all())
    labels = [f"section:{article.section_id}"] if article.section_id else []
    labels += [f"reporter:{pk}" for pk in sorted({byline.reporter_id for byline in bylines})]
    return SearchEntry(
        article_id=article.pk,
        publish_at=publish_at,
        labels=f" {' '.join(labels)} ",
        title=tokens.lines([article.title]),
        words=tokens.lines(_texts(article, [byline.name for byline in bylines])),
    )


def _texts(article: Article, names: list[str]) -> Iterator[str]:
    """All there is to read of an article, the long text last: the end of an endless one is not searched."""
    yield from (article.title, article.subtitle, *names, *(tag.name for tag in article.tags.all()))
    yield article.lead_caption
    yield from (figure.caption for figure in body.figures(article.body))
    yield from body.plain_text(article.body).split("\n")
