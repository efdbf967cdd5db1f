"""The visitor behind a request, as one who is about to do something."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from comments import writers
from comments.writers import Writer


def acting(request: HttpRequest) -> tuple[Writer, str]:
    """The writer, and the key that this browser must be given; blank where it has one, or an account.

    A new guest's key comes from the secret in the browser's CSRF cookie: of two first clicks at once both
    are the same guest, so that neither stores a second comment or a second vote.
    """
    by = writers.of(request)
    if by.is_known:
        return by, ""
    key, guest = writers.new_guest(request.META.get("CSRF_COOKIE", ""))
    return replace(guest, address=by.address), key
