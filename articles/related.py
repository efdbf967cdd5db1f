"""What a reader may read next: picked by hand first, then what shares tags, then what shares words.

Found when a page is made and kept with it. The work has a bound: a few rows of each index, whatever the tags
hold, and the words' own search for the places that are left. All that a page shows of other articles, the
neighbours in the series and the most read ones too, is found in one query and loaded in another.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

from articles import kept, popular
from articles.models import Article, Placement
from articles.models.shown import Thumbnail
from articles.search.similar import similar
from publication.prepared import Among, Parameter, Prepared, Statement
from publication.standing import ends_at, stands_on

# How many are shown, and how many a desk may pick.
SHOWN = 6
# The newest of each tag are looked at, so that a tag of ten thousand costs what one of ten does.
LOOKED_AT = 20

# Seconds for which what shares an article's words is kept; only ids are, and whether they are public is asked anew.
WORDS_SECONDS = 600
# To be raised whenever what is kept, or how it is found, changes.
VERSION = 1

# Constants only; whatever a list holds, its part ends at its limit on the list's own index.
PICKED = """
    SELECT 'picked' AS why, related_id AS pk, "order" AS place, id AS pick, NULL AS moment
    FROM articles_relatedpick WHERE article_id = %s
"""
TAGGED = f"""
    SELECT 'tagged', article_id, NULL, NULL, publish_at FROM (
        SELECT article_id, publish_at FROM articles_taggedarticle WHERE tag_id = %s AND publish_at <= %s
        ORDER BY publish_at DESC, article_id DESC LIMIT {LOOKED_AT}
    ) AS newest
"""  # noqa: S608 - see above
OLDER = """
    SELECT 'older', id, NULL, NULL, publish_at FROM (
        SELECT id, publish_at FROM articles_article
        WHERE status = 'published' AND series_id = %s AND publish_at <= %s AND (publish_at, id) < (%s, %s)
        ORDER BY publish_at DESC, id DESC LIMIT 1
    ) AS beside
"""
NEWER = OLDER.replace("'older'", "'newer'").replace("id) <", "id) >").replace(" DESC", "")
# The next article of all that goes out by itself: from then on it may stand here.
NEXT = """
    SELECT 'next', id, NULL, NULL, publish_at FROM (
        SELECT id, publish_at FROM articles_article WHERE status = 'published' AND publish_at > %s
        ORDER BY publish_at, id LIMIT 1
    ) AS next
"""


class Picture(NamedTuple):
    """A photo as far as a thumbnail needs it."""

    key: str
    renditions: list[dict[str, Any]]
    focal_x: float
    focal_y: float
    whole: bool


class Link(NamedTuple):
    """Another article as the page names it: its headline, time and small picture."""

    pk: int
    title: str
    first_published_at: datetime
    # The lead photo's columns, then the first figure's; a photo that is not there has no key.
    pictures: Sequence[Any]

    @property
    def url(self) -> str:
        return f"/news/{self.pk}/"

    @property
    def thumbnail(self) -> Thumbnail | None:
        """Made where it is shown: most links of a page are words alone."""
        for alt, decorative, whole, key, files, *rest in (self.pictures[:8], self.pictures[8:]):
            if key is not None:
                return Thumbnail.of(Picture(key, json.loads(files), *rest), alt, decorative, whole)
        return None


# In the order of `Link` and, for each of the two photos, of the arguments of `Thumbnail.of` and of `Picture`.
COLUMNS = (
    *("pk", "title", "first_published_at"),
    *("lead_alt", "lead_decorative", "lead_whole"),
    *("lead_photo__key", "lead_files"),
    *(f"lead_photo__{name}" for name in Picture._fields[2:]),
    *("first_figure__alt", "first_figure__decorative", "first_figure__whole"),
    *("first_figure__photo__key", "figure_files"),
    *(f"first_figure__photo__{name}" for name in Picture._fields[2:]),
)


@dataclass(frozen=True)
class Beside:
    """The articles that stand on another one's page. `older`, `newer`: right before and after it in its series."""

    related: list[Link]
    older: Link | None
    newer: Link | None
    most_read: list[Link]


