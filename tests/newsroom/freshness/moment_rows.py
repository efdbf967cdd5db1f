"""What changes by itself: the clock moves, nobody does anything."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from comments import threads
from tests.newsroom.freshness.paper import Paper
from tests.newsroom.freshness.walk import Row


def begin(day: date) -> datetime:
    """The first second of a day in the paper's time zone."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def midnight(paper: Paper) -> None:
    paper.clock.move_to(begin(timezone.localdate() + timedelta(days=1)))


def new_year(paper: Paper) -> None:
    paper.clock.move_to(begin(date(timezone.localdate().year + 1, 1, 1)))


def thread_ends(paper: Paper) -> None:
    end = threads.closes_at(paper.story)
    assert end is not None
    paper.clock.move_to(end)


ROWS = [
    Row("ten minutes pass", lambda p: p.clock.shift(601), "", "policy section sub robots thread"),
    Row("midnight comes", midnight, "security", "policy robots"),
    Row("two days pass", lambda p: p.clock.shift(2 * 24 * 3600), "sitemap-news"),
    Row("the time for comments ends", thread_ends, "article thread thread-up replies"),
    Row("a year begins", new_year, "front article section thread policy archive"),
]
