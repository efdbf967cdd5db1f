"""Comments by the million under articles written in bulk: threads, replies, votes, and counters that are right.

Few articles have most of the talk. The hottest thread stands under the newest article, beside it one of
10,000 and one of 100, so that the three can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import User
from articles.models import Discussion
from comments.models import Comment, Report, State, Vote
from comments.writers import Writer, guest_hash
from newsroom.demo.bulk.progress import Progress
from newsroom.demo.bulk.stories import Made
from newsroom.demo.comments import phrases
from publication import bulk

SEED = 20230902
# Comments written at once; replies stay near what they answer, so a thread needs no more of it in memory.
WINDOW = 5_000
DISCUSSIONS_AT_ONCE = 10_000
COMPARED = (10_000, 100)
TEXTS = 4_000
MEMBERS, GUESTS = 200, 3_000
REPLY_SHARE, VOTED_SHARE = 0.35, 0.2
REPORTED_SHARE = 0.0005
STATES = ((0.008, State.DELETED), (0.011, State.HIDDEN), (0.0112, State.HELD))
DAYS_OF_TALK = 3

COMMENT = (
    "id", "article_id", "parent_id", "user_id", "guest", "nickname", "body", "state", "created_at", "up",
    "down", "replies", "replies_by_others", "reports",
)  # fmt: skip
VOTE = ("comment_id", "voter", "value", "is_guest", "changes", "changed_at")
REPORT = ("comment_id", "reporter", "reason")
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


def sizes(made: Made, comments: int, hot: int, dice: random.Random) -> list[int]:
    """How many comments each article gets: `comments` in all, the newest of them `hot`."""
    out = [place for place, at in enumerate(made.times) if at is not None]
    told = [0] * len(made.times)
    left = comments
    for place, number in zip(reversed(out), (hot, *COMPARED), strict=False):
        # The threads to compare must not leave the others without any talk.
        told[place] = number if number == hot or number <= left // 10 else 0
        left -= told[place]
    others = out[: -len(COMPARED) - 1] or out[-1:]
    weights = [min(dice.paretovariate(1.05), 2_000) for _place in others]
    scale = left / sum(weights)
    for place, weight in zip(others, weights, strict=True):
        told[place] += int(scale * weight)
    told[others[-1]] += comments - sum(told)
    return told


class Talks:
    """The readers, their words and the threads."""

    def __init__(self, now: datetime) -> None:
        self.now = now
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

    def write(self, made: Made, comments: int, hot: int, progress: Progress) -> list[tuple[int, int]]:
        """All of them; the largest threads as (article's number, comments), the hottest first."""
        told = sizes(made, comments, hot, self.dice)
        pk = bulk.reserve(Comment, comments) if comments else 0
        visible = [0] * len(told)
        window: list[list[Any]] = []
        for place, size in enumerate(told):
            for rows in self._thread(pk, made.first + place, size, made.times[place]):
                pk += len(rows)
                visible[place] += sum(row[STATE] == State.VISIBLE for row in rows)
                window += rows
                if len(window) >= WINDOW:
                    self._store(window, progress)
                    window = []
        self._store(window, progress)
        self._discussions(made, visible)
        largest = sorted(range(len(told)), key=lambda place: (told[place], place), reverse=True)[:3]
        return [(made.first + place, told[place]) for place in largest if told[place]]

    def _thread(self, pk: int, article: int, size: int, start: datetime | None) -> Iterator[list[list[Any]]]:
        """Its comments in windows, each complete with its counters."""
        if start is None or not size:
            return
        step = min(timedelta(days=DAYS_OF_TALK), self.now - timedelta(minutes=2) - start) / size
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

    def _store(self, rows: list[list[Any]], progress: Progress) -> None:
        if not rows:
            return
        votes: list[tuple[Any, ...]] = []
        reports: list[tuple[Any, ...]] = []
        for row in rows:
            if row[STATE] == State.VISIBLE:
                self._judge(row, votes, reports)
        bulk.store(Comment, COMMENT, rows)
        bulk.store(Vote, VOTE, votes)
        bulk.store(Report, REPORT, reports)
        progress.step(len(rows))

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

    def _discussions(self, made: Made, visible: list[int]) -> None:
        rows = [(made.first + place, number) for place, number in enumerate(visible)]
        store = partial(bulk.store, Discussion, ("article_id", "visible_count"))
        for start in range(0, len(rows), DISCUSSIONS_AT_ONCE):
            store(rows[start : start + DISCUSSIONS_AT_ONCE])
