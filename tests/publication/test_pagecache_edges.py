"""Kept pages where somebody tries to bend them, or something fails half way."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg.errors
import pytest
from django.db import OperationalError, transaction
from django.test import Client, RequestFactory

from publication import versions
from publication.models import Publication
from publication.pagecache.front_door import is_plain
from publication.pagecache.levels import levels
from publication.pagecache.middleware import page_name
from publication.pagecache.page import Page
from publication.pagecache.pulse import LocalPulse
from tests.factories import make_publication
from tests.publication.kept import rename
from tests.publication.pages import Counted, counted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.publication.pages")]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def pages(page_cache: None) -> Counted:
    counted.__init__()
    make_publication(name="한강신문")
    return counted


@pytest.fixture
def begin_outage() -> Any:
    def begin() -> None:
        levels().outage.begin()
        levels().outage._next_probe = time.monotonic() + 60

    return begin


def test_a_browser_with_a_broken_session_gets_the_page_that_is_kept(client: Client, pages: Counted) -> None:
    client.cookies["session"] = "x"
    first = client.get("/name/")
    assert not first.cookies
    client.get("/name/")
    assert pages.made == 1


def test_a_browser_with_a_broken_session_takes_no_copy_away(client: Client) -> None:
    client.get("/name/")
    with transaction.atomic():
        versions.bump("publication")
    client.cookies["session"] = "x"
    client.get("/name/")
    assert levels().copies.get("/name/") is not None


def test_an_address_that_only_looks_like_a_kept_one_is_not_answered_from_it(client: Client) -> None:
    client.get("/name/?before=3")
    assert client.get("/name/%3Fbefore=3").status_code == 404
    request = RequestFactory().get("/name/%3Fbefore=3")
    assert page_name(request) is None
    assert not is_plain(request.META | {"HTTP_HOST": "testserver"})


def test_what_was_removed_while_a_page_was_made_does_not_come_back_with_its_copy(
    client: Client, pages: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Publication.objects.current

    def removed_right_after() -> Publication:
        found = read()
        if not pages.made:
            # Another process's verb: committed, and its pages dropped, while this one holds the old words.
            levels().copies.drop(["publication"])
        return found

    monkeypatch.setattr(Publication.objects, "current", removed_right_after)
    client.get("/name/")
    assert levels().copies.get("/name/") is None
    levels().memory.clear()
    client.get("/name/")
    assert levels().copies.get("/name/") is not None


def test_a_torn_copy_is_no_page(client: Client) -> None:
    client.get("/name/")
    page = levels().copies.get("/name/")
    assert page is not None
    stored = page.to_bytes()
    assert Page.from_bytes(stored) is not None
    assert Page.from_bytes(stored[:-9]) is None
    assert Page.from_bytes(stored[:-30] + b"\0" * 30) is None


def test_a_refusal_carries_every_header(
    client: Client, begin_outage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publication.pagecache.outage.answers", lambda: False)
    begin_outage()
    for address in ("/private/", "/name/"):
        answer = client.post("/private/", {"body": "글"}) if address == "/private/" else client.get(address)
        assert answer.status_code == 503
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies
    levels().outage.end()


@pytest.mark.parametrize(
    "kind", [psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected]
)
def test_one_statement_that_was_given_up_is_no_outage(client: Client, kind: type[Exception]) -> None:
    answer = client.get("/busy/", headers={"X-Kind": kind.__name__})
    assert answer.status_code == 503
    assert not levels().outage.is_on


def test_a_database_that_went_away_is_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's own database would answer the next moment.
    monkeypatch.setattr("publication.pagecache.outage.answers", lambda: False)
    assert client.get("/busy/", headers={"X-Kind": "AdminShutdown"}).status_code == 503
    assert levels().outage.is_on
    levels().outage.end()


def test_an_edge_keeps_no_page_that_is_being_made_anew(client: Client) -> None:
    client.get("/name/")
    with transaction.atomic():
        versions.bump("publication")
    with levels().flights.turn("/name/", waits=True):
        answer = client.get("/name/")
    assert answer["CDN-Cache-Control"] == "no-store"
    assert "max-age=1" in client.get("/name/")["CDN-Cache-Control"]


def test_a_database_in_a_folder_of_any_name_tells_of_changes(tmp_path: Any) -> None:
    folder = tmp_path / "신문 #1? 100%20"
    folder.mkdir()
    database = sqlite3.connect(folder / "db.sqlite3", isolation_level=None)
    database.execute("CREATE TABLE a (b)")
    pulse = LocalPulse(str(folder / "db.sqlite3"))
    mark = pulse.mark()
    database.execute("INSERT INTO a VALUES (1)")
    assert not pulse.holds(mark)


def test_a_broken_file_that_cannot_be_removed_breaks_no_page(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, **options: Any) -> None:
        raise PermissionError(path)

    Path(settings.KEPT_PAGES).write_bytes(b"no database at all, by far" * 100)
    monkeypatch.setattr(Path, "unlink", refused)
    assert client.get("/name/").status_code == 200


def test_a_page_that_failed_once_keeps_its_copy(client: Client, pages: Counted) -> None:
    client.get("/name/")
    rename("서울신문고")
    pages.error = ValueError("a fault of the paper's own")
    assert client.get("/name/").status_code == 500
    pages.error = OperationalError("the database is away")
    assert client.get("/name/").status_code == 200
