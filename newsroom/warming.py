"""After a deploy: the pages that readers ask for most are made by the new code before they ask.

Kept pages stand on the release that made them, so a deploy leaves the last good copies empty; a database that
goes away right then would leave readers nothing. What is fresh already is only looked at.
"""

from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from articles.models import Article, Section
from publication import clock
from publication.models import PolicyPage
from publication.pagecache.levels import levels

# How many of the newest articles are asked for unless somebody says otherwise, and at most: at 5 ms each a
# minute's work, and a fifth of what the shelf holds.
ARTICLES, ARTICLES_MAX = 300, 5_000
NAMES = ("front", "archive", "paper-rss", "sitemap", "sitemap-news", "robots", "manifest")


class DatabaseAway(Exception):
    """It went away meanwhile: nothing more can be made."""


class Warmer:
    """Asks for pages as a browser does, but inside this process; they come onto the shelves of all."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()
        self.site = urlsplit(settings.SITE_URL)

    def warm(self, articles: int) -> tuple[int, int]:
        """How many pages are kept now, and how many answered something else than 200; DatabaseAway."""
        kept = failed = 0
        for path in addresses(articles):
            if self.ask(path) == HTTPStatus.OK:
                kept += 1
            else:
                failed += 1
            if levels().outage.is_on:
                raise DatabaseAway
        return kept, failed

    def ask(self, path: str) -> int:
        """The status of the page at this path."""
        told: list[str] = []

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            told.append(status)

        answer = self.handler(self._environ(path), start_response)
        for _part in answer:
            pass
        answer.close()
        return int(told[0].partition(" ")[0])

    def _environ(self, path: str) -> dict[str, Any]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            # WSGI hands bytes over as letters of latin-1.
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "HTTP_HOST": self.site.netloc,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": BytesIO(),
        }
        setup_testing_defaults(environ)
        return environ


def addresses(articles: int) -> Iterator[str]:
    """Paths: the front page first, what programs read, the sections, the paper's own pages, the newest articles."""
    newest = Article.objects.public(clock.now()).newest().values_list("pk", flat=True)
    return chain(
        (reverse(name) for name in NAMES),
        (section.get_absolute_url() for section in Section.objects.order_by("pk")),
        (page.get_absolute_url() for page in PolicyPage.objects.filter(is_shown=True)),
        (reverse("article", args=[pk]) for pk in newest[: min(articles, ARTICLES_MAX)]),
    )
