"""What outlives a process: the second level that workers share, and the last good copies for bad days.

On one machine a SQLite file of our own is both (disk_shelf). With REDIS_URL Redis is the second level, for all
machines, and the file keeps the copies. Pages are put there under the release that made them. A shelf that is
broken or away is as good as empty: it slows and breaks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from publication.pagecache.page import Page

# A maker that died keeps others from making its page no longer than this many seconds.
CLAIM_SECONDS = 5


class Shelf(Protocol):
    def get(self, name: str) -> Page | None: ...

    def moment(self) -> int:
        """How often anything was dropped so far: asked before a page is made, told when it is put."""

    def put(self, name: str, page: Page, moment: int | None = None) -> None:
        """Not where one of the page's keys was dropped since the moment: it shows what is gone."""

    def drop(self, keys: Iterable[str]) -> None:
        """Every page that stands on one of these version keys is gone, its words too, before this returns.

        Of every release: pages of the one before stay a while, for workers that are still its own.
        """

    def forget(self, names: Iterable[str]) -> None:
        """These pages are gone."""

    def drop_below(self, floors: Mapping[str, int]) -> int:
        """Pages of any release that stand on a key under a number below its floor are gone: how many."""

    def claim(self, name: str) -> bool:
        """Whether the caller is the one who makes this page; given back by `release`."""

    def release(self, name: str) -> None: ...

    def clear(self) -> None: ...
