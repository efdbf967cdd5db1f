"""Pages that the paper edits itself, and what is made of its logo and name."""

import json

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from publication import branding, versions
from publication.http import ICON_CACHE_CONTROL, picture, public_page
from publication.models import PolicyPage, Publication
from publication.standing import stands_on

# An article and nothing under it; its number alone tells it from what else begins like it.
ARTICLES = "/news/:number(\\d+)/"


@require_safe
@public_page
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    return render(
        request, "publication/policy.html", {"page": get_object_or_404(PolicyPage, slug=slug, is_shown=True)}
    )


@require_safe
def brand(request: HttpRequest, name: str) -> FileResponse:
    """The logo and the default share picture."""
    return picture(settings.MEDIA_ROOT / "brand" / name)


@require_safe
def icon(request: HttpRequest, name: str) -> FileResponse:
    """One of branding.ICONS, under the address where browsers look for it."""
    path = branding.icon_path(Publication.objects.current(), name)
    if path is None:
        raise Http404
    response = picture(path)
    response["Cache-Control"] = ICON_CACHE_CONTROL
    return response


@require_safe
def speculation(request: HttpRequest) -> HttpResponse:
    """Which pages a browser may fetch when a reader is about to follow a link: articles.

    Fetched only, never run before they are seen: a story that nobody opens is not read.
    """
    rules = {
        "prefetch": [
            {"source": "document", "where": {"href_matches": ARTICLES}, "eagerness": "moderate"},
        ]
    }
    answer = HttpResponse(json.dumps(rules), content_type="application/speculationrules+json")
    answer["Cache-Control"] = ICON_CACHE_CONTROL
    return answer


@require_safe
@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone asks when a reader puts the paper on the home screen."""
    stands_on(versions.PUBLICATION)
    publication = Publication.objects.current()
    told = {
        "name": publication.name,
        "short_name": publication.name,
        "description": publication.description,
        "lang": settings.LANGUAGE_CODE,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        # With the browser's way back: every article links to others.
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            {"src": reverse(f"icon-{side}"), "sizes": f"{side}x{side}", "type": "image/png"}
            for side in (192, 512)
        ],
    }
    text = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    return HttpResponse(text, content_type="application/manifest+json")
