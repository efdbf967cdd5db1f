"""Lists of articles: a section, a tag, a series, a reporter, a kind."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles import listings, paging
from articles.context import place as place_of
from articles.models import Reporter, Series
from articles.models.article import Grade, Kind
from articles.pages import list_stands_on
from articles.paging import Listed, Page
from publication import clock, versions
from publication.http import public_page

# A headline of the desk leads its section while it is among this many newest articles.
LEADS_AMONG = 8
RANKS = {Grade.HEADLINE: 0, Grade.IMPORTANT: 1}


def render_list(
    request: HttpRequest, listed: Listed, *keys: str, may_be_empty: bool = True, **context: Any
) -> HttpResponse:
    """A page of the list; `keys` are the page versions that a change of the list raises.

    The context's addresses are of this site, "" where there is no such page: `address` is the page's one
    address (the list's own at its top), `newer_url` and `older_url` its neighbours'.
    """
    page = paging.page(listed, request.GET)
    is_top = page.cursor == ""
    if is_top and not page.articles and not may_be_empty:
        raise Http404
    list_stands_on(*keys, cards=page.articles, now=listed.now)
    return render(
        request,
        "articles/list.html",
        {
            "articles": page.articles,
            "is_first_page": is_top,
            "next_cursor": page.older,
            "address": _address(request, page.cursor),
            "newer_url": "" if page.newer is None else _address(request, page.newer),
            "older_url": "" if page.older is None else _address(request, page.older),
            **context,
        }
        | _with_lead(context, page),
    )


def _address(request: HttpRequest, cursor: str) -> str:
    return f"{request.path}?before={cursor}" if cursor else request.path


def _with_lead(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """A section opens with what the desk graded highest among its newest, else with the newest."""
    if context["kind"] != "section" or page.cursor or not page.articles:
        return {}
    lead = min(page.articles[:LEADS_AMONG], key=lambda article: RANKS.get(article.grade, len(RANKS)))
    return {"articles": [lead, *(article for article in page.articles if article is not lead)]}


@require_safe
@public_page(query=paging.QUERY)
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section with its sub-sections' articles, or one sub-section."""
    place = place_of(slug)
    family = (place.parent or place).subsections
    shown = [place, *family] if place.parent_id is None else [place]
    return render_list(
        request,
        listings.of_sections(shown, clock.now()),
        # A change in a sub-section raises the section above it too.
        f"section:{place.pk}",
        kind="section",
        heading=place.name,
        object=place,
        subsections=family,
    )


@require_safe
@public_page(query=paging.QUERY)
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    label = get_object_or_404(Tag, slug=slug)
    return render_list(
        request,
        listings.of_tag(label.pk, clock.now()),
        f"tag:{label.pk}",
        # A name that stands on drafts only is nobody's to read yet.
        may_be_empty=False,
        kind="tag",
        heading=label.name,
        object=label,
    )


@require_safe
@public_page(query=paging.QUERY)
def series(request: HttpRequest, slug: str) -> HttpResponse:
    run = get_object_or_404(Series, slug=slug)
    return render_list(
        request,
        listings.of_series(run.pk, clock.now()),
        f"series:{run.pk}",
        may_be_empty=False,
        kind="series",
        heading=run.title,
        object=run,
    )


@require_safe
@public_page(query=paging.QUERY)
def reporter(request: HttpRequest, pk: int) -> HttpResponse:
    """A reporter's page; namesakes have their own."""
    person = get_object_or_404(Reporter.objects.select_related("portrait"), pk=pk)
    return render_list(
        request,
        listings.of_reporter(person.pk, clock.now()),
        f"reporter:{person.pk}",
        kind="reporter",
        heading=str(person),
        object=person,
    )


@require_safe
@public_page(query=paging.QUERY)
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """Articles of one kind: photo stories, videos, columns."""
    headings = {
        Kind.ARTICLE: _("Articles"),
        Kind.COLUMN: _("Columns"),
        Kind.PHOTO: _("Photo stories"),
        Kind.VIDEO: _("Videos"),
    }
    if name not in headings:
        raise Http404
    listed = listings.of_kind(name, clock.now())
    return render_list(request, listed, versions.FRONT, kind="kind", heading=headings[name], object=None)
