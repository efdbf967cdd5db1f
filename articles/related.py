"""What a reader may read next: picked by hand first, then what shares tags, then what shares words.

Found when a page is made and kept with it. The work has a bound: a few rows of each tag's index, whatever
the tags hold, and the words' own search for the places that are left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles import listings
from articles.models import Article, Placement, RelatedPick
from articles.paging import union
from articles.search.similar import similar
from publication.standing import stands_on

# How many are shown, and how many a desk may pick.
SHOWN = 6
# The newest of each tag are looked at, so that a tag of ten thousand costs what one of ten does.
LOOKED_AT = 20


@dataclass(frozen=True)
class Neighbours:
    """The articles right before and after one in its series."""

    older: Article | None
    newer: Article | None


def related(article: Article, now: datetime) -> list[Article]:
    """At most SHOWN public articles, never the article itself, each once: four queries at most."""
    found = _links(_picked_or_tagged(article, now))
    if len(found) < SHOWN:
        found += _by_words(article, now, SHOWN - len(found), [one.pk for one in found])
    stands_on(*(f"article:{one.pk}" for one in found))
    return found


def series_neighbours(article: Article, now: datetime) -> Neighbours:
    """Among the public articles of the series; an article that has no time yet would stand at its end."""
    if article.series_id is None:
        return Neighbours(None, None)
    listed = listings.of_series(article.series_id, now)
    place = (article.publish_at or now, article.pk)
    parts = [*listed.parts(place, 1), *listed.parts(place, 1, newer=True)]
    found = Article.objects.public(now).filter(pk__in=union(parts)).only("title", "publish_at")
    beside = {(one.publish_at, one.pk) > place: one for one in found}
    return Neighbours(older=beside.get(False), newer=beside.get(True))


def _picked_or_tagged(article: Article, now: datetime) -> QuerySet:
    """Picks in their order, then by the number of shared tags, the newest first."""
    picks = RelatedPick.objects.filter(article=article)
    # The page has loaded them for their names.
    tags = [tag.pk for tag in article.tags.all()]
    parts = [part for tag in tags for part in listings.of_tag(tag, now).parts(None, LOOKED_AT)]
    own = picks.filter(related=OuterRef("pk"))
    shared = Article.objects.filter(pk=OuterRef("pk"), tags__in=tags).order_by().values("pk")
    return (
        Article.objects.public(now)
        .filter(pk__in=union([picks.values_list("related_id"), *parts]))
        .exclude(pk=article.pk)
        .annotate(
            pick_order=Subquery(own.values("order")[:1]),
            pick_id=Subquery(own.values("pk")[:1]),
            shared=Coalesce(Subquery(shared.annotate(n=Count("tags")).values("n")), Value(0)),
        )
        .order_by(
            F("pick_order").asc(nulls_last=True),
            F("pick_id").asc(nulls_last=True),
            "-shared",
            "-publish_at",
            "-id",
        )
    )


def _by_words(article: Article, now: datetime, count: int, exclude_ids: list[int]) -> list[Article]:
    """In the order of the search; what readers may see is asked of the articles themselves again."""
    pks = similar(article, now, count, exclude_ids)
    public = Article.objects.public(now).filter(pk__in=pks).exclude(pk__in=[article.pk, *exclude_ids])
    return sorted(_links(public), key=lambda one: pks.index(one.pk)) if pks else []


def _links(articles: QuerySet) -> list[Article]:
    """Headline, time and picture, without what else a card shows: all in one query."""
    first_figure = FilteredRelation(
        "placements", condition=Q(placements__role=Placement.Role.FIGURE, placements__order=0)
    )
    loaded = articles.annotate(first_figure=first_figure).select_related("lead_photo", "first_figure__photo")
    found = list(loaded.defer("body", "body_html", "lead_html")[:SHOWN])
    for one in found:
        figure = getattr(one, "first_figure", None)  # unset where there is none
        one.first_figures = [figure] if figure is not None else []
    return found
