"""One view, two kinds of answer: pages for browsers, JSON for the script that asks for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from comments import writers
from comments.refusals import Refused, TooMuch

SEE_OTHER = 303


def wants_json(request: HttpRequest) -> bool:
    """Only who names JSON gets it; a browser's */* means a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def done(request: HttpRequest, address: str, data: dict[str, Any], guest_key: str = "") -> HttpResponse:
    """After a verb: the data as JSON, or 303 to the page that shows what became of it.

    `guest_key` is remembered in the browser where it has just been made.
    """
    if wants_json(request):
        response: HttpResponse = JsonResponse(data)
    else:
        response = HttpResponseRedirect(address, status=SEE_OTHER)
    if guest_key:
        writers.remember(response, guest_key)
    return response


def refused(
    request: HttpRequest, refusal: Refused, template: str, context: dict[str, Any], **data: Any
) -> HttpResponse:
    """The reason with its status, and everything typed: in the form, or as JSON beside the message."""
    if wants_json(request):
        response: HttpResponse = JsonResponse({"message": refusal.message, **data}, status=refusal.status)
    else:
        context = {**context, "refusal": refusal.message}
        response = render(request, template, context, status=refusal.status)
    if isinstance(refusal, TooMuch):
        response["Retry-After"] = str(refusal.retry_after)
    return response
