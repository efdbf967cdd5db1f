"""In front of Django: what is fresh in memory, and nothing that is not."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.test import Client, RequestFactory

from publication import versions
from publication.models import Publication
from publication.pagecache.front_door import FrontDoor, is_plain
from tests.factories import make_publication
from tests.publication.pages import Counted, counted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.publication.pages")]


@pytest.fixture
def client() -> Client:
    """A browser: what goes wrong inside is an answer."""
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def pages(page_cache: None) -> Counted:
    counted.__init__()
    make_publication(name="한강신문")
    return counted


def rename(name: str, *, removing: bool = False) -> None:
    with transaction.atomic():
        Publication.objects.update(name=name)
        versions.bump("publication", removing=removing)


def at_the_door(path: str = "/name/", **environ: str) -> tuple[str, dict[str, str], bytes]:
    """What the WSGI application answers, Django inside or not."""
    told: list[Any] = []
    answer = FrontDoor(WSGIHandler())(
        RequestFactory().get(path, **environ).environ, lambda status, headers: told.extend([status, headers])
    )
    return told[0], dict(told[1]), b"".join(answer)


def test_the_door_gives_what_the_middleware_gives(client: Client, pages: Counted) -> None:
    through_django = client.get("/name/", HTTP_ACCEPT_ENCODING="gzip")
    status, headers, body = at_the_door(HTTP_ACCEPT_ENCODING="gzip")
    assert (status, body) == ("200 OK", through_django.content)
    assert headers == dict(through_django.items())
    assert pages.made == 1


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "before=1"},
        {"HTTP_IF_NONE_MATCH": '"x"'},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_HOST": "evil.example"},
        {"PATH_INFO": "/ë"},
    ],
)
def test_the_door_leaves_what_is_not_plain_to_django(environ: dict[str, str], settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    plain = RequestFactory().get("/name/", HTTP_HOST="testserver").environ
    assert is_plain(plain)
    assert not is_plain(plain | environ)


def test_the_door_shows_nothing_that_has_changed(client: Client) -> None:
    client.get("/name/")
    rename("서울신문고")
    assert "서울신문고" in at_the_door()[2].decode()
