"""How answers are labelled for caches: public pages say so themselves, everything else is private."""

from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import http_date

from publication import furniture, versions
from publication.pagecache.page import etag_of
from publication.prepared import OutdatedPlan
from publication.snapshot import snapshot
from publication.standing import Standing, collected

# Shared caches may keep a page for a second, and serve it a little longer while the paper does not answer.
# Without stale-while-revalidate: nginx would show readers who come at once what was taken away seconds ago.
PUBLIC_CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-if-error=60"
# The same for those edges that are told by PURGE_URL what has changed (RFC 9213); nobody else reads it.
EDGE_CACHE_CONTROL = "public, max-age=1, stale-while-revalidate=10, stale-if-error=60"
# A picture's name never changes, its focal point or credit may: an hour, then it is asked for anew.
PICTURE_CACHE_CONTROL = "public, max-age=3600, stale-while-revalidate=86400"
# An icon keeps its address when the logo changes.
ICON_CACHE_CONTROL = "public, max-age=86400, stale-while-revalidate=86400"
PRIVATE_CACHE_CONTROL = "private, no-store"
# Results of a search: nobody shares them, and the way back to them is short.
SHORT_CACHE_CONTROL = "private, max-age=30"

# Where browsers read which links they may fetch before they are followed.
SPECULATION_ADDRESS = "/speculation.json"

PICTURE_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ico": "image/vnd.microsoft.icon",
}

View = Callable[..., HttpResponse]


def public_page(view: View | None = None, *, query: tuple[str, ...] = ()) -> Any:
    """Marks a view whose answer is byte for byte the same for everybody, signed in or not.

    `query`: the parameters that change it; it is kept under these, and every other is ignored. What the
    answer is made of the code that reads it says, through publication.standing; it is all read as of one
    moment, the numbers of its version keys too.
    """
    if view is None:
        return partial(public_page, query=query)
    inner: View = view

    @wraps(inner)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.META.get("QUERY_STRING"):
            # The view sees no other: one that it has not named would show on everybody's page, or on nobody's.
            request.GET = _named(request.GET, query)

        def make() -> HttpResponse:
            return inner(request, *args, **kwargs)

        read = _kept if settings.PAGE_CACHE else _plain
        try:
            response, standing = read(make)
        except OutdatedPlan:
            # A migration came by. Nothing has been written, and the end of the snapshot forgot what was outdated.
            response, standing = read(make)
        if settings.PAGE_CACHE and not response.streaming:
            # The kept page's: otherwise the middleware would make another, which nobody sees.
            response.headers.setdefault("ETag", etag_of(response.content))
        response["Cache-Control"] = PUBLIC_CACHE_CONTROL
        response["CDN-Cache-Control"] = EDGE_CACHE_CONTROL
        if response["Content-Type"].startswith("text/html"):
            response["Speculation-Rules"] = f'"{SPECULATION_ADDRESS}"'
        response.standing = standing
        return response

    wrapper.page_query = query
    return wrapper


def _named(given: QueryDict, names: tuple[str, ...]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name in names:
        if name in given:
            found[name] = given[name]
    return found


def _plain(make: Callable[[], HttpResponse]) -> tuple[HttpResponse, Standing]:
    with snapshot(), collected() as standing:
        return make(), standing


def _kept(make: Callable[[], HttpResponse]) -> tuple[HttpResponse, Standing]:
    """With the numbers it will be kept under; made a second time if the furniture was of another moment."""
    with snapshot():
        try:
            response, standing, fits = _made(make)
        except Http404:
            # An old section tree does not know a new section.
            fits = False
        if not fits:
            response, standing, _fits = _made(make, afresh=True)
    return response, standing


def _made(make: Callable[[], HttpResponse], *, afresh: bool = False) -> tuple[HttpResponse, Standing, bool]:
    with collected() as standing, furniture.used(afresh=afresh) as used:
        response = make()
    standing.numbers = versions.numbers(*standing.keys)
    return response, standing, used.settle(standing.numbers.get(versions.PUBLICATION))


def picture(path: Path) -> FileResponse:
    """A picture this paper encoded itself, with a conditional answer's headers; Http404 for anything else."""
    content_type = PICTURE_TYPES.get(path.suffix.removeprefix("."))
    try:
        if content_type is None or not path.is_file():
            raise Http404
        response = FileResponse(path.open("rb"), content_type=content_type)
        response["Last-Modified"] = http_date(path.stat().st_mtime)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = PICTURE_CACHE_CONTROL
    # Feeds carry pictures to reader programs, many of which are web pages themselves.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
