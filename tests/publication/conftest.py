"""What the tests of the page cache share: their made-up paper, on each second level."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from publication.pagecache import outage
from tests.factories import make_publication
from tests.publication.pages import Counted, counted
from tests.redis_server import RedisServer


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("no redis-server on this machine. Get it with: apt install redis-server")
    server = RedisServer(program, tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["disk", "redis"])
def second_level(request: pytest.FixtureRequest, settings: Any) -> None:
    """The same tests on both: workers of one machine share a file, workers of many share Redis."""
    if request.param == "redis":
        server = request.getfixturevalue("redis_server")
        server.empty()
        settings.REDIS_URL = server.url


@pytest.fixture
def pages(second_level: None, page_cache: None, monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted.__init__()
    make_publication(name="한강신문")
    monkeypatch.setattr(outage, "PROBE_SECONDS", 0.01)
    # A page that fails stands for a database that does.
    monkeypatch.setattr(outage, "answers", lambda: counted.error is None)
    return counted


@pytest.fixture
def browser_client() -> Client:
    """What goes wrong inside is an answer."""
    return Client(raise_request_exception=False)
