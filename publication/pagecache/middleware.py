"""The way of a request: kept and fresh, stale while one rebuilds, or made anew; an old copy on a bad day.

Answers before sessions, accounts and messages run. Only views marked `public_page` are ever kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from publication.pagecache import freshness, outage_page
from publication.pagecache.freshness import Freshness
from publication.pagecache.levels import levels
from publication.pagecache.memory import Slot
from publication.pagecache.page import Page, is_keepable
from publication.standing import Standing

# A longer address is answered, and not kept.
NAME_MAX = 600
# How long a request without any copy waits for another process that makes the page, and how often it looks.
AWAIT_SECONDS, AWAIT_STEP = 2.0, 0.01
# What a browser, or a proxy, that has a copy asks with.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# Answered by no database: they go through while it is away.
WITHOUT_DATABASE = ("/static/", "/media/", "/healthz", "/readyz")
# What is not told to those who make a page for everybody. A browser's condition is answered from the kept page;
# inside it would leave nothing to keep, as would a cookie that the sessions take back.
WITHHELD = (*CONDITIONS, "HTTP_COOKIE")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class DatabaseAway(Exception):
    """The answer inside said that the database is away; it stands in the argument."""


def page_cache(get_response: GetResponse) -> GetResponse:
    """Middleware, the outermost but for the one that says who is asking."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not settings.PAGE_CACHE or request.path.startswith(WITHOUT_DATABASE):
            return get_response(request)
        name = page_name(request)
        if name is None:
            return _live(get_response, request)
        slot = levels().memory.get(name)
        if slot is not None and _holds(slot):
            return slot.page.answer(request)
        return Visit(get_response, request, name, slot).answer()

    return middleware


def page_name(request: HttpRequest) -> str | None:
    """The address with what of its query matters, or None where nothing is ever kept."""
    if request.method not in {"GET", "HEAD"} or not _is_ours(request):
        return None
    if "?" in request.path:  # "%3F" in the address; in a page's name its query begins there
        return None
    if not request.META.get("QUERY_STRING") and levels().memory.get(request.path) is not None:
        return request.path
    try:
        view = resolve(request.path).func
        query = {name: request.GET[name] for name in getattr(view, "page_query", ()) if name in request.GET}
    except (Resolver404, TooManyFieldsSent, RequestDataTooBig):
        return None
    if not hasattr(view, "page_query"):
        return None
    name = f"{request.path}?{urlencode(query)}" if query else request.path
    return name if len(name) <= NAME_MAX else None


def _is_ours(request: HttpRequest) -> bool:
    """Any other host is refused, and http sent to https, by the middleware inside."""
    is_secure = request.META["wsgi.url_scheme"] == "https" or not settings.SECURE_SSL_REDIRECT
    return is_secure and is_allowed_host(request.META.get("HTTP_HOST") or request.META["SERVER_NAME"])


def is_allowed_host(host: str) -> bool:
    """As Django decides, remembered."""
    return _is_allowed(host, tuple(settings.ALLOWED_HOSTS))


@lru_cache(maxsize=100)
def _is_allowed(host: str, allowed: tuple[str, ...]) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def _holds(slot: Slot) -> bool:
    try:
        return not slot.page.has_ended(time.time()) and levels().pulse.holds(slot.mark)
    except DatabaseError:
        return False


def looked_at(slot: Slot, mark: object) -> Freshness:
    """Asked once for all who come at one pulse: in a storm hundreds do while a page is made anew."""
    with slot.look:
        if slot.mark == mark:
            return Freshness.FRESH
        if slot.stale_mark == mark:
            return Freshness.STALE
        state = freshness.of(slot.page)
        if state is Freshness.FRESH:
            slot.mark = mark
        elif state is Freshness.STALE:
            slot.stale_mark = mark
        return state


def _live(get_response: GetResponse, request: HttpRequest) -> HttpResponseBase:
    """What is never kept; while the database is away it is refused at once, with what was typed."""
    kept = levels()
    if kept.outage.is_on:
        return _refused(get_response, request)
    response = get_response(request)
    # One statement that took too long, or met another's lock, says nothing about everybody else's.
    if getattr(response, "is_database_away", False) and not getattr(response, "is_database_busy", False):
        kept.begin_outage()
    return response


def _refused(get_response: GetResponse, request: HttpRequest) -> HttpResponseBase:
    """Said by `refusals`, inside the middleware that labels answers and before any that needs the database."""
    request.is_refused = True
    return get_response(request)


