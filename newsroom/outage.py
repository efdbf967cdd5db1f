"""When the paper itself fails, or its database is away: nothing typed is lost."""

import sys

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _

from comments import answers
from publication.http import PRIVATE_CACHE_CONTROL

# Seconds after which to try again while the database is away.
RETRY_AFTER = 10
# PostgreSQL's codes: it took too long, waited too long for a lock, was one of two that waited for each other, met a
# change, or was prepared before a migration (publication.prepared.OutdatedPlan).
BUSY = frozenset({"57014", "55P03", "40P01", "40001", "0A000"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context: the database may be what failed, and then it is 503."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = unavailable(request)
        response.is_database_away = True
        response.is_database_busy = _is_busy(sys.exc_info()[1])
        return response
    return render(None, "500.html", status=500)


def is_away(error: BaseException | None) -> bool:
    """Whether this failure says that the database does not answer, whoever asks."""
    return isinstance(error, OperationalError | InterfaceError) and not _is_busy(error)


def _is_busy(error: BaseException | None) -> bool:
    """The database is there and gave this one statement up."""
    cause = error.__cause__ if error else None
    name = getattr(cause, "sqlite_errorname", None) or ""
    return getattr(cause, "sqlstate", None) in BUSY or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def unavailable(request: HttpRequest) -> HttpResponse:
    """503. What was typed comes back in a form that can be sent again, passwords excepted."""
    if answers.wants_json(request):
        message = _(
            "The paper cannot save anything at this moment. Your text is kept; please try again soon."
        )
        response: HttpResponse = JsonResponse({"message": message}, status=503)
    else:
        context = {"typed": _typed(request), "action": request.get_full_path()}
        response = render(None, "503.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = PRIVATE_CACHE_CONTROL
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Fields and their texts, in order; nothing of a body that cannot be read."""
    try:
        fields = request.POST.lists() if request.method == "POST" else []
        return [(name, text) for name, texts in fields if "password" not in name for text in texts]
    except (BadRequest, SuspiciousOperation, OSError, MultiPartParserError):
        return []
