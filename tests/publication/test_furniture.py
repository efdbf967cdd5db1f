"""What stands on every page is kept under the number of its key, and no page mixes two moments."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.models import Section
from publication import furniture, versions
from publication.http import public_page
from publication.models import Publication
from publication.pagecache.levels import holder
from tests.factories import make_published_article, make_reporter, make_section, make_series

pytestmark = pytest.mark.django_db


def page_of(make: Callable[[], object]) -> str:
    """A public page that shows one thing."""
    view = public_page(lambda request: HttpResponse(str(furniture.thing("it", make))))
    return view(RequestFactory().get("/")).content.decode()


def raised() -> None:
    with transaction.atomic():
        versions.bump(versions.PUBLICATION)


def test_it_is_made_once_for_each_number(page_cache: None) -> None:
    assert [page_of(lambda: "one"), page_of(lambda: "two")] == ["one", "one"]
    raised()
    assert [page_of(lambda: "three"), page_of(lambda: "four")] == ["three", "three"]


def test_a_page_that_took_something_old_is_made_once_more(page_cache: None) -> None:
    made: list[HttpRequest] = []

    @public_page
    def view(request: HttpRequest) -> HttpResponse:
        made.append(request)
        return HttpResponse(furniture.thing("name", lambda: Publication.objects.current().name))

    def answer() -> tuple[str, int]:
        made.clear()
        return view(RequestFactory().get("/")).content.decode(), len(made)

    first = answer()
    assert answer() == first == (Publication.objects.current().name, 1)
    Publication.objects.update_or_create(pk=1, defaults={"name": "새 이름"})
    raised()
    assert answer() == ("새 이름", 2)
    assert answer() == ("새 이름", 1)


def test_what_an_older_moment_made_is_not_kept_under_a_newer_number(page_cache: None) -> None:
    page_of(lambda: "old")
    raised()

    def view(request: HttpRequest) -> HttpResponse:
        furniture.thing("it", lambda: "new")
        return HttpResponse(furniture.thing("other", lambda: f"{len(seen)}"))

    seen: list[str] = []
    assert public_page(view)(RequestFactory().get("/")).content == b"0"
    assert page_of(lambda: "newer") == "new"


def test_without_the_page_cache_nothing_is_kept() -> None:
    assert [page_of(lambda: "one"), page_of(lambda: "two")] == ["one", "two"]


def test_a_new_section_is_found_and_named_at_once(page_cache: None, client: Client) -> None:
    article = make_published_article()
    assert client.get(article.url).status_code == 200
    with transaction.atomic():
        section = make_section()
        versions.bump(versions.PUBLICATION)
    holder.renew()
    assert section.name in client.get(article.url).content.decode()
    assert client.get(section.get_absolute_url()).status_code == 200
    assert Section.objects.count() == 2


# Of a page of which nothing is kept; an article with too few tags asks the search besides.
COLD = {"article": 8, "thread": 4, "front": 7, "section": 5, "tag": 6, "reporter": 6}


@pytest.mark.parametrize("page", COLD)
def test_a_cold_page_takes_few_queries(page_cache: None, client: Client, page: str) -> None:
    series, section, person = make_series(), make_section(), make_reporter()
    articles = [
        make_published_article(tags=("강", "산"), series=series, section=section, by=person)
        for _ in range(12)
    ]
    article = articles[5]
    address = {
        "article": article.url,
        "thread": f"{article.url}comments/",
        "front": "/",
        "section": section.get_absolute_url(),
        "tag": "/tag/강/",
        "reporter": person.get_absolute_url(),
    }[page]
    # Another page has made the furniture and found what is most read.
    client.get(articles[0].url)
    client.get("/")
    holder.renew()
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    asked = [one["sql"] for one in made if one["sql"].lstrip(" (").startswith("SELECT")]
    assert len(asked) <= COLD[page], "\n".join(asked)
