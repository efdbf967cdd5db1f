"""What readers get while the database is away: the last good copy with a notice, or a 503 that keeps their words."""

import time
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_resolver

from publication.pagecache.levels import levels
from publication.pagecache.page import Page

# The notice stands before the page's main part.
PLACE = b'<main class="main"'
CACHE_CONTROL = "public, max-age=0, s-maxage=1"


def copy_of(request: HttpRequest, name: str) -> HttpResponse | None:
    """The last good copy. Taken from readers while the database is away is nothing, so it may be remembered."""
    kept = levels()
    slot = kept.notices.get(name)
    if slot is not None:
        return slot.page.answer(request)
    page = kept.copies.get(name)
    if page is None:
        return None
    noticed = _with_notice(page)
    kept.notices.put(name, noticed, time.monotonic())
    return noticed.answer(request)


def _with_notice(page: Page) -> Page:
    headers = {**page.headers, "Cache-Control": CACHE_CONTROL}
    if not headers.get("Content-Type", "").startswith("text/html"):
        return replace(page, headers=headers)
    notice = render_to_string("_outage_notice.html").encode()
    content = page.content.replace(PLACE, notice + PLACE, 1)
    return Page.made(page.status, headers, content, page.numbers, page.until)


def refusal(request: HttpRequest) -> HttpResponse:
    """503, in the paper's own words: `handler503` of its addresses."""
    return get_resolver().resolve_error_handler(503)(request)
