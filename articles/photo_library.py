"""The photo library as the editor's dialog sees it: newest photographs, search, and one upload per request.

Both doors answer JSON, to strangers too: a script cannot follow a redirect to the log-in page.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import formats, timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import permissions
from articles.models import Photo
from articles.photos import store_upload
from articles.pictures.renditions import NoSpace
from publication.text import fold_line

# Photos in one answer: what fills a large dialog twice.
PAGE_SIZE = 40
# A search looks through so many numbers for one answer; the next answer looks on from there.
LOOKED_THROUGH = 50_000
# A search longer than this is a mistake; it would only cost time.
QUERY_MAX = 100
SEARCHED = ("caption", "photographer", "credit", "original_name")
# Codes of a refusal that is about size alone; every other refusal is 422.
TOO_LARGE = frozenset({"too_large"})

View = Callable[[HttpRequest], HttpResponse]


class Unreadable(Exception):
    """A query that none of our pages sends: 400."""


def photo_data(photo: Photo) -> dict[str, Any]:
    """A photograph for the editor's scripts; texts are plain, dates are written out in the paper's time."""
    return {
        "id": photo.pk,
        "src": photo.preview_url,
        "width": photo.width,
        "height": photo.height,
        "caption": photo.caption,
        "credit": photo.credit or photo.photographer,
        "alt": photo.alt,
        "whole": photo.whole,
        "photographer": photo.photographer,
        "name": photo.original_name,
        "taken": formats.date_format(timezone.localtime(photo.taken_at or photo.uploaded_at), "DATE_FORMAT"),
    }


def found(query: str, day: date | None, before: int | None) -> QuerySet[Photo]:
    """Newest first: every word of the query in one of the searched fields, taken (else uploaded) on that day."""
    photos = Photo.objects.order_by("-id")
    for word in fold_line(query[:QUERY_MAX]).split():
        anywhere = Q()
        for field in SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": word})
        photos = photos.filter(anywhere)
    if day is not None:
        start = timezone.make_aware(datetime.combine(day, time.min))
        span = (start, start + timedelta(days=1) - timedelta(microseconds=1))
        photos = photos.filter(Q(taken_at__range=span) | Q(taken_at=None, uploaded_at__range=span))
    return photos.filter(pk__lt=before) if before else photos


def for_photo_users(view: View) -> View:
    """Refuses with JSON whoever may not use the library, and keeps every answer out of every cache."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if permissions.can_use_photos(request.user):
            response = view(request)
        elif request.user.is_authenticated:
            response = _refusal(_("You may not use the photo library."), 403)
        else:
            response = _refusal(
                _("Your log-in has ended. Log in again in another window, then try again."), 403
            )
        add_never_cache_headers(response)
        return response

    return guarded


@require_GET
@for_photo_users
def library(request: HttpRequest) -> HttpResponse:
    """One page of the library: {"photos": […], "next": the number to ask on from, or null}."""
    try:
        day, before = _day(request.GET.get("date", "")), _number(request.GET.get("before", ""))
    except Unreadable:
        return _refusal(_("This search cannot be read."), 400)
    query = request.GET.get("q", "")
    border = _border(before) if query or day else 0
    photos = list(found(query, day, before).filter(pk__gte=border)[: PAGE_SIZE + 1])
    shown = photos[:PAGE_SIZE]
    following = shown[-1].pk if len(photos) > PAGE_SIZE else None
    if following is None and border and Photo.objects.filter(pk__lt=border).exists():
        following = border
    return JsonResponse({"photos": [photo_data(photo) for photo in shown], "next": following})


@require_POST
@for_photo_users
def upload(request: HttpRequest) -> HttpResponse:
    """Takes one picture in the field `photo`: 201 with its data, or a refusal in words."""
    try:
        file = request.FILES.get("photo")
        if file is None:
            return _refusal(_("No file arrived. Send the picture again."), 422)
        photo = store_upload(file, by=request.user)
    except RequestDataTooBig:
        return _refusal(_("The file is too large."), 413)
    except ValidationError as refusal:
        too_large = getattr(refusal, "code", None) in TOO_LARGE
        return _refusal(" ".join(refusal.messages), 413 if too_large else 422)
    except NoSpace:
        return _refusal(_("There is no room left for pictures. Tell the people who run the server."), 507)
    return JsonResponse({"photo": photo_data(photo)}, status=201)


def photo_urls() -> list[URLPattern]:
    """For PhotoAdmin.get_urls, before its own: admin:articles_photo_library and admin:articles_photo_upload."""
    return [
        path("library/", library, name="articles_photo_library"),
        path("upload/", upload, name="articles_photo_upload"),
    ]


def _border(before: int | None) -> int:
    """The lowest number that an answer looks at."""
    top = before or Photo.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return max(0, top - LOOKED_THROUGH)


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    # A day's end must still be a date that a database can hold, in every time zone.
    if day is None or not 1900 <= day.year <= 9000:
        raise Unreadable
    return day


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise Unreadable
    return int(text)
