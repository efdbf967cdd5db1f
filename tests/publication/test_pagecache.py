"""Kept pages: never wrong, never for one reader only, and there when the database is not."""

import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from publication import versions
from publication.pagecache import freshness, release, shelf, sweeping
from publication.pagecache.levels import holder, levels
from publication.pagecache.middleware import looked_at, page_name
from tests.publication.kept import made_by, other_process, rename, wait_for
from tests.publication.pages import Counted

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.publication.pages"),
    pytest.mark.usefixtures("pages"),
]


@pytest.fixture
def client(browser_client: Client) -> Client:
    return browser_client


def test_a_page_is_made_once(client: Client, pages: Counted) -> None:
    first, second = client.get("/name/"), client.get("/name/")
    assert pages.made == 1
    assert first.content == second.content
    assert first.headers == second.headers


def test_a_hit_asks_the_database_nothing(client: Client, django_assert_num_queries: Any, frozen: Any) -> None:
    # Where asking is a round trip, pages are looked at anew every half second.
    with frozen(timezone.now()):
        client.get("/name/")
        with django_assert_num_queries(0):
            client.get("/name/")


def test_many_who_come_at_once_ask_once_whether_a_page_is_true(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/name/")
    slot = levels().memory.get("/name/")
    assert slot is not None
    for is_changed, state in ((False, freshness.Freshness.FRESH), (True, freshness.Freshness.STALE)):
        if is_changed:
            rename("서울신문고")
        mark = object()
        with django_assert_num_queries(1):
            assert [looked_at(slot, mark) for _reader in range(3)] == [state] * 3


def test_a_change_shows_at_once(client: Client, pages: Counted) -> None:
    client.get("/name/")
    rename("서울신문고")
    assert "서울신문고" in client.get("/name/").content.decode()
    client.get("/name/")
    assert pages.made == 2


def test_a_change_of_something_else_makes_nothing_anew(client: Client, pages: Counted) -> None:
    client.get("/name/")
    with transaction.atomic():
        versions.bump("article:1")
    client.get("/name/")
    assert pages.made == 1


def test_another_process_takes_what_the_first_has_made(client: Client, pages: Counted) -> None:
    client.get("/name/")
    other_process()
    client.get("/name/")
    assert pages.made == 1


def test_another_process_sees_the_change(client: Client) -> None:
    client.get("/name/")
    rename("서울신문고")
    other_process()
    assert "서울신문고" in client.get("/name/").content.decode()


def test_a_rolled_back_change_is_no_change(client: Client, pages: Counted) -> None:
    client.get("/name/")
    with transaction.atomic():
        versions.bump("publication")
        transaction.set_rollback(True)
    client.get("/name/")
    assert pages.made == 1


def test_only_the_parameters_that_matter_are_told_apart(client: Client, pages: Counted) -> None:
    client.get("/name/")
    client.get("/name/?utm_source=x")
    assert pages.made == 1
    assert "7" in client.get("/name/?before=7&utm_source=x").content.decode()
    client.get("/name/?x=1&before=7")
    assert pages.made == 2


def test_a_private_answer_is_never_kept(client: Client, pages: Counted) -> None:
    client.get("/private/")
    client.get("/private/")
    assert pages.made == 2


def test_a_page_ends_at_its_second(client: Client, pages: Counted, frozen: Any) -> None:
    now = timezone.now()
    pages.end = now + timedelta(seconds=60)
    with frozen(now) as traveller:
        client.get("/name/")
        traveller.shift(59.9)
        client.get("/name/")
        assert pages.made == 1
        traveller.shift(0.1)
        client.get("/name/")
        assert pages.made == 2


def test_a_browser_that_has_it_gets_304(client: Client) -> None:
    first = client.get("/name/")
    again = client.get("/name/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    rename("서울신문고")
    assert client.get("/name/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_the_first_request_may_be_a_conditional_one(client: Client) -> None:
    etag = client.get("/name/")["ETag"]
    holder.now.copies.clear()
    other_process()
    assert client.get("/name/", HTTP_IF_NONE_MATCH=etag).status_code == 304
    assert client.get("/name/").status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
def test_it_is_compressed_as_the_browser_can_read_it(
    client: Client, accepted: str, encoding: str | None
) -> None:
    answer = client.get("/name/", HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer["Vary"] == "Accept-Encoding"
    assert int(answer["Content-Length"]) == len(answer.content)


def test_edges_are_told_what_it_stands_on(client: Client) -> None:
    answer = client.get("/name/")
    assert answer["Surrogate-Key"] == "publication"
    assert "s-maxage" in answer["Cache-Control"]


def test_a_foreign_host_gets_no_kept_page(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client.get("/name/")
    assert client.get("/name/", HTTP_HOST="evil.example").status_code == 400


def test_http_is_sent_to_https(client: Client, settings: Any) -> None:
    request = client.get("/name/").wsgi_request
    assert page_name(request) == "/name/"
    settings.SECURE_SSL_REDIRECT = True
    assert page_name(request) is None


def test_a_page_that_is_none_any_more_is_forgotten(client: Client) -> None:
    client.get("/name/")
    rename("404")
    assert client.get("/name/").status_code == 404
    assert levels().memory.get("/name/") is None
    assert levels().copies.get("/name/") is None


def test_while_one_makes_it_the_others_get_the_old_one(client: Client, pages: Counted) -> None:
    client.get("/name/")
    rename("서울신문고")
    pages.gate, pages.entered = threading.Event(), threading.Event()
    maker = threading.Thread(target=made_by, args=(found := [],))
    maker.start()
    assert pages.entered.wait(60)
    assert "한강신문" in client.get("/name/").content.decode()
    pages.gate.set()
    maker.join()
    assert "서울신문고" in found[0]
    assert pages.made == 2


def test_what_was_taken_from_readers_is_not_even_shown_meanwhile(client: Client, pages: Counted) -> None:
    client.get("/name/")
    rename("서울신문고", removing=True)
    pages.gate, pages.entered = threading.Event(), threading.Event()
    found: list[str] = []
    makers = [threading.Thread(target=made_by, args=(found,)) for _ in range(3)]
    for maker in makers:
        maker.start()
    assert pages.entered.wait(60)
    pages.gate.set()
    for maker in makers:
        maker.join()
    assert len(found) == 3
    assert all("서울신문고" in text for text in found)
    assert pages.made == 2


def test_what_was_taken_from_readers_leaves_the_shelves_before_the_verb_returns(client: Client) -> None:
    client.get("/name/")
    copy = levels().copies.get("/name/")
    assert copy is not None
    # The file holds pages compressed.
    piece = copy.gzipped[12:60]
    assert piece in levels().copies.path.read_bytes()
    rename("서울신문고", removing=True)
    assert all(shelf.get("/name/") is None for shelf in levels().shelves)
    assert piece not in levels().copies.path.read_bytes()


def test_what_was_taken_while_a_page_was_made_is_on_no_shelf(client: Client, pages: Counted) -> None:
    """The verb's own removal came before the page was there."""
    pages.gate = threading.Event()
    maker = threading.Thread(target=made_by, args=(found := [],))
    maker.start()
    assert pages.entered.wait(60)
    rename("서울신문고", removing=True)
    pages.gate.set()
    maker.join()
    assert "한강신문" in found[0]
    assert all(shelf.get("/name/") is None for shelf in levels().shelves)
    assert "서울신문고" in client.get("/name/").content.decode()
    assert all(shelf.get("/name/") is not None for shelf in levels().shelves)


def test_a_change_while_it_is_made_is_not_lost(client: Client, pages: Counted) -> None:
    """The page shows one moment, and is kept under that moment's numbers."""
    pages.gate = threading.Event()
    maker = threading.Thread(target=made_by, args=(found := [],))
    maker.start()
    assert pages.entered.wait(60)
    rename("서울신문고")
    pages.gate.set()
    maker.join()
    pages.gate = None
    assert "한강신문" in found[0]
    assert "서울신문고" in client.get("/name/").content.decode()


def test_while_the_database_is_away_readers_read_on(client: Client, pages: Counted, monkeypatch: Any) -> None:
    client.get("/name/")
    rename("서울신문고")
    pages.error = OperationalError("the database is away")
    answer = client.get("/name/")
    assert answer.status_code == 200
    assert "한강신문" in answer.content.decode()
    assert "outage-notice" in answer.content.decode()
    assert levels().outage.is_on


def test_a_copy_that_only_became_stale_is_read_on(client: Client, pages: Counted, frozen: Any) -> None:
    """Its end says that something is to be added, and never that something is to go (publication.standing)."""
    now = timezone.now()
    pages.end = now + timedelta(seconds=60)
    with frozen(now) as traveller:
        client.get("/name/")
        traveller.shift(61)
        pages.error = OperationalError("the database is away")
        answer = client.get("/name/")
    assert (answer.status_code, "outage-notice" in answer.content.decode()) == (200, True)


def test_a_page_without_a_copy_answers_503(client: Client, pages: Counted) -> None:
    pages.error = OperationalError("the database is away")
    answer = client.get("/name/")
    assert (answer.status_code, answer["Cache-Control"]) == (503, "private, no-store")
    assert "Retry-After" in answer.headers


def test_it_recovers_by_itself(client: Client, pages: Counted) -> None:
    client.get("/name/")
    rename("서울신문고")
    pages.error = OperationalError("the database is away")
    client.get("/name/")
    pages.error = None
    wait_for(lambda: not levels().outage.is_on)
    answer = client.get("/name/")
    assert "서울신문고" in answer.content.decode()
    assert "outage-notice" not in answer.content.decode()
    assert not levels().outage.is_on


def test_a_broken_file_of_copies_breaks_nothing(client: Client) -> None:
    levels().copies.path.parent.mkdir(parents=True, exist_ok=True)
    levels().copies.path.write_bytes(b"no database" * 1000)
    assert client.get("/name/").status_code == 200
    other_process()
    assert client.get("/name/").status_code == 200


def test_old_copies_leave_first(client: Client) -> None:
    for number in range(5):
        client.get(f"/name/?before={number}")
    levels().copies.tidy(limit=2)
    kept = [levels().copies.get(f"/name/?before={number}") is not None for number in range(5)]
    assert kept == [False, False, False, True, True]


def test_a_very_large_page_pushes_nothing_out_of_memory(
    client: Client, pages: Counted, monkeypatch: Any
) -> None:
    monkeypatch.setattr("publication.pagecache.memory.LARGEST", 10)
    for _time in range(3):
        assert "한강신문" in client.get("/name/").content.decode()
    assert (len(levels().memory), pages.made) == (0, 1)
    rename("서울신문고", removing=True)
    assert "서울신문고" in client.get("/name/").content.decode()


def test_freshness_is_one_query(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/name/")
    page = levels().memory.get("/name/").page
    with django_assert_num_queries(1):
        assert freshness.of(page) is freshness.Freshness.FRESH


def test_a_claim_is_given_to_one_and_ends(client: Client, frozen: Any) -> None:
    copies = levels().copies
    assert copies.claim("/name/")
    assert not copies.claim("/name/")
    copies.release("/name/")
    assert copies.claim("/name/")
    with frozen(timezone.now() + timedelta(seconds=shelf.CLAIM_SECONDS + 1)):
        assert copies.claim("/name/")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the pulse of a file")
def test_a_new_connection_of_the_pulse_trusts_nothing_that_the_one_before_saw(client: Client) -> None:
    client.get("/name/")
    levels().pulse._cursor = None
    rename("서울신문고")
    assert "서울신문고" in client.get("/name/").content.decode()


def test_the_tick_sweeps_copies_that_a_crash_left(client: Client) -> None:
    client.get("/name/")
    copy = levels().copies.get("/name/")
    rename("서울신문고", removing=True)
    levels().copies.put("/name/", copy)
    assert sweeping.sweep() == 1
    assert levels().copies.get("/name/") is None
    client.get("/name/")
    assert sweeping.sweep() == 0
    assert levels().copies.get("/name/") is not None


def test_pages_of_another_release_are_not_looked_at(
    client: Client, pages: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/name/")
    monkeypatch.setattr("publication.pagecache.levels.release", lambda: "another")
    other_process()
    client.get("/name/")
    assert pages.made == 2


def test_a_release_is_the_code_and_the_settings_that_stand_in_pages(settings: Any) -> None:
    before = release.release.__wrapped__()
    assert before == release.release.__wrapped__()
    settings.SITE_URL = "https://other.example"
    assert release.release.__wrapped__() != before


def test_a_release_is_the_packages_that_made_the_pages_too(tmp_path: Path, monkeypatch: Any) -> None:
    before = release.release.__wrapped__()
    assert any(name.lower().startswith("django-5") for name in release.packages(sys.path))
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "nh3-0.0.1.dist-info"
    package.mkdir()
    first = release.release.__wrapped__()
    package.rename(tmp_path / "nh3-0.0.2.dist-info")
    assert len({before, first, release.release.__wrapped__()}) == 3
