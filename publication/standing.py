"""What the page now being made stands on: the version keys it was made from, and when it ends by itself.

Whoever reads a thing for a page says so here, next to the query. A page that is kept anywhere is kept under
the numbers of these keys, and no longer than its end. Outside a page that is being collected nothing happens.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Standing:
    """The version keys of one page, and the earliest moment at which something on it changes by itself.

    `numbers`: the keys' numbers as of the moment of which the page shows everything (publication.http).
    """

    keys: set[str] = field(default_factory=set)
    end: datetime | None = None
    numbers: dict[str, int] = field(default_factory=dict)


_current: ContextVar[Standing | None] = ContextVar("standing", default=None)


@contextmanager
def collected() -> Iterator[Standing]:
    """Collects for the page that is made inside; a page around it stands on all of that too."""
    standing = Standing()
    token = _current.set(standing)
    try:
        yield standing
    finally:
        _current.reset(token)
    stands_on(*standing.keys)
    ends_at(standing.end)


def stands_on(*keys: str) -> None:
    """The page shows something whose change raises these keys (publication.versions)."""
    standing = _current.get()
    if standing is not None:
        standing.keys.update(keys)


def ends_at(moment: datetime | None) -> None:
    """Something on the page changes by itself at this moment; None changes never.

    For what becomes stale: an article that comes in, a form that closes, a day that is over. While the database
    is away a copy is shown beyond its end, and nothing says so here that must not be shown any more. What has to
    leave readers at a moment needs an end of its own, which copies keep to.
    """
    standing = _current.get()
    if standing is not None and moment is not None:
        standing.end = moment if standing.end is None else min(standing.end, moment)
