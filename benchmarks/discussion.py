"""Made-up comments and readings under articles that stand already: threads that look like threads."""

import itertools
from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.utils import timezone

from articles.models import DailyReads, Discussion
from comments.models import Comment, Vote

BATCH = 2_000
# Of a hundred comments under an article so many are replies, three under each of the first ones.
REPLIES = 30
REPLIES_EACH = 3
# One top comment in so many was recommended at all.
LIKED = 9
# Sixty Hangul, as the reference article's comments are to have.
TEXT = (
    "강바람이 세다고만 생각했는데 이렇게 재는 분들이 계신 줄은 몰랐습니다 "
    "기사 덕분에 다리를 건널 때마다 생각나겠어요 고맙"
)


def comment_on(articles: Sequence[int], each: int) -> None:
    """So many comments under each article, some recommended enough for BEST."""
    replies = min(REPLIES, each * 3 // 10)
    for first in range(0, len(articles), 50):
        some = articles[first : first + 50]
        with transaction.atomic():
            tops = in_batches(top(pk, n, replies) for pk in some for n in range(each - replies))
            by_article = itertools.groupby(tops, key=lambda one: one.article_id)
            firsts = [(pk, list(itertools.islice(rows, replies // REPLIES_EACH))) for pk, rows in by_article]
            in_batches(reply for _pk, rows in firsts for row in rows for reply in replies_to(row))
            Vote.objects.bulk_create(list(votes_for(tops)), batch_size=BATCH)
        Discussion.objects.filter(pk__in=some).update(visible_count=each)


def in_batches(rows: Iterator[Comment]) -> list[Comment]:
    made: list[Comment] = []
    while batch := list(itertools.islice(rows, BATCH)):
        made += Comment.objects.bulk_create(batch)
    return made


def votes_for(rows: list[Comment]) -> Iterator[Vote]:
    """So that every counter agrees with the rows it counts."""
    for row in rows:
        for number in range(row.up):
            yield Vote(comment=row, voter=f"g{number:064d}", value=1, is_guest=True, changes=1)


def top(article: int, number: int, replies: int) -> Comment:
    answered = REPLIES_EACH if number < replies // REPLIES_EACH else 0
    return Comment(
        article_id=article,
        guest=f"guest-{article}-{number}",
        nickname=f"독자{number}",
        body=f"{TEXT}{number:03d}",
        up=(number * 7) % 23 if number % LIKED == 0 else 0,
        replies=answered,
        replies_by_others=answered,
    )


def replies_to(row: Comment) -> Iterator[Comment]:
    for number in range(REPLIES_EACH):
        yield Comment(
            article_id=row.article_id,
            parent_id=row.pk,
            guest=f"answer-{row.pk}-{number}",
            nickname=f"이웃{number}",
            body=f"{TEXT[:30]}{number}",
        )


def read_today(articles: Sequence[int]) -> None:
    """The first ones were read most."""
    day = timezone.localdate()
    DailyReads.objects.bulk_create(
        [DailyReads(article_id=pk, day=day, reads=10_000 - n) for n, pk in enumerate(articles)],
        ignore_conflicts=True,
    )


def take_stock() -> None:
    """What the database's autovacuum would have found out by the time a paper has grown so large."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("PRAGMA optimize")
            return
        cursor.execute("SET statement_timeout = 0; ANALYZE; RESET statement_timeout")
