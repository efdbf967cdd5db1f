"""Sitemaps: an index, articles with their pictures in fixed chunks of numbers, pages, reporters, and the news.

Not django.contrib.sitemaps: that one takes its addresses from the request's Host, counts all articles, and
pages by OFFSET, so that every new article moves every page. Here an article's chunk never changes, and a
chunk is read in batches, whatever the archive's size.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from articles.models import Article, Byline, Photo, Placement, Reporter, Section, Series
from articles.models.article import ArticleQuerySet
from articles.pages import next_publication
from articles.pictures.renditions import widest_jpeg
from publication import clock, versions
from publication.http import public_page
from publication.models import PolicyPage, Publication
from publication.standing import ends_at, stands_on
from publication.templatetags.moments import machine_time
from publication.text import xml_text

CHUNK = 10_000
"""Article numbers in one file; the format allows 50,000 addresses, and 50 MB with their pictures."""

BATCH = 500
"""Articles read at once, so that memory stays bounded."""

WHOLE_MAX = 8 * 1024 * 1024
"""Bytes of a file that is made as a whole, and so kept as pages are; a longer one is read while it is sent."""

PAGES_MAX = 50_000
"""Addresses that the format allows in one file."""

# Chunks that one query asks for; each is a column of it.
PROBES = 200
NEWS_AGE = timedelta(days=2)
NEWS_MAX = 1_000
PICTURE_WIDTH = 1600
XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"


@require_safe
@public_page
def index(request: HttpRequest) -> HttpResponse:
    """Every sitemap that is not empty; the news sitemap stands in robots.txt, not here.

    No lastmod: a true one would mean to read every article of every chunk, and each address inside has its own.
    """
    now = clock.now()
    stands_on(versions.FRONT)
    ends_at(next_publication(now))
    paths = [reverse("sitemap-pages")]
    if _reporters(now).exists():
        paths.append(reverse("sitemap-reporters"))
    paths += [reverse("sitemap-articles", args=[number]) for number in _chunks(now)]
    lines = [f"<sitemap><loc>{_loc(path)}</loc></sitemap>\n" for path in paths]
    return HttpResponse(
        [_HEAD, f'<sitemapindex xmlns="{_SCHEMA}">\n', *lines, "</sitemapindex>\n"], content_type=XML
    )


@require_safe
@public_page
def articles(request: HttpRequest, number: int) -> HttpResponse | StreamingHttpResponse:
    """The public articles of one chunk of numbers; 404 for a chunk without any."""
    public = _in_chunk(Article.objects.public(clock.now()), number)
    if not public.exists():
        raise Http404
    stands_on(versions.FRONT)
    ends_at(next_publication(clock.now()))
    return _whole_or_streamed(_urlset(_article_lines(public)))


def _whole_or_streamed(lines: Iterator[str]) -> HttpResponse | StreamingHttpResponse:
    """Memory stays bounded either way: a file with very many pictures is kept by nobody."""
    whole, size = [], 0
    for line in lines:
        whole.append(line)
        # Addresses are ASCII.
        size += len(line)
        if size > WHOLE_MAX:
            return StreamingHttpResponse(chain(whole, lines), content_type=XML)
    return HttpResponse(whole, content_type=XML)


@require_safe
@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """The front page, the sections, the series that have articles, the paper's own pages."""
    now = clock.now()
    stands_on(versions.FRONT, versions.PUBLICATION)
    ends_at(next_publication(now))
    running = Article.objects.public(now).filter(series=OuterRef("pk"))
    series = list(Series.objects.filter(Exists(running)).order_by("id")[: PAGES_MAX // 2])
    stands_on(*(f"series:{one.pk}" for one in series))
    paths = [
        reverse("front"),
        *(section.get_absolute_url() for section in Section.objects.order_by("id")),
        *(one.get_absolute_url() for one in series),
        *(page.get_absolute_url() for page in PolicyPage.objects.filter(is_shown=True)),
    ]
    return HttpResponse(_urlset(_lines(paths[:PAGES_MAX])), content_type=XML)


@require_safe
@public_page
def reporters(request: HttpRequest) -> HttpResponse:
    """The pages of everybody who has a public article."""
    now = clock.now()
    stands_on(versions.FRONT)
    ends_at(next_publication(now))
    found = _reporters(now).order_by("id").only("pk")[:PAGES_MAX]
    return HttpResponse(_urlset(_lines(person.get_absolute_url() for person in found)), content_type=XML)


@require_safe
@public_page
def news(request: HttpRequest) -> HttpResponse:
    """What Google News reads: articles of the last two days, newest first."""
    now = clock.now()
    stands_on(versions.FRONT, versions.PUBLICATION)
    recent = Article.objects.public(now).filter(publish_at__gt=now - NEWS_AGE).newest()
    found = list(recent.only("title", "first_published_at", "publish_at")[:NEWS_MAX])
    ends_at(next_publication(now))
    if found:
        ends_at(found[-1].publish_at + NEWS_AGE)
    told = {
        "name": xml_text(Publication.objects.current().name),
        "language": settings.LANGUAGE_CODE,
        "articles": [
            {"loc": settings.SITE_URL + one.url, "at": one.first_published_at, "title": xml_text(one.title)}
            for one in found
        ],
    }
    return render(request, "articles/sitemap_news.xml", told, content_type=XML)


def _in_chunk(found: ArticleQuerySet, number: int) -> ArticleQuerySet:
    """Number 0 has the articles 0 to CHUNK - 1."""
    return found.filter(id__gte=number * CHUNK, id__lt=(number + 1) * CHUNK)


def _chunks(now: datetime) -> list[int]:
    """Numbers of the chunks that hold a public article: one query for each PROBES of them, and no count."""
    last = Article.objects.order_by("-id").values_list("id", flat=True).first()
    if last is None:
        return []
    numbers = range(last // CHUNK + 1)
    found: list[int] = []
    for start in range(0, len(numbers), PROBES):
        probes = {
            f"has_{number}": Exists(_in_chunk(Article.objects.public(now), number))
            for number in numbers[start : start + PROBES]
        }
        row = Article.objects.filter(id=last).values(**probes).first() or {}
        found += [int(name.removeprefix("has_")) for name, is_there in row.items() if is_there]
    return sorted(found)


def _reporters(now: datetime) -> "Iterable[Reporter]":
    # A byline knows when its article is out, and the index of a reporter's list begins with such a one.
    return Reporter.objects.filter(
        Exists(Byline.objects.filter(reporter=OuterRef("pk"), publish_at__lte=now))
    )


def _article_lines(public: ArticleQuerySet) -> Iterator[str]:
    """Bare rows: ten thousand articles as objects would cost seconds."""
    rows = public.order_by("id").values_list("id", "first_published_at", "content_modified_at")
    after = 0
    while batch := list(rows.filter(id__gt=after)[:BATCH]):
        after = batch[-1][0]
        pictures = _pictures([pk for pk, _first, _changed in batch])
        for pk, first, changed in batch:
            images = "".join(
                f"<image:image><image:loc>{loc}</image:loc></image:image>" for loc in pictures.get(pk, ())
            )
            lastmod = machine_time(changed or first)
            yield f"<url><loc>{_loc(reverse('article', args=[pk]))}</loc><lastmod>{lastmod}</lastmod>{images}</url>\n"


def _pictures(articles: list[int]) -> dict[int, list[str]]:
    """Addresses of each article's photographs at their widest, each once."""
    placed = Placement.objects.filter(article_id__in=articles).order_by("article_id", "role", "order")
    pairs = dict.fromkeys(placed.values_list("article_id", "photo_id"))
    photos = Photo.objects.only("key", "renditions").in_bulk({photo for _article, photo in pairs})
    locs = {pk: _widest(photo) for pk, photo in photos.items()}
    found: dict[int, list[str]] = {}
    for article, photo in pairs:
        if loc := locs[photo]:
            found.setdefault(article, []).append(loc)
    return found


def _widest(photo: Photo) -> str:
    widest = widest_jpeg(photo.renditions, PICTURE_WIDTH)
    return _loc(photo.rendition_url(widest["name"])) if widest else ""


def _lines(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        yield f"<url><loc>{_loc(path)}</loc></url>\n"


def _urlset(lines: Iterable[str]) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{_SCHEMA}" xmlns:image="{_IMAGES}">\n'
    yield from lines
    yield "</urlset>\n"


def _loc(path: str) -> str:
    return escape(settings.SITE_URL + iri_to_uri(path))
