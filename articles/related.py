"""What a reader may read next: picked by hand first, then what shares tags, then what shares words.

Found when a page is made and kept with it. The work has a bound: a few rows of each tag's index, whatever
the tags hold, and the words' own search for the places that are left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import FilteredRelation, Q, QuerySet

from articles import listings
from articles.models import Article, Placement
from articles.paging import union
from articles.search.similar import similar
from publication.standing import stands_on

# How many are shown, and how many a desk may pick.
SHOWN = 6
# The newest of each tag are looked at, so that a tag of ten thousand costs what one of ten does.
LOOKED_AT = 20

# Constants only; whatever a tag holds, its part ends at its limit on the tag's own index.
PICKED = """
    SELECT related_id AS pk, "order" AS place, id AS pick, NULL AS moment
    FROM articles_relatedpick WHERE article_id = %s
"""
TAGGED = f"""
    SELECT article_id, NULL, NULL, publish_at FROM (
        SELECT article_id, publish_at FROM articles_taggedarticle WHERE tag_id = %s AND publish_at <= %s
        ORDER BY publish_at DESC, article_id DESC LIMIT {LOOKED_AT}
    ) AS newest
"""  # noqa: S608 - see above


@dataclass(frozen=True)
class Neighbours:
    """The articles right before and after one in its series."""

    older: Article | None
    newer: Article | None


def related(article: Article, now: datetime) -> list[Article]:
    """At most SHOWN public articles, never the article itself, each once: five queries at most."""
    found = _picked_or_tagged(article, now)
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


def _picked_or_tagged(article: Article, now: datetime) -> list[Article]:
    """Picks in their order, then those that share the most tags, the newest first."""
    places: dict[int, tuple[int, int]] = {}
    shared: Counter[int] = Counter()
    moments: dict[int, Any] = {}
    for pk, order, pick, moment in _candidates(article, now):
        if pick is not None:
            places[pk] = (order, pick)
        elif pk != article.pk:
            shared[pk] += 1
            moments[pk] = moment
    tagged = sorted(
        moments.keys() - places.keys(), key=lambda pk: (shared[pk], moments[pk], pk), reverse=True
    )
    pks = [*sorted(places, key=lambda pk: places[pk]), *tagged[:SHOWN]]
    return _links(Article.objects.public(now), pks)[:SHOWN]


def _candidates(article: Article, now: datetime) -> list[tuple[int, int | None, int | None, Any]]:
    """Rows of id, a pick's order and number, a tagged article's time as the database writes it."""
    # The page has loaded the tags for their names.
    tags = [tag.pk for tag in article.tags.all()]
    moment = connection.ops.adapt_datetimefield_value(now)
    values = [article.pk, *(value for tag in tags for value in (tag, moment))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([PICKED, *[TAGGED] * len(tags)]), values)
        return cursor.fetchall()


def _by_words(article: Article, now: datetime, count: int, exclude_ids: list[int]) -> list[Article]:
    """In the order of the search; what readers may see is asked of the articles themselves again."""
    pks = similar(article, now, count, exclude_ids)
    return _links(Article.objects.public(now), pks)


def _links(public: QuerySet, pks: list[int]) -> list[Article]:
    """Those that are public, in this order: headline, time and picture, without what else a card shows."""
    if not pks:
        return []
    first_figure = FilteredRelation(
        "placements", condition=Q(placements__role=Placement.Role.FIGURE, placements__order=0)
    )
    loaded = public.annotate(first_figure=first_figure).select_related("lead_photo", "first_figure__photo")
    found = loaded.defer("body", "body_html", "lead_html").in_bulk(pks)
    for one in found.values():
        figure = getattr(one, "first_figure", None)  # unset where there is none
        one.first_figures = [figure] if figure is not None else []
    return [found[pk] for pk in pks if pk in found]
