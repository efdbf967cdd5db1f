"""The rows of a page of a thread: two questions, compiled once, and bare rows instead of models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.tuple_lookups import TupleLessThan

from articles.paging import union
from comments.models import STANDING_REPLIES, Comment, ShownComment, State
from comments.rules import BEST_SHOWN, PAGE_SIZE, REPLIES_SHOWN, rules
from publication.prepared import Parameter, Prepared

# What a page shows of a comment, and of the one that a reply answers.
SHOWN = (
    *("pk", "article", "parent", "guest", "nickname", "is_staff", "body", "state"),
    *("created_at", "edited_at", "up", "down", "replies", "best"),
)
ANSWERED = ("answers__nickname", "answers__state")


class Answered(NamedTuple):
    """The comment that a reply answers, as far as it is named there."""

    nickname: str
    state: str

    @property
    def is_visible(self) -> bool:
        return self.state == State.VISIBLE


class _Columns(NamedTuple):
    """In the order of SHOWN and ANSWERED."""

    pk: int
    article_id: int
    parent_id: int | None
    guest: str
    nickname: str
    is_staff: bool
    body: str
    state: str
    created_at: datetime
    edited_at: datetime | None
    up: int
    down: int
    replies: int
    best: int
    answers_nickname: str | None = None
    answers_state: str | None = None


class Row(_Columns, ShownComment):
    """A comment of a page of a thread: what comments.markup shows, for a tenth of what a model's instance costs."""

    __slots__ = ()

    @property
    def answers(self) -> Answered | None:
        if self.answers_nickname is None or self.answers_state is None:
            return None
        return Answered(self.answers_nickname, self.answers_state)


def first(article_id: int, counter: str | None, *, with_best: bool) -> list[Row]:
    """The first page of an order with what may be BEST, and one comment more, in no order."""
    question = _tops(counter, with_best=with_best, best_from=rules().best_from)
    return [Row(*row) for row in question.rows(article=article_id)]


def after(article_id: int, counter: str | None, place: tuple[int, int], *, with_best: bool) -> list[Row]:
    """The same of the page after a place: the counter there, 0 for the newest first, and the comment's id."""
    question = _tops(counter, with_best=with_best, best_from=rules().best_from, is_after=True)
    value, pk = place
    given = {"pk": pk} if counter is None else {"pk": pk, "value": value}
    return [Row(*row) for row in question.rows(article=article_id, **given)]


@lru_cache(maxsize=100)
def _tops(counter: str | None, *, with_best: bool, best_from: int, is_after: bool = False) -> Prepared:
    """`best_from` is what CommentQuerySet.best finds in the rules: an index is found by it when this is compiled."""

    def build(article: Parameter, **place: Parameter) -> QuerySet:
        rows = Comment.objects.filter(article=article).standing()
        if place and counter is None:
            rows = rows.filter(id__lt=place["pk"])
        elif place:
            # One comparison of rows: of two joined by OR an index would serve neither.
            rows = rows.filter(TupleLessThan((F(counter), F("id")), (place["value"], place["pk"])))
        # By `parent`, always NULL here, so that only the threads' own index gives this order: PostgreSQL would
        # read the primary key backwards through all other threads and replies.
        order = ("parent_id", "-id") if counter is None else (f"-{counter}", "-id")
        parts = [rows.order_by(*order).values_list("id")[: PAGE_SIZE + 1 + BEST_SHOWN]]
        if with_best:
            parts.append(Comment.objects.filter(article=article).best().values_list("id")[:BEST_SHOWN])
        return Comment.objects.filter(pk__in=union(parts)).values_list(*SHOWN)

    names = (
        ("article",) if not is_after else ("article", "pk") if counter is None else ("article", "pk", "value")
    )
    return Prepared(build, **dict.fromkeys(names, int))


# The first ids under one comment, and one more to know whether it goes on: each part ends at its limit, however
# many replies follow. The parents' ids travel as parameters.
OF_ONE = (  # constants only
    "SELECT id FROM comments_comment WHERE parent_id = {parent}"  # noqa: S608 - see above
    f" AND state IN {tuple(map(str, STANDING_REPLIES))} ORDER BY id LIMIT {REPLIES_SHOWN + 1}"
)
OF_ALL = f"""
    SELECT reply.id FROM unnest(%s::bigint[]) AS top (id)
    CROSS JOIN LATERAL ({OF_ONE.format(parent="top.id")}) AS reply
"""  # noqa: S608 - see above


def replies(parents: Iterable[int]) -> list[Row]:
    """The first replies of each, in no order: one query for all of them."""
    parents = list(parents)
    if connection.vendor == "postgresql":
        rows = _ALL_REPLIES.rows(parents=parents)
    else:
        rows = _replies(len(parents)).rows(**{f"top{place}": pk for place, pk in enumerate(parents)})
    return [Row(*row) for row in rows]


def _shown(ids: str, parents: Iterable[Parameter]) -> QuerySet:
    found = Comment.objects.filter(pk__in=RawSQL(ids, list(parents)))  # noqa: S611 - constants, see above
    return found.values_list(*SHOWN, *ANSWERED)


_ALL_REPLIES = Prepared(lambda parents: _shown(OF_ALL, [parents]), parents=[int])


@lru_cache(maxsize=100)
def _replies(count: int) -> Prepared:
    """SQLite has no LATERAL: a part for each, joined by UNION ALL."""
    one = f"SELECT id FROM ({OF_ONE.format(parent='%s')}) AS first"  # noqa: S608 - constants, see above
    ids = " UNION ALL ".join([one] * count)
    names = [f"top{place}" for place in range(count)]
    return Prepared(lambda **tops: _shown(ids, [tops[name] for name in names]), **dict.fromkeys(names, int))
