"""The public pages of articles, and the served pictures."""

from typing import Any

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
from taggit.models import Tag

from articles import cards, paging, presenting
from articles.models import Article, Reporter, Section, Series
from articles.models.article import ArticleQuerySet
from publication import clock
from publication.http import picture, public_page


@require_safe
@public_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """200 while public; 410 once withdrawn; 404 for all that was never public, as if it did not exist."""
    story = Article.objects.public(clock.now()).for_page().filter(pk=pk).first()
    if story is not None:
        return render(request, "articles/article.html", presenting.article_page(story))
    if Article.objects.withdrawn().filter(pk=pk).exists():
        return render(request, "410.html", status=410)
    raise Http404


@require_safe
def article_moved(request: HttpRequest, pk: int, rest: str) -> HttpResponse:
    """Whatever follows the number leads to the article: a headline may stand in a link and change."""
    known = Article.objects.public(clock.now()) | Article.objects.withdrawn()
    get_object_or_404(known, pk=pk)
    return HttpResponsePermanentRedirect(f"/news/{pk}/")


def _demand_some(articles: ArticleQuerySet) -> None:
    """A name that stands on drafts only is nobody's to read yet."""
    if not articles.exists():
        raise Http404


def _list(request: HttpRequest, articles: ArticleQuerySet, **context: Any) -> HttpResponse:
    found, next_cursor = paging.page(articles, request.GET.get("before"))
    return render(
        request,
        "articles/list.html",
        {
            "articles": found,
            "next_cursor": next_cursor,
            "is_first_page": "before" not in request.GET,
            **context,
        },
    )


@require_safe
@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section with its sub-sections' articles, or one sub-section."""
    place = get_object_or_404(Section.objects.select_related("parent"), slug=slug)
    subsections = list(place.children.all()) if place.parent_id is None else []
    articles = Article.objects.public(clock.now()).for_cards().filter(section__in=[place, *subsections])
    return _list(request, articles, kind="section", heading=place.name, object=place, subsections=subsections)


@require_safe
@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    label = get_object_or_404(Tag, slug=slug)
    articles = Article.objects.public(clock.now()).for_cards().filter(tags=label)
    _demand_some(articles)
    return _list(request, articles, kind="tag", heading=label.name, object=label)


@require_safe
@public_page
def series(request: HttpRequest, slug: str) -> HttpResponse:
    run = get_object_or_404(Series, slug=slug)
    articles = Article.objects.public(clock.now()).for_cards().filter(series=run)
    _demand_some(articles)
    return _list(request, articles, kind="series", heading=run.title, object=run)


@require_safe
@public_page
def reporter(request: HttpRequest, pk: int) -> HttpResponse:
    """A reporter's page; namesakes have their own."""
    person = get_object_or_404(Reporter.objects.select_related("portrait"), pk=pk)
    own = Article.objects.filter(bylines__reporter=person).values("pk")
    articles = Article.objects.public(clock.now()).for_cards().filter(pk__in=own)
    return _list(request, articles, kind="reporter", heading=str(person), object=person)


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
