"""What the database knows that decides whether a form becomes a comment, or a vote: all of it in one question.

Asked once the locks are held, in the transaction of what is done, so that it is exact: nobody else writes or votes
for this writer meanwhile, nobody posts from this address, nobody votes on this comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from articles.models import Article
from comments import ages, nicknames, threads, words
from comments.models import Ban
from comments.rules import rules
from comments.writers import Writer
from publication import clock
from publication.models import Publication
from publication.prepared import Parameter, Prepared, Statement

DAY = timedelta(hours=24)
ADDRESS_SPAN = timedelta(minutes=10)
# No database has larger ones, and asked for one SQLite fails.
ID_MAX = 2**63 - 1

BANNED = """EXISTS(
    SELECT 1 FROM comments_ban
    WHERE (kind = %(kind)s AND target = %(key)s OR kind = 'address' AND target = %(address)s)
        AND (until IS NULL OR until > %(now)s)
)"""
# Constants only: what is filled in are names of columns, and the database's own way to tell an age.
QUESTION = """
    SELECT article.status, article.publish_at, discussion.state, section.comments_open, above.comments_open,
        posted.writer, posted.comment_id,
        {banned},
        own.newest, own.today, own.here,
        (SELECT COUNT(*) FROM comments_posting
            WHERE address = %(address)s AND address <> '' AND {age} < {span}),
        EXISTS(SELECT 1 FROM comments_comment WHERE {mine} AND body = %(body)s AND {age} < {day}),
        (SELECT name FROM publication_publication ORDER BY id LIMIT 1), {names}, {words}
    FROM articles_article AS article
    JOIN articles_discussion AS discussion ON discussion.article_id = article.id
    LEFT JOIN articles_section AS section ON section.id = article.section_id
    LEFT JOIN articles_section AS above ON above.id = section.parent_id
    LEFT JOIN comments_posting AS posted ON posted.token = %(token)s
    CROSS JOIN (
        SELECT MIN(age) AS newest, COUNT(*) FILTER (WHERE age < {day}) AS today,
            COUNT(*) FILTER (WHERE age < {day} AND article_id = %(article)s) AS here
        FROM (
            SELECT article_id, {age} AS age FROM comments_posting WHERE writer = %(key)s
            ORDER BY created_at DESC LIMIT %(most)s
        ) AS newest
    ) AS own
    WHERE article.id = %(article)s
"""
OF_VOTE = """
    SELECT {banned}, vote.value, vote.changes, vote.age,
        (SELECT SUM(changes) FROM comments_vote WHERE voter = %(key)s AND {age} < {day}),
        (SELECT COUNT(*) FROM comments_vote
            WHERE comment_id = %(comment)s AND address = %(address)s AND address <> '' AND is_guest
                AND voter <> %(key)s AND {age} < {day})
    FROM (SELECT 1) AS always LEFT JOIN (
        SELECT value, changes, {age} AS age FROM comments_vote WHERE comment_id = %(comment)s AND voter = %(key)s
    ) AS vote ON TRUE
"""
# A short table whole, as JSON: the same text again is the same rows again.
LISTED = {
    "postgresql": "(SELECT CAST(json_agg(json_build_array({columns})) AS text)"
    " FROM (SELECT {columns} FROM {table} ORDER BY {order}) AS listed)",
    "sqlite": "(SELECT json_group_array(json_array({columns}))"
    " FROM (SELECT {columns} FROM {table} ORDER BY {order}) AS listed)",
}
BLANK = re.compile(r"%\((\w+)\)s")


class Posted(NamedTuple):
    """A form that was stored before: by whom, as which comment."""

    writer: str
    comment_id: int | None


class Own(NamedTuple):
    """What this writer, and everybody from this address, have posted; `newest` is an age, `near` None without one."""

    newest: timedelta | None
    today: int
    here: int
    near: int | None
    is_said: bool


class Facts(NamedTuple):
    """As of one moment. `is_public` and `is_open` are the article's and its thread's."""

    is_public: bool
    is_open: bool
    is_banned: bool
    posted: Posted | None
    own: Own
    names: nicknames.Names
    words: tuple[words.Blocked, ...]


class Voted(NamedTuple):
    """This writer's standing vote and how often it changed within a day; all the changes of his within a day; and
    other guests' votes from his address on this comment within a day."""

    is_banned: bool
    value: int
    changes: int
    today: int
    near: int


