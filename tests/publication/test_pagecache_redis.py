"""Redis as the second level: it may die, hang and come back."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from publication.pagecache import redis_shelf, sweeping
from publication.pagecache.levels import levels
from tests.publication.kept import other_process, rename
from tests.publication.pages import Counted
from tests.redis_server import RedisServer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.publication.pages"),
    pytest.mark.usefixtures("pages"),
    pytest.mark.parametrize("second_level", ["redis"], indirect=True),
]


@pytest.fixture
def client(browser_client: Client) -> Client:
    return browser_client


@pytest.fixture
def redis_level(redis_server: RedisServer) -> RedisServer:
    return redis_server


def test_what_was_taken_from_readers_is_in_no_value_of_redis(
    redis_level: RedisServer, client: Client
) -> None:
    client.get("/name/")
    assert redis_level.names("*page:/name/")
    rename("서울신문고", removing=True)
    assert redis_level.names("*page:/name/") == []


def test_redis_may_die_and_come_back(
    redis_level: RedisServer, client: Client, pages: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_shelf, "REST_SECONDS", 600)
    client.get("/name/")
    redis_level.stop()
    for number in range(20):
        rename(f"신문 {number}", removing=number % 2 == 0)
        assert f"신문 {number}" in client.get("/name/").content.decode()
    # From the first failure on it was asked nothing.
    assert levels().shared._rests_until > time.monotonic()
    redis_level.start()
    other_process()
    assert "신문 19" in client.get("/name/").content.decode()
    made = pages.made
    other_process()
    client.get("/name/")
    assert pages.made == made


def test_a_redis_that_accepts_and_says_nothing_costs_little(
    redis_level: RedisServer, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is waited for once, and left alone for a while."""
    monkeypatch.setattr(redis_shelf, "REST_SECONDS", 600)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        other_process()
        for number in range(5):
            rename(f"신문 {number}")
            assert f"신문 {number}" in client.get("/name/").content.decode()
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_what_another_machine_has_made_is_a_copy_on_this_one_too(
    client: Client, pages: Counted, settings: Any, tmp_path: Path
) -> None:
    client.get("/name/")
    settings.KEPT_PAGES = tmp_path / "another-machine" / "pages.sqlite3"
    other_process()
    client.get("/name/")
    assert pages.made == 1
    pages.error = OperationalError("the database is away")
    rename("서울신문고")
    assert "outage-notice" in client.get("/name/").content.decode()


def test_what_a_redis_missed_while_it_was_away_leaves_with_the_tick(
    redis_level: RedisServer, client: Client
) -> None:
    """It comes back with what it held; none of it is shown, and the tick takes it away."""
    client.get("/name/")
    levels().shared._rests_until = time.monotonic() + 60
    rename("서울신문고", removing=True)
    assert redis_level.names("*page:/name/")
    levels().shared._rests_until = 0.0
    assert sweeping.sweep() == 1
    assert redis_level.names("*page:/name/") == []


def test_a_release_takes_away_what_the_one_before_has_left(
    redis_level: RedisServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages stay a day; what readers must not read any more does not stay with them."""
    client.get("/name/")
    monkeypatch.setattr("publication.pagecache.levels.release", lambda: "another")
    other_process()
    rename("서울신문고", removing=True)
    assert redis_level.names("*page:/name/") == []


def test_the_tick_sweeps_what_another_release_has_left(
    redis_level: RedisServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/name/")
    monkeypatch.setattr("publication.pagecache.levels.release", lambda: "another")
    other_process()
    levels().shared._rests_until = time.monotonic() + 60
    rename("서울신문고", removing=True)
    assert redis_level.names("*page:/name/")
    levels().shared._rests_until = 0.0
    assert sweeping.sweep() == 1
    assert redis_level.names("*page:/name/") == []
