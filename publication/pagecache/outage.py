"""The database is away: nobody waits for what does not come. One thread of the process asks when it is back."""

from threading import Event, Thread

from django.db import DatabaseError, connection

# Seconds between two questions; the question itself takes as long as the pool waits for a connection.
PROBE_SECONDS = 0.5


class Outage:
    """Begins with a failure; ends with the first answer, at once where the failure was one request's own."""

    def __init__(self) -> None:
        self._over = Event()
        self._over.set()

    @property
    def is_on(self) -> bool:
        return not self._over.is_set()

    def begin(self) -> None:
        if not self.is_on:
            self._over.clear()
            Thread(target=self._watch, name="outage", daemon=True).start()

    def end(self) -> None:
        self._over.set()

    def _watch(self) -> None:
        while self.is_on:
            if answers():
                self.end()
            else:
                self._over.wait(PROBE_SECONDS)


def answers() -> bool:
    """Whether a row can be read, on a connection of this thread's own."""
    # The models import this package.
    from publication.models import Version

    try:
        Version.objects.first()
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True
