"""Comments for the molds: threads, replies, votes, and counters that are right.

Few articles have most of the talk. The hottest thread stands under the newest article, beside it one of
10,000 and one of 100, so that the three can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import User
from articles.models import Discussion
from comments.models import Comment, Report, State, Vote
from comments.writers import Writer, guest_hash
from newsroom.demo.bulk.molds import Mold, Molds
from newsroom.demo.bulk.plan import pace
from newsroom.demo.comments import phrases

SEED = 20230902
# Comments written at once; replies stay near what they answer, so a thread needs no more of it in memory.
WINDOW = 5_000
TEXTS = 4_000
MEMBERS, GUESTS = 200, 3_000
REPLY_SHARE, VOTED_SHARE = 0.35, 0.2
REPORTED_SHARE = 0.0005
STATES = ((0.008, State.DELETED), (0.011, State.HIDDEN), (0.0112, State.HELD))

COMMENT = (
    "id", "article_id", "parent_id", "user_id", "guest", "nickname", "body", "state", "created_at", "up",
    "down", "replies", "replies_by_others", "reports",
)  # fmt: skip
VOTE = ("comment_id", "voter", "value", "is_guest", "changes", "changed_at")
REPORT = ("comment_id", "reporter", "reason")
DISCUSSION = ("article_id", "visible_count")
# Places in a row.
PARENT, USER, GUEST, NAME, BODY, STATE, UP, DOWN, REPLIES, BY_OTHERS, REPORTS = (
    2,
    3,
    4,
    5,
    6,
    7,
    *range(9, 14),
)


def molds() -> list[Mold]:
    return [
        Mold.of(Comment, COMMENT),
        Mold.of(Vote, VOTE),
        Mold.of(Report, REPORT),
        Mold.of(Discussion, DISCUSSION),
    ]


def sizes(out: Sequence[bool], comments: int, special: Sequence[int], dice: random.Random) -> list[int]:
    """How many comments each article gets: `comments` in all, the newest that are out those of `special`."""
    public = [place for place, is_out in enumerate(out) if is_out]
    told = [0] * len(out)
    for place, number in zip(reversed(public), special, strict=False):
        told[place] = number
    left = comments - sum(told)
    others = public[: -len(special)] if special else public
    others = others or public[-1:]
    weights = [min(dice.paretovariate(1.05), 2_000) for _place in others]
    scale = left / sum(weights) if weights else 0
    for place, weight in zip(others, weights, strict=True):
        told[place] += int(scale * weight)
    if others:
        told[others[-1]] += comments - sum(told)
    return told


class Talks:
    """The readers, their words and the threads."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)  # noqa: S311 - the same talk every time, no secret
        self.texts = [self._text() for _number in range(TEXTS)]
        self.writers = self._writers()
        self.keys = [Writer(user=user, guest=guest).key for user, guest, _name in self.writers]

    def _text(self) -> str:
        told, pick = phrases(), self.dice.choice
        kinds = (
            ("short",),
            ("agree",),
            ("disagree",),
            ("openers", "closers"),
            ("openers", "agree", "closers"),
        )
        words = " ".join(pick(told[name]) for name in pick(kinds))
        return words.format(kin=pick(told["kin"]), town=pick(told["town"]), n=pick(range(2, 10)), tag="이런")

    def _writers(self) -> list[tuple[User | None, str, str]]:
        """(member or None, guest's hash or "", name)."""
        nobody = make_password(None)
        people = [
            User(email=f"talker{number}@example.com", nickname=f"독자{number}번", password=nobody)
            for number in range(1, MEMBERS + 1)
        ]
        for person in people:
            person.nickname_key = person.key_of_nickname()
        User.objects.bulk_create(people, ignore_conflicts=True)
        names = phrases()["guests"]
        members = User.objects.filter(email__in=[one.email for one in people])
        found: list[tuple[User | None, str, str]] = [
            (one, "", one.nickname) for one in members.order_by("pk")
        ]
        return found + [
            (None, guest_hash(f"bulk {n}"), names[n % len(names)] + str(n // len(names)))
            for n in range(GUESTS)
        ]

    def pour(
        self, molds: Molds, times: Sequence[datetime], told: Sequence[int], ends: Sequence[datetime]
    ) -> None:
        """So many comments as told under each article, numbered from nought, and every article's counter.

        No thread goes on behind its end.
        """
        visible = [0] * len(told)
        window: list[list[Any]] = []
        pk = 0
        for article, size in enumerate(told):
            start = times[article]
            for rows in self._thread(pk, article, start, pace(start, ends[article], size), size):
                pk += len(rows)
                visible[article] += sum(row[STATE] == State.VISIBLE for row in rows)
                window += rows
                if len(window) >= WINDOW:
                    self._store(molds, window)
                    window = []
        self._store(molds, window)
        molds.pour(Discussion, enumerate(visible))

    def pour_hot(self, molds: Molds, start: datetime, step: timedelta, size: int) -> int:
        """A piece of one thread alone, under article nought; how many of it are visible."""
        visible = 0
        for rows in self._thread(0, 0, start, step, size):
            visible += sum(row[STATE] == State.VISIBLE for row in rows)
            self._store(molds, rows)
        return visible

    def _thread(
        self, pk: int, article: int, start: datetime, step: timedelta, size: int
    ) -> Iterator[list[list[Any]]]:
        """Its comments in windows, each complete with its counters."""
        for first in range(0, size, WINDOW):
            rows: list[list[Any]] = []
            tops: list[list[Any]] = []
            for number in range(first, min(first + WINDOW, size)):
                row = self._comment(pk + number, article, start + step * number, tops)
                rows.append(row)
                if row[PARENT] is None:
                    tops.append(row)
            yield rows

    def _comment(self, pk: int, article: int, at: datetime, tops: list[list[Any]]) -> list[Any]:
        """One row in the order of COMMENT; as a reply it raises its parent's counters."""
        dice = self.dice.random
        user, guest, name = self.writers[int(dice() * len(self.writers))]
        user_id = user.pk if user else None
        place = dice()
        state = next((value for until, value in STATES if place < until), State.VISIBLE)
        parent = None
        if tops and dice() < REPLY_SHARE:
            parent = tops[-1 - int(dice() * min(len(tops), 30))]
            if state == State.VISIBLE:
                parent[REPLIES] += 1
                if parent[STATE] != State.DELETED:
                    parent[BY_OTHERS] += (user_id, guest) != (parent[USER], parent[GUEST])
        parent_id = parent[0] if parent else None
        if state == State.DELETED:
            return [pk, article, parent_id, None, "", "", "", state, at, 0, 0, 0, 0, 0]
        text = self.texts[int(dice() * TEXTS)]
        return [pk, article, parent_id, user_id, guest, name, text, state, at, 0, 0, 0, 0, 0]

    def _store(self, molds: Molds, rows: list[list[Any]]) -> None:
        votes: list[tuple[Any, ...]] = []
        reports: list[tuple[Any, ...]] = []
        for row in rows:
            if row[STATE] == State.VISIBLE:
                self._judge(row, votes, reports)
        molds.pour(Comment, rows)
        molds.pour(Vote, votes)
        molds.pour(Report, reports)

    def _judge(self, row: list[Any], votes: list[Any], reports: list[Any]) -> None:
        """Most are passed by, few are liked by many."""
        dice, keys = self.dice.random, self.keys
        place = dice()
        if place < REPORTED_SHARE:
            row[REPORTS] = 1
            reports.append((row[0], keys[int(dice() * len(keys))], Report.Reason.ABUSE))
        if place > VOTED_SHARE:
            return
        own = f"m{row[USER]}" if row[USER] else f"g{row[GUEST]}"
        start = int(dice() * (len(keys) - 80))
        liked = min(int(self.dice.paretovariate(1.1)), 70)
        for number, key in enumerate(keys[start : start + liked + (dice() < 0.3)]):
            if key != own:
                row[UP if number < liked else DOWN] += 1
                votes.append((row[0], key, 1 if number < liked else -1, key[0] == "g", 1, row[8]))
