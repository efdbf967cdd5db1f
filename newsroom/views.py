"""The front page, the health probes, and the answers to errors."""

from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import repercent_broken_unicode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import fresh, old_addresses
from comments import answers
from newsroom import fronts, readiness
from publication import clock
from publication.http import PUBLIC_CACHE_CONTROL, public_page

# Seconds after which an address that asked too often may ask again.
RETRY_AFTER = 60
# What a comment's expired form gives back: never a password.
KEPT_FIELDS = ("body", "nickname", "token", "version", "value", "reason")


@require_safe
@public_page
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "newsroom/front.html", fronts.front_page(clock.now()))


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations, the tick's heartbeat and the cache; 503 while one of them is not well."""
    state = readiness.state()
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django knows one answer for all it cannot read; what is too long to be read has its own."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form has expired; a comment that was typed into it stands in a form that will be taken."""
    if answers.wants_json(request):
        message = _("The form has expired. Please send it again; your text is kept.")
        return JsonResponse({"message": message, "csrf": get_token(request)}, status=403)
    typed = {name: text for name, text in request.POST.items() if name in KEPT_FIELDS}
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """With a search box and the newest stories; of the bare words alone while the database is away."""
    try:
        moved = None if request.resolver_match else _from_an_old_address(request)
        if moved is not None:
            return moved
        return render(request, "404.html", {"fresh": fresh.stories(clock.now())}, status=404)
    except Error:
        bare = {"error_base": "error_plain.html", "is_bare": True}
        return render(None, "404.html", bare, status=404)


def _from_an_old_address(request: HttpRequest) -> HttpResponse | None:
    """Where the paper knows no such address itself, an article may have stood there before it moved in."""
    if request.method not in {"GET", "HEAD"}:
        return None
    query = repercent_broken_unicode(
        request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    ).decode()
    pk = old_addresses.article_at(request.path_info, query, clock.now())
    if pk is None:
        return None
    response = HttpResponsePermanentRedirect(reverse("article", args=[pk]))
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's limits all count by the minute, or a few of them."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
