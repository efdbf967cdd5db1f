"""One maker for one page at a time in this process; between processes the shelf's claim sees to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Seconds that a request waits for another that makes the same page.
WAIT_SECONDS = 10.0


class Flights:
    """A lock for each page that is being made, and none for any other."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._flying: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def turn(self, name: str, *, waits: bool) -> Iterator[bool]:
        """True for whoever may make the page now; False without `waits`, or after a long one, while another does."""
        flight = self._board(name)
        has_turn = flight.acquire(timeout=WAIT_SECONDS) if waits else flight.acquire(blocking=False)
        try:
            yield has_turn
        finally:
            if has_turn:
                flight.release()
            self._leave(name)

    def _board(self, name: str) -> Lock:
        with self._lock:
            flight, people = self._flying.get(name) or (Lock(), 0)
            self._flying[name] = (flight, people + 1)
            return flight

    def _leave(self, name: str) -> None:
        with self._lock:
            flight, people = self._flying[name]
            if people > 1:
                self._flying[name] = (flight, people - 1)
            else:
                del self._flying[name]
