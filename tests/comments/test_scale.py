"""A thread of 200,000 comments on PostgreSQL: every page of every order is a few queries over a few rows."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

from articles.models import Article
from comments import threads
from comments.models import Comment
from comments.rules import BEST_SHOWN, PAGE_SIZE, REPLIES_SHOWN
from tests.factories import make_published_article

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL's plans"),
]
COMMENTS = 200_000
# Rows one query may touch: a page, BEST left out of it, and the first replies of all that stand on it.
ROWS_MAX = (PAGE_SIZE + BEST_SHOWN + 1) * (REPLIES_SHOWN + 1)
SEED = """
INSERT INTO comments_comment (article_id, guest, nickname, body, state, version, up, down, replies,
    replies_by_others, reports, is_staff, is_approved, address, matched, claimed_by, parent_id)
SELECT %s, 'g' || n %% 500, '손님', '댓글 ' || n, 'visible', 0, n %% 7, n %% 3, 0, 0, 0, false, false, '', '', '', %s
FROM generate_series(1, %s) AS n
"""


@pytest.fixture
def article() -> Article:
    article = make_published_article()
    with connection.cursor() as cursor:
        cursor.execute(SEED, [article.pk, None, COMMENTS - 2000])
        first = Comment.objects.order_by("id").values_list("pk", flat=True)[0]
        cursor.execute(SEED, [article.pk, first, 2000])
        cursor.execute(
            "UPDATE comments_comment SET replies = 2000, replies_by_others = 2000 WHERE id = %s", [first]
        )
        cursor.execute("ANALYZE comments_comment")
    return Article.objects.select_related("discussion").get(pk=article.pk)


@dataclass
class Asked:
    sql: str
    values: Sequence[Any]
    # By publication.prepared: PostgreSQL plans it without looking at the values.
    is_prepared: bool


@contextmanager
def watched() -> Iterator[list[Asked]]:
    """The questions that are asked meanwhile."""
    asked: list[Asked] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(Asked(sql, params, isinstance(context["cursor"].cursor, ServerBindingCursor)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield asked


def touched(asked: Asked) -> tuple[int, str]:
    """The most rows that one node of the question's plan read or threw away, and the plan."""
    sql = asked.sql
    with connection.cursor() as cursor:
        if asked.is_prepared:
            types = ", ".join("bigint" if isinstance(value, int) else "text" for value in asked.values)
            numbers = (f"${number}" for number in count(1))
            body = re.sub("%s", lambda _: next(numbers), sql)
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute(f"PREPARE asked ({types}) AS {body}")
            sql = f"EXECUTE asked ({', '.join(['%s'] * len(asked.values))})"
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {sql}", asked.values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        if asked.is_prepared:
            cursor.execute("DEALLOCATE asked")
    read = [int(rows) * int(loops) for rows, loops in re.findall(r"rows=(\d+) loops=(\d+)", plan)]
    dropped = [int(rows) for rows in re.findall(r"Rows Removed by [\w ]+: (\d+)", plan)]
    return max(read + dropped), plan


def test_every_page_of_every_order_is_read_off_an_index(article: Article) -> None:
    for sort, counter in threads.SORTS.items():
        order = ("-id",) if counter is None else (f"-{counter}", "-id")
        # What stands last on page 999.
        last = Comment.objects.filter(parent=None).order_by(*order)[999 * PAGE_SIZE]
        for cursor in (None, f"{getattr(last, counter) if counter else 0}-{last.pk}"):
            with watched() as queries:
                page = threads.page(article, sort=sort, cursor=cursor)
            assert len(page.entries) == PAGE_SIZE
            few_rows(queries, most=3)
            assert all(asked.is_prepared for asked in queries)
    # A permalink, and the replies under one comment.
    oldest = Comment.objects.order_by("id").select_related("article__discussion")
    with watched() as queries:
        assert threads.cursor_before(oldest.filter(up=0)[0]) is not None
        assert threads.replies(oldest[0], oldest[0].pk)[1] is not None
    few_rows(queries, most=6)


def few_rows(queries: list[Asked], most: int) -> None:
    assert len(queries) <= most
    for asked in queries:
        rows, plan = touched(asked)
        assert rows <= ROWS_MAX, plan
        assert "Seq Scan on comments_comment" not in plan, plan
