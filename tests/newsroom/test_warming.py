"""A deploy leaves no copies; `manage.py warm` makes them before an outage asks for them."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from articles.models import Article
from newsroom import warming
from publication.models import PolicyPage
from publication.pagecache.levels import levels
from tests.factories import make_article, make_published_article, make_section
from tests.publication.kept import other_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("publication")]


@pytest.fixture(params=["http://testserver", "https://testserver:8443"])
def paper(page_cache: None, settings: Any, request: pytest.FixtureRequest) -> list[Article]:
    """Four articles in two sections, of which one is a draft."""
    settings.SITE_URL = request.param
    settings.SECURE_SSL_REDIRECT = request.param.startswith("https")
    PolicyPage.objects.create(slug="terms", title="이용약관")
    section = make_section(slug="society")
    make_section(slug="seoul", parent=section)
    make_article(section=section)
    return [make_published_article(section=section) for _number in range(3)]


def warm(*arguments: str) -> str:
    said = StringIO()
    call_command("warm", *arguments, stdout=said)
    return said.getvalue()


def kept(path: str) -> bool:
    return levels().copies.get(path) is not None


def test_what_readers_ask_for_most_is_kept(paper: list[Article]) -> None:
    said = warm("--articles=2")
    read = [
        "/",
        "/section/society/",
        "/section/seoul/",
        "/policy/terms/",
        "/rss/",
        "/archive/",
        "/sitemap.xml",
    ]
    assert [path for path in read if not kept(path)] == []
    assert [kept(article.url) for article in paper] == [False, True, True]
    assert said == f"newsroom: {len(warming.NAMES) + 2 + 1 + 2} pages are kept\n"


def test_readers_of_the_new_release_find_the_copies(
    paper: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    warm()
    monkeypatch.setattr("publication.pagecache.levels.release", lambda: "another")
    other_process()
    assert not kept("/")
    warm()
    other_process()
    monkeypatch.setattr("publication.pagecache.outage.answers", lambda: False)
    levels().begin_outage()
    is_secure = warming.settings.SECURE_SSL_REDIRECT
    for path in ("/", paper[0].url):
        answer = Client().get(path, secure=is_secure)
        assert (answer.status_code, b"outage-notice" in answer.content) == (200, True)


def test_what_is_fresh_is_not_made_again(paper: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    warm()
    other_process()

    def remake(*args: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("newsroom.fronts.front_page", remake)
    warm()


def test_there_is_a_most(paper: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "ARTICLES_MAX", 1)
    warm("--articles=1000000")
    assert [kept(article.url) for article in paper] == [False, False, True]


def test_a_database_that_goes_away_ends_it(paper: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("publication.pagecache.outage.answers", lambda: False)
    monkeypatch.setattr("newsroom.fronts.front_page", away)
    with pytest.raises(CommandError, match="does not answer"):
        warm()


def test_a_page_that_fails_is_told(paper: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "NAMES", ("front",))
    monkeypatch.setattr(
        warming, "addresses", lambda articles: iter(["/", reverse("section", args=["nowhere"])])
    )
    with pytest.raises(CommandError, match="not answered: 1"):
        warm()


def test_nothing_is_kept_while_pages_are_made_for_developers(settings: Any) -> None:
    settings.PAGE_CACHE = False
    with pytest.raises(CommandError, match="DEBUG"):
        warm()
