"""What readers turn to: the most read articles of today and of the week, and the most discussed ones.

Which articles lead is found every few minutes and kept in the cache as bare numbers; every page that shows
them asks anew what is public, so that a withdrawn article is gone at once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from articles import kept
from articles.models import Article, DailyReads
from articles.models.article import ArticleQuerySet
from publication.standing import ends_at, stands_on

# How many articles a list shows, and the fewest that make one.
SHOWN = 5
FEWEST = 3
# Articles are most discussed for this long after publication.
DISCUSSED = timedelta(days=3)
WEEK_DAYS = 7
# The leading articles of each day make the week. What led on no day can lead in no week by much.
LEADING = 60
# So many are kept of each list, for some of them may be withdrawn before the page is made.
KEPT = 20
# Seconds for which a found order is kept; a page that shows it is fresh for OLDEST after it was found.
FOUND_SECONDS = 300
OLDEST = timedelta(minutes=10)
# To be raised whenever what is kept, or how it is found, changes.
VERSION = 1

# One short walk along the index (day, -reads).
LEADING_OF_A_DAY = (
    "SELECT * FROM (SELECT id, article_id, day, reads FROM articles_dailyreads WHERE day = %s"
    " ORDER BY reads DESC LIMIT %s) AS led"
)


@dataclass(frozen=True)
class Order:
    """Ids of articles, the leading one first, as they were found at a moment."""

    found_at: datetime
    today: list[int] = field(default_factory=list)
    week: list[int] = field(default_factory=list)
    discussed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Popular:
    """Lists of articles for a page; each is empty where there is not enough to make one."""

    today: list[Article]
    week: list[Article]
    discussed: list[Article]


def popular(now: datetime) -> Popular:
    """The front's lists. The week stands only where it differs from today."""
    order = _order(now)
    public = _public(now, [*order.today, *order.week, *order.discussed])
    today, week, discussed = (listed(public, ids) for ids in (order.today, order.week, order.discussed))
    if week == today:
        week = []
    stands_on(*(f"article:{article.pk}" for article in {*today, *week, *discussed}))
    stands_on(*(f"comments:{article.pk}" for article in discussed))
    return Popular(today, week, discussed)


def leading_today(now: datetime, *, beside: Article) -> list[int]:
    """Ids of today's most read articles for the page of one that is not among them: more than are shown."""
    return [pk for pk in _order(now).today if pk != beside.pk]


def _public(now: datetime, ids: Iterable[int]) -> dict[int, Article]:
    """What a list of headlines shows of those that are public: one query, or none."""
    wanted = set(ids)
    if not wanted:
        return {}
    articles: ArticleQuerySet = Article.objects.public(now).filter(pk__in=wanted)
    shown = articles.select_related("discussion").only("title", "kind", "discussion__visible_count")
    return {article.pk: article for article in shown}


def listed(public: Mapping[int, Any], ids: list[int]) -> list[Any]:
    """The first of them that are public; none where they are too few for a list."""
    found = [public[pk] for pk in ids if pk in public][:SHOWN]
    return found if len(found) >= FEWEST else []


def _order(now: datetime) -> Order:
    """The kept order, or a new one; pages that show it end in time, and today's with its day."""
    day = timezone.localdate(now)
    key = f"popular:{VERSION}:{day}"
    order = kept.get(key)
    if order is None or not now - timedelta(seconds=FOUND_SECONDS) < order.found_at <= now:
        order = _found(now)
        kept.put(key, order, FOUND_SECONDS)
    ends_at(order.found_at + OLDEST)
    ends_at(timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time())))
    return order


def _found(now: datetime) -> Order:
    """Two queries, at any number of articles."""
    today = timezone.localdate(now)
    days = [today - timedelta(days=age) for age in range(WEEK_DAYS)]
    adapted = connection.ops.adapt_datefield_value
    values = [value for day in days for value in (adapted(day), LEADING)]
    week: Counter[int] = Counter()
    recent: dict[int, tuple[bool, int]] = {}
    for row in DailyReads.objects.raw(" UNION ALL ".join([LEADING_OF_A_DAY] * WEEK_DAYS), values):
        week[row.article_id] += row.reads
        # While a day is young, yesterday's articles follow its own.
        if row.day in days[:2]:
            place = (row.day == today, row.reads)
            recent[row.article_id] = max(place, recent.get(row.article_id, place))
    discussed = (
        Article.objects.public(now)
        .filter(publish_at__gt=now - DISCUSSED, discussion__visible_count__gt=0)
        .order_by(F("discussion__visible_count").desc(), "-id")
        .values_list("pk", flat=True)
    )
    return Order(
        found_at=now,
        today=sorted(recent, key=lambda pk: (recent[pk], pk), reverse=True)[:KEPT],
        week=sorted(week, key=lambda pk: (week[pk], pk), reverse=True)[:KEPT],
        discussed=list(discussed[:KEPT]),
    )
