"""What a feed tells of each article: taken from what is stored, made absolute, free of what XML forbids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Photo
from articles.paging import Listed
from articles.pictures import renditions
from publication.standing import stands_on
from publication.text import xml_text

ENTRIES = 30
"""Articles in one feed, the newest; a reader program that asks once a day misses none of a middling paper."""

PICTURE_WIDTH = 1200
"""Pixels of the widest picture that a feed names."""

# What of the article page's HTML a reader program shows. `picture` and its sources go, the `img` in it stays.
_TAGS = {
    *("p", "h2", "h3", "blockquote", "ul", "ol", "li", "hr", "br", "div", "figure", "figcaption", "img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "b", "strong", "em", "i", "u", "s", "sub", "sup", "code"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
_NOT_TEXT = {"button", "script", "style", "svg", "template", "iframe"}


@dataclass(frozen=True)
class Person:
    """Bare name, without title, as it was when the article was published."""

    name: str
    url: str


@dataclass(frozen=True)
class Picture:
    """The lead photo, else the first figure: absolute addresses, sizes in pixels, its words as the article has them."""

    url: str
    width: int
    height: int
    thumbnail: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """One article. summary: plain text; html: the whole text, "" where the feed carries summaries."""

    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    people: tuple[Person, ...]
    categories: tuple[str, ...]
    picture: Picture | None
    rights: str


def newest(listed: Listed, *, full: bool) -> list[Entry]:
    """The newest ENTRIES; a fixed number of queries."""
    cards = listed.beside(None, ENTRIES).for_cards().prefetch_related("tags")
    if full:
        cards = cards.defer(None).defer("body")
    found = list(cards)
    stands_on(*(f"tag:{tag.pk}" for article in found for tag in article.tags.all()))
    if full:
        # Photographs and patterns change the text without changing the list.
        stands_on(*(f"article:{article.pk}" for article in found))
    return [_entry(article, full=full) for article in found]


def _entry(article: Article, *, full: bool) -> Entry:
    url = settings.SITE_URL + article.get_absolute_url()
    published = timezone.localtime(article.first_published_at)
    updated = timezone.localtime(article.content_modified_at or article.first_published_at)
    return Entry(
        url=url,
        title=xml_text(article.title),
        summary=xml_text(article.summary),
        html=_readable(article.lead_html + article.body_html, url) if full else "",
        # To the second, as on the page.
        published=published.replace(microsecond=0),
        updated=updated.replace(microsecond=0),
        people=tuple(_people(article)),
        categories=tuple(xml_text(name) for name in _categories(article)),
        picture=_picture(article),
        rights=xml_text(article.copyright),
    )


def _people(article: Article) -> Iterator[Person]:
    """Each person once, also who wrote and took the pictures."""
    seen = set()
    for byline in article.bylines.all():
        if byline.reporter_id not in seen:
            seen.add(byline.reporter_id)
            page = settings.SITE_URL + reverse("reporter", args=[byline.reporter_id])
            yield Person(xml_text(byline.name), page)


def _categories(article: Article) -> Iterator[str]:
    names = [article.section.name] if article.section else []
    yield from dict.fromkeys([*names, *sorted(tag.name for tag in article.tags.all())])


def _picture(article: Article) -> Picture | None:
    if article.lead_photo is not None:
        return _of(article.lead_photo, article.lead_caption, article.lead_credit)
    for figure in article.first_figures:
        return _of(figure.photo, figure.caption, figure.credit)
    return None


def _of(photo: Photo, caption: str, credit: str) -> Picture | None:
    widest = renditions.widest_jpeg(photo.renditions, PICTURE_WIDTH)
    if widest is None:
        return None
    return Picture(
        url=settings.SITE_URL + photo.rendition_url(widest["name"]),
        width=widest["width"],
        height=widest["height"],
        thumbnail=settings.SITE_URL + photo.preview_url,
        caption=xml_text(caption),
        credit=xml_text(credit),
    )


def _readable(html: str, url: str) -> str:
    """The public HTML for a page that is not ours: plain elements, addresses absolute, nothing to press."""
    return xml_text(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            clean_content_tags=_NOT_TEXT,
            link_rel=None,
            url_relative=("rewrite_with_base", url),
        )
    )