class Rows:
    """What the one query found, sorted by why."""

    def __init__(self, article: Article, now: datetime) -> None:
        self.places: dict[int, tuple[int, int]] = {}
        self.moments: dict[int, Any] = {}
        self.shared: Counter[int] = Counter()
        self.single: dict[str, tuple[int, Any]] = {}
        for why, pk, order, pick, moment in _rows(article, now):
            if why == "picked":
                self.places[pk] = (order, pick)
            elif why != "tagged":
                self.single[why] = (pk, moment)
            elif pk != article.pk:
                self.shared[pk] += 1
                self.moments[pk] = moment

    def related(self) -> list[int]:
        """Picks in their order, then those that share the most tags, the newest first."""
        tagged = sorted(
            self.moments.keys() - self.places.keys(),
            key=lambda pk: (self.shared[pk], self.moments[pk], pk),
            reverse=True,
        )
        return [*sorted(self.places, key=lambda pk: self.places[pk]), *tagged[:SHOWN]]

    def pk_of(self, why: str) -> int | None:
        return self.single.get(why, (None, None))[0]

    @property
    def next(self) -> datetime | None:
        """As `articles.pages.next_publication`."""
        moment = self.single.get("next", (None, None))[1]
        # SQLite hands a text over.
        return parse_datetime(moment).replace(tzinfo=UTC) if isinstance(moment, str) else moment


def beside(article: Article, now: datetime, *, is_preview: bool = False) -> Beside:
    """Public articles, the related ones at most SHOWN and each once: five queries at most, two as a rule."""
    rows = Rows(article, now)
    ends_at(rows.next)
    related = rows.related()
    worded = [] if len(related) >= SHOWN else _by_words(article, now)
    leading = [] if is_preview else popular.leading_today(now, beside=article)
    older, newer = rows.pk_of("older"), rows.pk_of("newer")
    links = _links(now, {*related, *worded, *leading, *(pk for pk in (older, newer) if pk)})
    shown = [pk for pk in dict.fromkeys([*related, *worded]) if pk in links][:SHOWN]
    most_read = popular.listed(links, leading)
    stands_on(*(f"article:{pk}" for pk in shown), *(f"article:{one.pk}" for one in most_read))
    # What was picked and is not public yet, or leads and was withdrawn, takes its place when it is.
    stands_on(*(f"article:{pk}" for pk in (*rows.places, *leading) if pk not in links))
    return Beside([links[pk] for pk in shown], links.get(older), links.get(newer), most_read)


def _rows(article: Article, now: datetime) -> list[tuple[str, int, int | None, int | None, Any]]:
    """Rows of why, id, a pick's order and number, a time as the database writes it."""
    given: dict[str, Any] = {"article": article.pk, "now": now}
    # The page has loaded the tags for their names.
    tags = {f"tag{place}": tag.pk for place, tag in enumerate(article.tags.all())}
    if article.series_id is not None:
        # An article that has no time yet would stand at the end of its series.
        given |= {"series": article.series_id, "place": article.publish_at or now}
    return _found(len(tags), in_series=article.series_id is not None).rows(**given, **tags)


@lru_cache(maxsize=100)
def _found(tags: int, *, in_series: bool) -> Prepared:
    """The one query for an article of so many tags."""
    names = [f"tag{place}" for place in range(tags)]
    kinds: dict[str, type] = {"article": int, "now": datetime, **dict.fromkeys(names, int)}
    if in_series:
        kinds |= {"series": int, "place": datetime}

    def build(article: Parameter, now: Parameter, **given: Parameter) -> Statement:
        parts = [(PICKED, [article]), (NEXT, [now]), *((TAGGED, [given[name], now]) for name in names)]
        if in_series:
            parts += [(sql, [given["series"], now, given["place"], article]) for sql in (OLDER, NEWER)]
        sql = " UNION ALL ".join(sql for sql, _ in parts)
        return Statement(sql, [value for _, values in parts for value in values])

    return Prepared(build, **kinds)


def _by_words(article: Article, now: datetime) -> list[int]:
    """In the order of the search, as it was found some minutes ago at most; a few more than are shown."""
    words = (article.title, *(tag.name for tag in article.tags.all()))
    key = f"similar:{VERSION}:{article.pk}"
    of, found = kept.get(key) or (None, [])
    if of != words:
        found = similar(article, now, 2 * SHOWN)
        kept.put(key, (words, found), WORDS_SECONDS)
    return found


def _links(now: datetime, pks: Collection[int]) -> dict[int, Link]:
    """Those that are public."""
    rows = LINKS.rows(pks=pks, now=now) if pks else []
    return {pk: Link(pk, title, published, pictures) for pk, title, published, *pictures in rows}


def _public_links(pks: Parameter, now: Parameter) -> QuerySet:
    first_figure = FilteredRelation(
        "placements", condition=Q(placements__role=Placement.Role.FIGURE, placements__order=0)
    )
    public = Article.objects.public(now).filter(Among("pk", pks)).annotate(first_figure=first_figure)
    # As text, which is read only where a thumbnail is made.
    files = {
        "lead_files": Cast("lead_photo__renditions", TextField()),
        "figure_files": Cast("first_figure__photo__renditions", TextField()),
    }
    return public.annotate(**files).order_by().values_list(*COLUMNS)


LINKS = Prepared(_public_links, pks=[int], now=datetime)
