"""The paper at any size: `manage.py demo --articles N --comments M`, all of it or nothing in one transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import TextIO

from django.db import connection, transaction
from django.db.models import F

from articles.models import Article, Discussion
from comments.models import Comment
from newsroom.demo.bulk import stories, talks
from newsroom.demo.bulk.molds import Molds, Place
from newsroom.demo.bulk.plan import COMPARED, Plan
from newsroom.demo.bulk.progress import Progress
from newsroom.demo.bulk.stories import Stories
from newsroom.demo.bulk.talks import Talks
from publication import bulk, clock, rebuilding

# One comment in so many goes to the newest article where nothing else is asked for.
HOT_SHARE = 10
# They give a row the time of its article; the molds hold it already.
TRIGGERS = {
    "postgresql": ("{}_listed",),
    "sqlite": ("{}_listed_new", "{}_listed_changed"),
}
LISTED = ("articles_byline", "articles_taggedarticle")


def fill(articles: int, comments: int, hot: int | None, say: Callable[[str], None], stream: TextIO) -> None:
    """So many articles more, and so many comments under them."""
    hot = min(comments, comments // HOT_SHARE if hot is None else hot)
    with transaction.atomic():
        bulk.make_ready()
        paper = _Paper(Plan(articles, comments, hot, clock.now()), say, stream)
        largest = paper.write()
    say("looking at what is there now")
    bulk.take_stock()
    for pk, size in largest:
        say(f"a thread of {size:,} comments: /news/{pk}/")


def triggers() -> list[tuple[str, str]]:
    return [(table, name.format(table)) for table in LISTED for name in TRIGGERS[connection.vendor]]


class _Paper:
    """One filling: molds and casts into tables without indexes, which are built at the end."""

    def __init__(self, plan: Plan, say: Callable[[str], None], stream: TextIO) -> None:
        self.plan, self.say, self.stream = plan, say, stream
        say("writing what the rest is cast from")
        self.stories, self.talks = Stories(plan.articles), Talks()
        self.molds = Molds([*stories.molds(), *talks.molds()])
        self.article = bulk.reserve(Article, plan.articles)
        self.comment = bulk.reserve(Comment, plan.comments) if plan.comments else 0

    def write(self) -> list[tuple[int, int]]:
        """All of it; the largest threads as (article's number, comments), the hottest first."""
        self.molds.make()
        progress = Progress("indexes and keys", 0, self.stream)
        with rebuilding.built_after(self.molds.tables, triggers(), progress.at):
            self.cast()
            threads = self.write_newest()
            if self.plan.hot_copies:
                self.cast_hottest()
        self.molds.drop()
        self.stories.tell()
        return threads

    def cast(self) -> None:
        plan = self.plan
        if not plan.copies:
            return
        times = [plan.start + plan.step * number for number in range(plan.base)]
        out = self.stories.pour(self.molds, times, plan.written_until)
        told = talks.sizes(out, plan.base_comments, (), self.talks.dice)
        self.talks.pour(self.molds, times, told, [plan.written_until] * plan.base)
        progress = Progress("articles and their comments", plan.copies * plan.base, self.stream)
        for copy in range(plan.copies):
            article, comment = self.article + copy * plan.base, self.comment + copy * plan.base_comments
            self.molds.cast(Place(article, comment, plan.period * copy))
            progress.step(plan.base)
        self.molds.empty()

    def write_newest(self) -> list[tuple[int, int]]:
        """The newest articles, each written for itself; their largest threads."""
        plan = self.plan
        times = [plan.newest_start + plan.step * number for number in range(plan.newest)]
        out = self.stories.pour(self.molds, times, plan.until, last_out=1 + len(COMPARED))
        told = talks.sizes(out, plan.newest_comments, plan.special, self.talks.dice)
        # The hottest thread goes on behind what is written of it.
        ends = [plan.until] * (plan.newest - 1) + [times[-1] + plan.hot_step * plan.hot_written]
        self.talks.pour(self.molds, times, told, ends)
        article = self.article + plan.copies * plan.base
        self.molds.cast(Place(article, self.comment + plan.copies * plan.base_comments, timedelta()))
        self.molds.empty()
        told[-1] += plan.hot - plan.hot_written
        largest = sorted(range(plan.newest), key=lambda place: (told[place], place), reverse=True)[:3]
        return [(article + place, told[place]) for place in largest if told[place]]

    def cast_hottest(self) -> None:
        """The thread of the newest article goes on."""
        plan = self.plan
        newest = self.article + plan.articles - 1
        first = plan.newest_start + plan.step * (plan.newest - 1) + plan.hot_step * plan.hot_written
        visible = self.talks.pour_hot(self.molds, first, plan.hot_step, plan.hot_piece)
        period = timedelta(seconds=int((plan.hot_step * plan.hot_piece).total_seconds()))
        comment = self.comment + plan.comments - plan.hot_copies * plan.hot_piece
        progress = Progress("comments of the hottest thread", plan.hot_copies * plan.hot_piece, self.stream)
        for copy in range(plan.hot_copies):
            self.molds.cast(Place(newest, comment + copy * plan.hot_piece, period * copy))
            progress.step(plan.hot_piece)
        counted = F("visible_count") + visible * plan.hot_copies
        Discussion.objects.filter(pk=newest).update(visible_count=counted)
