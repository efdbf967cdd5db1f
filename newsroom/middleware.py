"""The edges: what may come in, how every answer is labelled, which language staff read."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from publication.http import PRIVATE_CACHE_CONTROL

GetResponse = Callable[[HttpRequest], HttpResponseBase]
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
STAFF_PATHS = ("/admin/", "/accounts/")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


def edge(get_response: GetResponse) -> GetResponse:
    """Refuses unknown methods and NUL; believes forwarded headers from the trusted proxies only."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _believe_proxy(request)
        if request.method not in METHODS:
            response = render(request, "405.html", status=405)
            response["Allow"] = ", ".join(sorted(METHODS))
            return response
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def _believe_proxy(request: HttpRequest) -> None:
    """Puts the client's address and scheme in place if a trusted proxy named them, then drops the headers."""
    named = {header: request.META.pop(header, "") for header in FORWARDED}
    if not _is_trusted(request.META.get("REMOTE_ADDR", "")):
        return
    # The nearest address that is no proxy of ours is the client; what stands before it anybody may have written.
    for address in reversed(named["HTTP_X_FORWARDED_FOR"].split(",")):
        if _address(address) is None:
            break
        request.META["REMOTE_ADDR"] = address.strip()
        if not _is_trusted(address):
            break
    if named["HTTP_X_FORWARDED_PROTO"] in {"http", "https"}:
        request.META["wsgi.url_scheme"] = request.environ["wsgi.url_scheme"] = named["HTTP_X_FORWARDED_PROTO"]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None


def _is_trusted(text: str) -> bool:
    address = _address(text)
    return address is not None and any(address in network for network in settings.TRUSTED_PROXIES)


def headers(get_response: GetResponse) -> GetResponse:
    """Private unless the view said public; the staff's content policy where staff work."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", PRIVATE_CACHE_CONTROL)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response

    return middleware


def staff_content_policy(get_response: GetResponse) -> GetResponse:
    """Inside the CSP middleware: the admin and the accounts get the policy with nonces."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith(STAFF_PATHS):
            response._csp_replace = settings.STAFF_CONTENT_SECURITY_POLICY
        return response

    return middleware


def staff_language(get_response: GetResponse) -> GetResponse:
    """Admin and account pages in the person's own language; public pages always in the paper's."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(STAFF_PATHS):
            return get_response(request)
        chosen = request.user.language if request.user.is_authenticated else ""
        with translation.override(chosen or settings.LANGUAGE_CODE):
            response = get_response(request)
            if isinstance(response, HttpResponse) and hasattr(response, "render"):
                response.render()
            return response

    return middleware
