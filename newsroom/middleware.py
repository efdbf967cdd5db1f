"""The edges: what may come in, how every answer is labelled, which language staff read."""

import time
from collections.abc import Callable
from typing import ClassVar

from allauth.mfa.utils import is_mfa_enabled
from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import permissions
from comments import writers
from comments.rules import REQUEST_MAX
from newsroom import logs
from publication.http import PRIVATE_CACHE_CONTROL, SHORT_CACHE_CONTROL
from publication.proxies import SCHEMES, address_of, is_trusted

GetResponse = Callable[[HttpRequest], HttpResponseBase]
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
STAFF_PATH = "/admin/"
PERSONAL_PATHS = (STAFF_PATH, "/accounts/")
# Readers send comments here, and nothing larger.
READERS_PATHS = ("/news/", "/comments/")
FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_FORWARDED",
    "HTTP_X_REQUEST_ID",
)
# What a view, or the admin's policy, says to django-csp about one answer.
POLICY_OF_ITS_OWN = frozenset({"_csp_config", "_csp_replace", "_csp_exempt"})
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def trusted_proxies(get_response: GetResponse) -> GetResponse:
    """Believes forwarded headers from the trusted proxies, and takes them out of everybody's request.

    A proxy of ours is told in turn how long it may keep a public page.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        named = {header: request.META.pop(header, "") for header in FORWARDED}
        is_proxied = is_trusted(request.META.get("REMOTE_ADDR", ""))
        if is_proxied:
            _believe(request, named["HTTP_X_FORWARDED_FOR"], named["HTTP_X_FORWARDED_PROTO"])
        logs.begin(named["HTTP_X_REQUEST_ID"] if is_proxied else "")
        # The second in which the answer begins to be made: what changes after that may not stand in it.
        second = int(time.time())
        response = get_response(request)
        if is_proxied and "public" in response.headers.get("Cache-Control", ""):
            # For nginx, which counts in whole seconds: its own "one second" lasts up to two.
            response.headers.setdefault("X-Accel-Expires", f"@{second}")
        return response

    return middleware


def _believe(request: HttpRequest, clients: str, scheme: str) -> None:
    """The nearest address that is no proxy of ours is the client; before it anybody may have written anything."""
    for word in reversed(clients.split(",")):
        address = address_of(word)
        if address is None:
            break
        request.META["REMOTE_ADDR"] = str(address)
        if not is_trusted(word):
            break
    if scheme.lower() in SCHEMES:
        request.META["wsgi.url_scheme"] = scheme.lower()


def edge(get_response: GetResponse) -> GetResponse:
    """Refuses unknown methods, bodies that no comment needs, and NUL in the address.

    PostgreSQL would refuse NUL with an error.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            response = render(request, "405.html", status=405)
            response["Allow"] = ", ".join(sorted(METHODS))
            return response
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        if request.path.startswith(READERS_PATHS) and _length(request) > REQUEST_MAX:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def _length(request: HttpRequest) -> int:
    """Bytes of the body as announced; a server hands over no more than that."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def headers(get_response: GetResponse) -> GetResponse:
    """Private and kept nowhere, unless the view or the file server said public, or private for a moment.

    What is private names its request, for the log.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        label = response.headers.get("Cache-Control", "")
        if "public" not in label and label != SHORT_CACHE_CONTROL:
            response.headers["Cache-Control"] = PRIVATE_CACHE_CONTROL
            response.headers["X-Request-ID"] = logs.request_id()
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp's, which puts the policy of every answer together anew; the readers' few are kept as texts."""

    _texts: ClassVar[dict[str, str]] = {}

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        own = vars(response).keys() & POLICY_OF_ITS_OWN
        if own or settings.DEBUG or getattr(request, "_csp_nonce", None) is not None:
            return super().process_response(request, response)
        more = getattr(response, "_csp_update", None)
        name = repr((settings.CONTENT_SECURITY_POLICY, more))
        text = self._texts.get(name)
        if text is None:
            text = self._texts[name] = build_policy(update=more)
        response.headers.setdefault(HEADER, text)
        # As there: a nonce that is asked for from here on would stand in no header.
        request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)
        return response


def content_policy(get_response: GetResponse) -> GetResponse:
    """Inside the CSP middleware: the admin's policy has nonces, single pages need a word more."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(STAFF_PATH):
            response._csp_replace = settings.STAFF_CONTENT_SECURITY_POLICY
        if request.resolver_match is not None:
            page = settings.PAGE_CONTENT_SECURITY_POLICY.get(request.resolver_match.url_name)
            if page:
                response._csp_update = page
        return response

    return middleware


def reader_hint(get_response: GetResponse) -> GetResponse:
    """Outside the sessions: where one begins the comments' script is told, where it ends no longer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is None:
            return response
        if session.value:
            writers.hint(response)
        elif writers.COOKIE not in request.COOKIES:
            response.delete_cookie(writers.HINT_COOKIE)
        return response

    return middleware


def staff_language(get_response: GetResponse) -> GetResponse:
    """Admin and account pages in the person's own language; public pages always in the paper's."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PERSONAL_PATHS):
            return get_response(request)
        chosen = request.user.language if request.user.is_authenticated else ""
        with translation.override(chosen or settings.LANGUAGE_CODE):
            return get_response(request)

    return middleware


def staff_second_factor(get_response: GetResponse) -> GetResponse:
    """With STAFF_SECOND_FACTOR the newsroom stays closed to staff without an authenticator app."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not (settings.STAFF_SECOND_FACTOR and request.path.startswith(STAFF_PATH)):
            return get_response(request)
        if not permissions.can_enter_admin(request.user) or is_mfa_enabled(request.user):
            return get_response(request)
        messages.warning(
            request, _("The newsroom needs a second factor. Please set up an authenticator app.")
        )
        return redirect("mfa_index")

    return middleware
