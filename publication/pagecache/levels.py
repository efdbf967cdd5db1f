"""The levels of this process, made from the settings when the first page is asked for."""

from functools import cached_property
from pathlib import Path

from django.conf import settings

from publication.pagecache.disk_shelf import DiskShelf
from publication.pagecache.flights import Flights
from publication.pagecache.memory import Memory
from publication.pagecache.outage import Outage
from publication.pagecache.pulse import Pulse, pulse
from publication.pagecache.redis_shelf import RedisShelf
from publication.pagecache.release import release
from publication.pagecache.shelf import Shelf

# Bytes of pages that one process keeps; a worker as a whole stays below 120 MiB.
MEMORY_BYTES = 24 * 1024 * 1024
# Of pages with the notice of an outage, while it lasts.
NOTICES_BYTES = 4 * 1024 * 1024


class Levels:
    """Memory, the shelf that workers share, and the last good copies."""

    def __init__(self) -> None:
        self.memory = Memory(MEMORY_BYTES)
        self.notices = Memory(NOTICES_BYTES)
        self.flights = Flights()
        self.outage = Outage()

    @cached_property
    def pulse(self) -> Pulse:
        return pulse()

    @cached_property
    def copies(self) -> DiskShelf:
        return DiskShelf(Path(settings.KEPT_PAGES), release())

    @cached_property
    def shared(self) -> Shelf:
        return RedisShelf(settings.REDIS_URL, release()) if settings.REDIS_URL else self.copies

    @property
    def shelves(self) -> list[Shelf]:
        return [self.copies] if self.shared is self.copies else [self.shared, self.copies]

    def close(self) -> None:
        """Ends the watch over an outage and the connections to the shelf of many machines."""
        self.outage.end()
        shared = self.__dict__.get("shared")
        if isinstance(shared, RedisShelf):
            shared.close()

    def begin_outage(self) -> None:
        if not self.outage.is_on:
            # Of the outage before, which may show what was taken from readers since.
            self.notices.clear()
        self.outage.begin()


class Holder:
    """Holds the process's levels, so that tests can have new ones."""

    def __init__(self) -> None:
        self.now = Levels()

    def renew(self) -> None:
        self.now.close()
        self.now = Levels()


holder = Holder()


def levels() -> Levels:
    return holder.now
