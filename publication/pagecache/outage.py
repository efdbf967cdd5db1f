"""The database is away: who still tries it, so that nobody waits for what does not come."""

import time
from threading import Lock

# After a failure one request in this many seconds tries again; the others are answered at once.
PROBE_SECONDS = 1.0


class Outage:
    """Begins with a failure, ends with the first success."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._next_probe: float | None = None

    @property
    def is_on(self) -> bool:
        return self._next_probe is not None

    def may_try(self) -> bool:
        """True while all is well, and for one request a second while it is not."""
        if self._next_probe is None:
            return True
        with self._lock:
            now = time.monotonic()
            if self._next_probe is None or now >= self._next_probe:
                self._next_probe = now + PROBE_SECONDS
                return True
            return False

    def begin(self) -> None:
        self._next_probe = time.monotonic() + PROBE_SECONDS

    def end(self) -> None:
        self._next_probe = None
