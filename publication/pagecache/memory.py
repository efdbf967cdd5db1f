"""The first level: pages in this process's memory, the least used leaving first."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from publication.pagecache.page import Page


@dataclass
class Slot:
    """A page, the pulse at which it was last known to be true, and the one at which it was known to be stale."""

    page: Page
    mark: object
    stale_mark: object = None
    # Whoever looks whether it is still true; the others wait for the answer.
    look: Lock = field(default_factory=Lock)


# A page that takes more bytes stays on the shelves: a crawler that reads through the sitemaps must not push
# out what readers ask for.
LARGEST = 256 * 1024


class Memory:
    """Bounded by bytes; safe between threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._slots: OrderedDict[str, Slot] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Slot | None:
        slot = self._slots.get(name)
        if slot is not None:
            try:
                self._slots.move_to_end(name)
            except KeyError:  # another thread has just put it out
                return None
        return slot

    def put(self, name: str, page: Page, mark: object) -> Slot:
        slot = Slot(page, mark)
        with self._lock:
            self._take(name)
            if page.size > LARGEST:
                return slot
            self._slots[name] = slot
            self.size += page.size
            while self.size > self.limit and len(self._slots) > 1:
                self._take(next(iter(self._slots)))
        return slot

    def drop(self, name: str) -> None:
        with self._lock:
            self._take(name)

    def clear(self) -> None:
        with self._lock:
            self._slots.clear()
            self.size = 0

    def __len__(self) -> int:
        return len(self._slots)

    def _take(self, name: str) -> None:
        slot = self._slots.pop(name, None)
        if slot is not None:
            self.size -= slot.page.size
