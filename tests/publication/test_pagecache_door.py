"""In front of Django: what is fresh in memory is answered without it."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from publication.pagecache.front_door import FrontDoor, is_plain
from tests.publication.kept import rename
from tests.publication.pages import Counted

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.publication.pages"),
    pytest.mark.usefixtures("pages"),
]


@pytest.fixture
def client(browser_client: Client) -> Client:
    return browser_client


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
