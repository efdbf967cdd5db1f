"""In front of Django: what is fresh in memory is answered without it."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
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


# What the test's own requests do not say, and every browser does.
BROWSER = {"HTTP_HOST": "testserver"}


@pytest.fixture
def client(browser_client: Client) -> Client:
    return browser_client


@contextmanager
def refused_inside() -> Iterator[None]:
    """Whoever comes past the door fails."""

    def refuse(*args: object) -> None:
        raise AssertionError("the door did not answer")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", refuse)
        yield


def at_the_door(path: str = "/name/", **environ: str) -> tuple[str, dict[str, str], bytes]:
    """What the WSGI application answers, Django inside or not."""
    told: list[Any] = []
    answer = FrontDoor(WSGIHandler())(
        RequestFactory().get(path, **(BROWSER | environ)).environ,
        lambda status, headers: told.extend([status, headers]),
    )
    return told[0], dict(told[1]), b"".join(answer)


def test_the_door_gives_what_the_middleware_gives(client: Client, pages: Counted) -> None:
    through_django = client.get("/name/", HTTP_ACCEPT_ENCODING="gzip")
    with refused_inside():
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


@pytest.fixture
def behind_nginx(settings: Any) -> None:
    """A paper at an https address, whose nginx is at 10.0.0.1."""
    settings.SECURE_SSL_REDIRECT = True
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.0.0.1")]


PROXIED = {
    "REMOTE_ADDR": "10.0.0.1",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_REQUEST_ID": "0123456789abcdef",
}


@pytest.mark.usefixtures("behind_nginx")
def test_the_door_gives_a_trusted_proxy_what_the_middleware_gives_it(client: Client, frozen: Any) -> None:
    with frozen("2026-11-22 12:00:00.4+00:00"):
        through_django = client.get("/name/", **PROXIED)
        assert is_plain(RequestFactory().get("/name/", **(BROWSER | PROXIED)).environ, is_proxied=True)
        with refused_inside():
            status, headers, body = at_the_door(**PROXIED)
    assert (status, body) == ("200 OK", through_django.content)
    assert headers == dict(through_django.items())
    assert headers["X-Accel-Expires"] == f"@{int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())}"


@pytest.mark.usefixtures("behind_nginx")
@pytest.mark.parametrize(
    "said",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": "10.0.0.1"},
        {"REMOTE_ADDR": "", "HTTP_FORWARDED": "for=10.0.0.1;proto=https"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_X_FORWARDED_PROTO": "https,http"},
        {"HTTP_X_FORWARDED_PROTO": ""},
    ],
)
def test_nobody_gets_https_by_saying_so(client: Client, said: dict[str, str]) -> None:
    """Neither past the redirect, nor into a proxy's copies: the answer is the one that Django gives."""
    client.get("/name/", **PROXIED)
    status, headers, _body = at_the_door(**(PROXIED | said))
    assert (status, headers["Location"]) == ("301 Moved Permanently", "https://testserver/name/")
    assert "X-Accel-Expires" not in headers


def test_without_a_trusted_proxy_nothing_that_is_forwarded_changes_the_answer(client: Client) -> None:
    client.get("/name/")
    forged = PROXIED | {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_HOST": "evil.example"}
    with refused_inside():
        status, headers, body = at_the_door(**forged)
    assert (status, headers, body) == at_the_door()
    assert "X-Accel-Expires" not in headers


def test_the_door_shows_nothing_that_has_changed(client: Client) -> None:
    client.get("/name/")
    rename("서울신문고")
    assert "서울신문고" in at_the_door()[2].decode()
