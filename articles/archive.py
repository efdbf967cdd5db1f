"""The archive by the day of the paper's time zone: which years, months and days have articles.

00:00 to 08:59 in Seoul is the previous day in UTC, so a day here is a span of two instants, never a date in
the database.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone

from articles.models import Article
from articles.paging import union

# Before there were newspapers in Korea; the first days of the calendar have no instant in UTC.
FIRST_YEAR = 1800
# The years' links of one page.
YEARS_SHOWN = 100

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Day:
    """A field of a month's page; `count` is 0 for a day without articles or of a neighbouring month."""

    date: date
    is_inside: bool
    count: int


def today(now: datetime) -> date:
    return timezone.localtime(now).date()


def demand_past(day: date, now: datetime) -> None:
    """Http404 for a day that has not begun."""
    if day > today(now):
        raise Http404


def span(first: date, last: date) -> Span:
    """From the first instant of one day to the first after another; Http404 where there is no such instant."""
    zone = timezone.get_default_timezone()
    try:
        after = last + timedelta(days=1)
        return datetime.combine(first, time.min, zone), datetime.combine(after, time.min, zone)
    except OverflowError:
        raise Http404 from None


def day_of(year: int, month: int, day: int = 1) -> date:
    """Http404 for a day that no calendar, or no newspaper, has."""
    if year < FIRST_YEAR:
        raise Http404
    try:
        return date(year, month, day)
    except ValueError:
        raise Http404 from None


def month_span(month: date) -> Span:
    return span(month, month.replace(day=calendar.monthrange(month.year, month.month)[1]))


def neighbours(start: datetime, end: datetime, now: datetime) -> tuple[date | None, date | None]:
    """The nearest days with articles before and after a span: two index lookups."""
    times = Article.objects.public(now).values_list("publish_at", flat=True)
    before = times.filter(publish_at__lt=start).order_by("-publish_at").first()
    after = times.filter(publish_at__gte=end).order_by("publish_at").first()
    return before and timezone.localdate(before), after and timezone.localdate(after)


def weeks(month: date, now: datetime) -> list[list[Day]]:
    """The month's weeks from Sunday on, with how many articles each day has; reads that month's index only."""
    start, end = month_span(month)
    rows = Article.objects.public(now).filter(publish_at__gte=start, publish_at__lt=end)
    counted = rows.values_list(TruncDate("publish_at")).annotate(n=Count("id")).order_by()
    counts: dict[date, int] = dict(counted)
    return [
        [Day(day, day.month == month.month, counts.get(day, 0)) for day in week]
        for week in calendar.Calendar(calendar.SUNDAY).monthdatescalendar(month.year, month.month)
    ]


def years(now: datetime) -> list[int]:
    """Years with articles, newest first."""
    newest, oldest = _ends(now)
    if newest is None or oldest is None:
        return []
    first = max(oldest.year, newest.year - YEARS_SHOWN + 1)
    spans = [span(date(year, 1, 1), date(year, 12, 31)) for year in range(first, newest.year + 1)]
    return sorted({day.year for day in _with_articles(spans, now)}, reverse=True)


def months(year: int, now: datetime) -> list[date]:
    """The year's months with articles, by their first day."""
    spans = [month_span(date(year, month, 1)) for month in range(1, 13)]
    return sorted(day.replace(day=1) for day in _with_articles(spans, now))


def _ends(now: datetime) -> tuple[date | None, date | None]:
    times = Article.objects.public(now).values_list("publish_at", flat=True)
    newest, oldest = times.order_by("-publish_at").first(), times.order_by("publish_at").first()
    return newest and timezone.localdate(newest), oldest and timezone.localdate(oldest)


def _with_articles(spans: Sequence[Span], now: datetime) -> list[date]:
    """The first day with an article in each span that has one: one query, one index lookup for each."""
    public = Article.objects.public(now)
    parts = [
        public.filter(publish_at__gte=start, publish_at__lt=end).order_by("publish_at").values_list("id")[:1]
        for start, end in spans
    ]
    found = Article.objects.filter(pk__in=union(parts)).values_list("publish_at", flat=True)
    return [timezone.localdate(moment) for moment in found]
