"""The only two clocks of the site.

`now()` is the application's: one instant for the whole of a request, so that everything on a page agrees
about what is public. `db_now()` is the database's statement clock, for rows whose age will be measured.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_now", default=None)


def now() -> datetime:
    """The instant of this request, aware; outside a request, this very moment."""
    return _fixed.get() or timezone.now()


def db_now() -> Now:
    """An expression: the instant at which the database runs the statement."""
    return Now()


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Holds `now()` still at an aware moment: for a request, an import, a preview as of a time."""
    token = _fixed.set(moment)
    try:
        yield moment
    finally:
        _fixed.reset(token)


def request_clock(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: one instant per request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with at(timezone.now()):
            return get_response(request)

    return middleware