def of(article_id: int, by: Writer, token: str, body: str | None) -> Facts | None:
    """None where there is no such article. `body` None is said by nobody."""
    if article_id > ID_MAX:
        return None
    question = OF_MEMBER if by.user else OF_GUEST
    row = question.asked(
        by,
        article=article_id,
        writer=by.user.pk if by.user else by.guest,
        token=token,
        body=body or "",
        most=max(1, rules().per_day),
    )
    return None if row is None else _read(article_id, by, row)


def of_vote(comment_id: int, by: Writer) -> Voted:
    is_banned, value, changes, age, today, near = OF_VOTER.asked(by, comment=comment_id)
    is_of_today = bool(changes) and ages.read(age) < DAY
    return Voted(bool(is_banned), value or 0, changes if is_of_today else 0, today or 0, near)


class _Question:
    """Names in the text are its blanks; the rest of it is filled in for the database that is in use."""

    def __init__(self, text: str, column: str, mine: str = "", **kinds: type) -> None:
        self._text, self._column, self._mine = text, column, mine
        self._prepared = Prepared(self._built, **kinds, kind=str, key=str, address=str, now=datetime)

    def _built(self, **blanks: Parameter) -> Statement:
        listed = LISTED[connection.vendor]
        text = self._text.format(
            age=ages.expression(self._column),
            day=ages.literal(DAY),
            span=ages.literal(ADDRESS_SPAN),
            banned=BANNED,
            mine=self._mine,
            names=listed.format(columns="name, title", table="articles_reporter", order="id"),
            words=listed.format(
                columns="word, skeleton, exceptions", table="comments_blockedword", order="word"
            ),
        )
        return Statement(BLANK.sub("%s", text), [blanks[name] for name in BLANK.findall(text)])

    def asked(self, by: Writer, **given: int | str) -> Sequence[Any] | None:
        kind = Ban.Kind.MEMBER if by.user else Ban.Kind.GUEST
        rows = self._prepared.rows(**given, kind=kind.value, key=by.key, address=by.address, now=clock.now())
        return rows[0] if rows else None


_POST = {"article": int, "token": str, "body": str, "most": int}
OF_MEMBER = _Question(QUESTION, "created_at", "user_id = %(writer)s", writer=int, **_POST)
OF_GUEST = _Question(QUESTION, "created_at", "guest = %(writer)s AND guest <> ''", writer=str, **_POST)
OF_VOTER = _Question(OF_VOTE, "changed_at", comment=int)


def _read(article_id: int, by: Writer, row: Sequence[Any]) -> Facts:
    status, publish_at, state, section_open, above_open, writer, comment_id, is_banned, *rest = row
    newest, today, here, near, is_said, name, reporters, blocked = rest
    if publish_at is not None and publish_at.tzinfo is None:  # as SQLite hands it over
        publish_at = publish_at.replace(tzinfo=UTC)
    article = Article.from_db(None, ("id", "status", "publish_at"), (article_id, status, publish_at))
    return Facts(
        is_public=article.is_public(clock.now()),
        is_open=threads.opens(publish_at, state, section_open, above_open),
        is_banned=bool(is_banned),
        posted=None if writer is None else Posted(writer, comment_id),
        own=Own(
            newest=None if newest is None else ages.read(newest),
            today=today,
            here=here,
            near=near if by.address else None,
            is_said=bool(is_said),
        ),
        names=nicknames.Names(Publication().name if name is None else name, _rows(reporters)),
        words=tuple(words.Blocked(*one) for one in _rows(blocked)),
    )


@lru_cache(maxsize=8)
def _rows(text: str | None) -> tuple[tuple[str, ...], ...]:
    """Mostly the same as for the comment before."""
    return tuple(map(tuple, json.loads(text or "[]")))
