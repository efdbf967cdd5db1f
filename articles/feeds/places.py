"""Of what there are feeds: the paper, sections, series, reporters, tags. Each place answers like its page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse
from taggit.models import Tag

from articles import listings
from articles.models import Article, Reporter, Section, Series
from articles.paging import Listed
from publication import clock, versions


@dataclass(frozen=True)
class Place:
    """A list of articles as its page has it. path: the page's own address; key: the version it stands on.

    heading: "" for the whole paper.
    """

    path: str
    key: str
    listed: Listed
    heading: str = ""
    description: str = ""
    may_be_empty: bool = True


# What stands after a page's address, by the name of the format.
ENDINGS = {"rss": "rss/", "atom": "atom/", "json": "feed.json"}


def paper() -> Place:
    now = clock.now()
    return Place(path=reverse("front"), key=versions.FRONT, listed=Listed([Article.objects.public(now)], now))


def section(slug: str) -> Place:
    """A section with its sub-sections' articles, or one sub-section."""
    found = get_object_or_404(Section, slug=slug)
    return Place(
        path=found.get_absolute_url(),
        key=f"section:{found.pk}",
        listed=listings.of_sections([found, *found.children.all()], clock.now()),
        heading=found.name,
    )


def series(slug: str) -> Place:
    found = get_object_or_404(Series, slug=slug)
    return Place(
        path=found.get_absolute_url(),
        key=f"series:{found.pk}",
        listed=listings.of_series(found.pk, clock.now()),
        heading=found.title,
        description=found.description,
        may_be_empty=False,
    )


def reporter(pk: int) -> Place:
    found = get_object_or_404(Reporter, pk=pk)
    return Place(
        path=found.get_absolute_url(),
        key=f"reporter:{found.pk}",
        listed=listings.of_reporter(found.pk, clock.now()),
        heading=str(found),
    )


def tag(slug: str) -> Place:
    found = get_object_or_404(Tag, slug=slug)
    return Place(
        path=reverse("tag", args=[slug]),
        key=f"tag:{found.pk}",
        listed=listings.of_tag(found.pk, clock.now()),
        heading=f"#{found.name}",
        # A name that stands on drafts only is nobody's to read yet.
        may_be_empty=False,
    )


PLACES: dict[str, Callable[..., Place]] = {
    "paper": paper,
    "section": section,
    "series": series,
    "reporter": reporter,
    "tag": tag,
}
