"""The public pages of articles, and the served pictures."""

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import cards, fresh, presenting, story
from articles.models import Article
from publication import clock
from publication.http import picture, public_page
from publication.standing import stands_on


@require_safe
@public_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """200 while public; 410 once withdrawn; 404 for all that was never public, as if it did not exist."""
    stands_on(f"article:{pk}")
    found = story.public(pk, clock.now())
    if found is not None:
        return render(request, "articles/article.html", presenting.article_page(found))
    if Article.objects.withdrawn().filter(pk=pk).exists():
        return gone(request)
    raise Http404


def gone(request: HttpRequest) -> HttpResponse:
    """410 for what was withdrawn: without a word of it, but with stories that are there to be read."""
    return render(request, "410.html", {"fresh": fresh.stories(clock.now())}, status=410)


@require_safe
def article_moved(request: HttpRequest, pk: int, rest: str) -> HttpResponse:
    """Whatever follows the number leads to the article: a headline may stand in a link and change."""
    known = Article.objects.public(clock.now()) | Article.objects.withdrawn()
    get_object_or_404(known, pk=pk)
    return HttpResponsePermanentRedirect(f"/news/{pk}/")


@require_safe
def rendition(request: HttpRequest, key: str, name: str) -> FileResponse:
    """A served picture; originals stand elsewhere and have no address."""
    return picture(settings.MEDIA_ROOT / "photos" / key / name)


@require_safe
def card(request: HttpRequest, pk: int, name: str) -> HttpResponse | FileResponse:
    """The share card drawn of a public article; an older one's address leads to the one there is now."""
    kept = Article.objects.public(clock.now()).filter(pk=pk).values_list("card", flat=True).first() or {}
    if "drawn" not in kept:
        raise Http404
    if name != kept["drawn"]:
        return HttpResponseRedirect(reverse("card", args=[pk, kept["drawn"]]))
    return picture(cards.folder(pk) / name)
