"""How a large paper is made of a small one: so many articles written once, cast so often, and a few beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# Written word by word at most; what is more is cast from these.
ARTICLES_WRITTEN, COMMENTS_WRITTEN, HOT_WRITTEN = 20_000, 200_000, 50_000
# The newest articles are written apart: the largest threads stand under them. A cast is larger by far.
NEWEST = 50
# Threads beside the hottest one, for comparing; but never more than a tenth of all other talk each.
COMPARED = (10_000, 100)
# Articles a day, from which the paper's age follows; at least and at most so many days.
A_DAY = 150
DAYS = (30, 365 * 20)
DAYS_OF_TALK = timedelta(days=3)


@dataclass(frozen=True)
class Plan:
    """`copies` times `base` articles, an equal time each, and behind them the `newest` ones."""

    articles: int
    comments: int
    hot: int
    now: datetime

    @property
    def copies(self) -> int:
        most = self.articles // (4 * NEWEST)
        wanted = max(-(-self.articles // ARTICLES_WRITTEN), -(-self.others // COMMENTS_WRITTEN))
        return wanted if 1 < wanted <= most else min(most, 1)

    @property
    def base(self) -> int:
        return (self.articles - NEWEST) // self.copies if self.copies else 0

    @property
    def newest(self) -> int:
        return self.articles - self.copies * self.base

    @property
    def start(self) -> datetime:
        days = min(max(self.articles // A_DAY, DAYS[0]), DAYS[1])
        return self.now - timedelta(days=days)

    @property
    def step(self) -> timedelta:
        """From one article to the next."""
        return (self.now - timedelta(hours=1) - self.start) / self.articles

    @property
    def period(self) -> timedelta:
        """From one cast to the next, in whole seconds."""
        return timedelta(seconds=int((self.step * self.base).total_seconds()))

    @property
    def until(self) -> datetime:
        """Nothing happens later."""
        return self.now - timedelta(minutes=2)

    @property
    def written_until(self) -> datetime:
        """Nothing of what is cast happens later, so that nothing of its last copy does."""
        return self.until - self.period * max(0, self.copies - 1)

    @property
    def newest_start(self) -> datetime:
        return self.start + self.period * self.copies

    @property
    def compared(self) -> list[int]:
        """The threads beside the hottest."""
        found, left = [], self.comments - self.hot
        for number in COMPARED:
            if number <= left // 10:
                found.append(number)
                left -= number
        return found

    @property
    def others(self) -> int:
        """Comments that stand under no article in particular."""
        return self.comments - self.hot - sum(self.compared)

    @property
    def base_comments(self) -> int:
        return self.others * self.base // self.articles

    @property
    def hot_piece(self) -> int:
        """So many comments of the hottest thread are cast at once."""
        return HOT_WRITTEN

    @property
    def hot_copies(self) -> int:
        return self.hot // self.hot_piece if self.hot >= 2 * self.hot_piece else 0

    @property
    def hot_written(self) -> int:
        """What is left of it stands before the pieces."""
        return self.hot - self.hot_copies * self.hot_piece

    @property
    def hot_step(self) -> timedelta:
        """From one comment of the hottest thread to the next."""
        newest = self.newest_start + self.step * (self.newest - 1)
        return pace(newest, self.until, self.hot)

    @property
    def special(self) -> tuple[int, ...]:
        """What is written under the very newest articles, the newest first."""
        return (self.hot_written, *self.compared)

    @property
    def newest_comments(self) -> int:
        return self.comments - self.copies * self.base_comments - self.hot_copies * self.hot_piece


def pace(start: datetime, until: datetime, size: int) -> timedelta:
    """From one comment of a thread to the next: it lasts three days at most, and not past `until`."""
    return min(DAYS_OF_TALK, until - start) / max(1, size)