def refusals(get_response: GetResponse) -> GetResponse:
    """Middleware: what `page_cache` refuses is answered here, so that it carries every header."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "is_refused", False):
            return outage_page.refusal(request)
        return get_response(request)

    return middleware


class Visit:
    """One request for a public page that is not simply fresh in memory."""

    def __init__(self, get_response: GetResponse, request: HttpRequest, name: str, slot: Slot | None) -> None:
        self.get_response = get_response
        self.request = request
        self.name = name
        self.slot = slot
        self.kept = levels()

    def answer(self) -> HttpResponseBase:
        if self.kept.outage.is_on:
            return outage_page.copy_of(self.request, self.name) or _refused(self.get_response, self.request)
        try:
            return self._fresh()
        except DatabaseError:
            self.kept.begin_outage()
            return outage_page.copy_of(self.request, self.name) or _refused(self.get_response, self.request)
        except DatabaseAway as away:
            self.kept.begin_outage()
            return outage_page.copy_of(self.request, self.name) or away.args[0]

    def _fresh(self) -> HttpResponseBase:
        mark = self.kept.pulse.mark()
        stale = None
        if self.slot is not None and not self.slot.page.has_ended(time.time()):
            state = looked_at(self.slot, mark)
            if state is Freshness.FRESH:
                return self.slot.page.answer(self.request)
            if state is Freshness.STALE:
                stale = self.slot.page
        with self.kept.flights.turn(self.name, waits=stale is None) as has_turn:
            if stale is not None and not has_turn:
                return self._meanwhile(stale)
            made_meanwhile = self.kept.memory.get(self.name)
            if made_meanwhile is not None and made_meanwhile is not self.slot and _holds(made_meanwhile):
                return made_meanwhile.page.answer(self.request)
            return self._adopted_or_made(mark, stale)

    def _adopted_or_made(self, mark: object, stale: Page | None) -> HttpResponseBase:
        """From the shelf where another process has put it, else made, by one process at a time."""
        page = self._on_shelf()
        if page is None and not self.kept.shared.claim(self.name):
            page = stale or self._awaited()
            if page is stale and stale is not None:
                return self._meanwhile(stale)
        elif page is None:
            try:
                return self._made(mark)
            finally:
                self.kept.shared.release(self.name)
        if page is None:
            return self._made(mark)
        self.kept.memory.put(self.name, page, mark)
        return page.answer(self.request)

    def _meanwhile(self, stale: Page) -> HttpResponseBase:
        """The page as it was, while another makes it anew; a proxy must not keep it over the new one.

        Whole, never 304: that would make nginx keep its own copy for another second or two, whatever it is told.
        """
        for condition in CONDITIONS:
            self.request.META.pop(condition, None)
        response = stale.answer(self.request)
        response.headers["X-Accel-Expires"] = "0"
        # An edge that was told of the change would take this for the new page.
        response.headers["CDN-Cache-Control"] = "no-store"
        return response

    def _on_shelf(self) -> Page | None:
        """As another process has made it; on another machine perhaps, and so a copy for this one's bad days."""
        copies = self.kept.copies
        moment = None if self.kept.shared is copies else copies.moment()
        page = self.kept.shared.get(self.name)
        if page is None or page.has_ended(time.time()) or freshness.of(page) is not Freshness.FRESH:
            return None
        if moment is not None:
            copies.put(self.name, page, moment)
        return page

    def _awaited(self) -> Page | None:
        """What the other process makes, if it comes soon."""
        deadline = time.monotonic() + AWAIT_SECONDS
        while time.monotonic() < deadline:
            time.sleep(AWAIT_STEP)
            page = self._on_shelf()
            if page is not None:
                return page
        return None

    def _forget(self) -> None:
        """What was a public page and is none any more."""
        if self.slot is not None:
            self.kept.memory.drop(self.name)
            for shelf in self.kept.shelves:
                shelf.forget([self.name])

    def _made(self, mark: object) -> HttpResponseBase:
        withheld = {name: self.request.META.pop(name) for name in WITHHELD if name in self.request.META}
        moments = [shelf.moment() for shelf in self.kept.shelves]
        response = self.get_response(self.request)
        self.request.META |= withheld
        if getattr(response, "is_database_away", False):
            raise DatabaseAway(response)
        if not is_keepable(response):
            # A page that failed is one still, and its copy the only one there is for a bad day.
            if response.status_code < 500:
                self._forget()
            return response
        standing: Standing = response.standing
        page = Page.of(response, standing.numbers, standing.end)
        self.kept.memory.put(self.name, page, mark)
        for shelf, moment in zip(self.kept.shelves, moments, strict=True):
            shelf.put(self.name, page, moment)
        return page.answer(self.request)
