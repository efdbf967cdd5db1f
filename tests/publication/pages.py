"""A paper of a few made-up pages, for the tests of the page cache."""

import threading
from typing import Any

import psycopg.errors
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from newsroom import outage, urls, views
from publication import clock
from publication.http import public_page
from publication.models import Publication
from publication.standing import ends_at, stands_on


class Counted:
    """How often a page was made, and what its making waits for."""

    def __init__(self) -> None:
        self.made = 0
        self.gate: threading.Event | None = None
        self.entered = threading.Event()
        self.end: Any = None
        self.error: Exception | None = None


counted = Counted()


@public_page(query=("before",))
def name(request: HttpRequest) -> HttpResponse:
    """The paper's name, and the one parameter that matters."""
    stands_on("publication")
    ends_at(counted.end)
    if counted.error is not None:
        raise counted.error
    text = Publication.objects.current().name
    counted.made += 1
    counted.entered.set()
    if counted.gate is not None:
        counted.gate.wait(60)
    if text == "404":
        raise Http404
    before = request.GET.get("before", "")
    return HttpResponse(f'<title>{text}</title><main class="main">{text} {before}</main>')


def private(request: HttpRequest) -> HttpResponse:
    counted.made += 1
    return HttpResponse(f"{clock.now()}")


def busy(request: HttpRequest) -> HttpResponse:
    """The database's own error, as Django hands it on."""
    try:
        raise getattr(psycopg.errors, request.headers["X-Kind"])
    except psycopg.Error as error:
        raise OperationalError("given up") from error


def address(request: HttpRequest) -> HttpResponse:
    """Who asks, as the paper sees it."""
    return HttpResponse(f"{request.META['REMOTE_ADDR']} {request.scheme}")


urlpatterns = [
    path("name/", name),
    path("private/", private),
    path("busy/", busy),
    path("address/", address),
    *urls.urlpatterns,
]
handler404 = views.not_found
handler500 = outage.server_error
handler503 = outage.unavailable
