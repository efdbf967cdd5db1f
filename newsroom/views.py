"""The front page, the health probes, and the answers to errors."""

import sys

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comments import answers
from newsroom import fronts, readiness
from publication import clock
from publication.http import PRIVATE_CACHE_CONTROL, public_page

# Seconds after which an address that asked too often may ask again.
RETRY_AFTER = 60
# Seconds after which to try again while the database is away.
RETRY_AFTER_OUTAGE = 10
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
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's limits all count by the minute, or a few of them."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context: the database may be what failed; then it is 503, and nothing typed is lost."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = unavailable(request)
        response.is_database_away = True
        return response
    return render(None, "500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is away. What was typed comes back in a form that can be sent again, passwords excepted."""
    if answers.wants_json(request):
        message = _(
            "The paper cannot save anything at this moment. Your text is kept; please try again soon."
        )
        response: HttpResponse = JsonResponse({"message": message}, status=503)
    else:
        context = {"typed": _typed(request), "action": request.get_full_path()}
        response = render(None, "503.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
    response["Cache-Control"] = PRIVATE_CACHE_CONTROL
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Fields and their texts, in order; nothing of a body that cannot be read."""
    try:
        fields = request.POST.lists() if request.method == "POST" else []
        return [(name, text) for name, texts in fields if "password" not in name for text in texts]
    except (BadRequest, SuspiciousOperation, OSError, MultiPartParserError):
        return []
