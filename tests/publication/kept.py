"""What the tests of the page cache do: a change, another process, a thread that makes a page."""

import time
from collections.abc import Callable

from django.db import connection, transaction
from django.test import Client

from publication import versions
from publication.models import Publication
from publication.pagecache.levels import holder


def rename(name: str, *, removing: bool = False) -> None:
    with transaction.atomic():
        Publication.objects.update(name=name)
        versions.bump("publication", removing=removing)


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it is so; a machine may be slow."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def other_process() -> None:
    """From here on the memory of another process answers; the shelves are the same."""
    holder.renew()


def made_by(found: list[str]) -> None:
    try:
        found.append(Client(raise_request_exception=False).get("/name/").content.decode())
    finally:
        connection.close()
