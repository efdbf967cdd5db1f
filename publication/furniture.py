"""What stands on every page, kept in this process under the number of the `publication` version key.

The paper's own row, its sections, the rendered header and footer: made for the first page that shows them, out
of that page's snapshot, and taken by those after it. A page takes them unseen. At its end, when it reads the
numbers of all its keys, it finds out whether they were of its own moment; if not it is made once more, without
them. So they cost a page no query, and it never mixes two moments.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from publication.standing import stands_on
from publication.versions import PUBLICATION

# So many things are kept; there are as many as sections, and a few.
MOST = 2000


@dataclass
class _Room:
    """The things of one number."""

    number: int
    things: dict[Hashable, Any] = field(default_factory=dict)


@dataclass
class Page:
    """What one page took and what it made."""

    room: _Room | None
    made: dict[Hashable, Any] = field(default_factory=dict)
    has_taken: bool = False

    def settle(self, number: int | None) -> bool:
        """Keeps what the page made at this number; False if what it took was of another one."""
        room = self.room
        if number is None:  # the page has no furniture
            return True
        if room is None or room.number != number:
            if self.has_taken:
                return False
            room = _Room(number)
            _rooms[:] = [room]
        if len(room.things) < MOST:
            room.things |= self.made
        return True


# One or none: replaced whole, never changed under a page that uses it but for what is of the same number.
_rooms: list[_Room] = []
_page: ContextVar[Page | None] = ContextVar("furniture", default=None)


@contextmanager
def used(*, afresh: bool = False) -> Iterator[Page]:
    """For the page that is made inside; `afresh`: it makes all of it itself."""
    page = Page(None if afresh else next(iter(_rooms), None))
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)


def thing(name: Hashable, make: Callable[[], Any]) -> Any:
    """The kept thing, or what `make` makes of this moment; whatever changes it raises `publication`.

    Readers of it share it and change nothing in it. Outside a page that is kept it is made each time.
    """
    stands_on(PUBLICATION)
    page = _page.get()
    if page is None:
        return make()
    if name in page.made:
        return page.made[name]
    if page.room is not None and name in page.room.things:
        page.has_taken = True
        return page.room.things[name]
    page.made[name] = made = make()
    return made


def forget() -> None:
    """Nothing is kept any more: for tests."""
    _rooms.clear()
