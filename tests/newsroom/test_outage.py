"""With the database stopped readers read on, writers lose nothing, and all is well again by itself."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone

from articles import sitemaps
from comments import deleting, editing
from comments.models import Comment
from newsroom import readiness
from newsroom.outage import is_away
from publication.models import Heartbeat
from publication.pagecache import outage
from publication.pagecache.levels import levels
from publication.pagecache.pulse import LocalPulse
from publication.prepared import OutdatedPlan
from tests.comments.cast import age_postings, guest, member, token
from tests.factories import PASSWORD
from tests.newsroom.freshness.article_rows import door
from tests.newsroom.freshness.forms import press
from tests.newsroom.freshness.paper import Paper
from tests.publication.kept import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
# What was no page before.
NOT_KEPT = {"unknown", "ads", "draft"}
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def client() -> Client:
    """A browser: what goes wrong inside is an answer."""
    return Client(raise_request_exception=False)


@pytest.fixture
def paper(page_cache: None, frozen: Callable[[Any], Any]) -> Iterator[Paper]:
    with frozen(timezone.now()) as clock:
        yield Paper(clock)


@contextmanager
def stopped(client: Client) -> Iterator[None]:
    """No connection of any thread finds the database."""

    def refuse(*args: object) -> None:
        raise OperationalError("connection refused")

    def refuse_to_tell(*args: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outage, "PROBE_SECONDS", 0.01)
        patch.setattr(BaseDatabaseWrapper, "connect", refuse)
        patch.setattr(LocalPulse, "_connected", refuse_to_tell)
        connection.close()
        if isinstance(levels().pulse, LocalPulse):
            levels().pulse._cursor = None
        else:
            # Half a second passes.
            levels().memory.clear()
        yield
    wait_for(lambda: not levels().outage.is_on)


def text(answer: Any) -> str:
    return answer.content.decode()


def typed(body: str) -> dict[str, str]:
    return {"body": body, "nickname": "나루지기", "token": token()}


def test_readers_read_every_page_on(paper: Paper, client: Client) -> None:
    read = {name: address for name, address in paper.pages.items() if name not in NOT_KEPT}
    before = {name: client.get(address) for name, address in read.items()}
    assert {answer.status_code for answer in before.values()} == {200}
    with stopped(client):
        after = {name: client.get(address) for name, address in read.items()}
        assert [name for name, answer in after.items() if answer.status_code != 200] == []
        for name, answer in after.items():
            has_notice = "outage-notice" in text(answer)
            assert has_notice == answer["Content-Type"].startswith("text/html"), name
        assert client.get(paper.pages["older"], HTTP_IF_NONE_MATCH=after["older"]["ETag"]).status_code == 304
        assert client.get("/news/999999/").status_code == 503
        assert client.get("/?utm_source=somewhere").status_code == 200
    assert "outage-notice" not in text(client.get("/"))


def test_a_sitemap_too_long_to_be_kept_is_asked_for_again(
    paper: Paper, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "WHOLE_MAX", 0)
    assert client.get(paper.pages["sitemap-articles"]).getvalue().endswith(b"</urlset>\n")
    with stopped(client):
        answer = client.get(paper.pages["sitemap-articles"])
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_probes_tell_it(paper: Paper, client: Client) -> None:
    with stopped(client):
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_a_probe_waits_for_no_database_that_is_known_to_be_away(
    paper: Paper, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The probe itself may find it out; nobody's request is spent on it a second time."""
    tried = []

    def asked(*args: object) -> bool:
        tried.append(args)
        raise OperationalError("connection refused")

    with stopped(client):
        assert client.get("/readyz").status_code == 503
        assert levels().outage.is_on
        monkeypatch.setattr(readiness.schema, "is_migrated", asked)
        monkeypatch.setattr(Heartbeat.objects, "filter", asked)
        answer = client.get("/readyz")
        assert (answer.status_code, tried) == (503, [])
        assert answer.json() == {"database": False, "migrations": False, "tick": False, "cache": True}
        monkeypatch.undo()
    assert client.get("/readyz").json()["database"] is True


def test_what_a_reader_wrote_comes_back_and_can_be_sent_again(paper: Paper, client: Client) -> None:
    address, fields = f"/news/{paper.plain.pk}/comments/write/", typed("산에도 <눈>이 옵니다")
    with stopped(client):
        for _first_and_later in range(2):
            answer = client.post(address, fields)
            assert (answer.status_code, answer["Cache-Control"]) == (503, "private, no-store")
            assert int(answer["Retry-After"]) > 0
            assert "산에도 &lt;눈&gt;이 옵니다</textarea>" in text(answer)
            assert f'action="{address}"' in text(answer)
            assert fields["token"] in text(answer)
            assert "나루지기" in text(answer)
    assert client.post(address, fields).status_code == 303
    assert client.post(address, fields).status_code == 303
    assert Comment.objects.filter(body="산에도 <눈>이 옵니다").count() == 1


def test_a_script_gets_a_sentence(paper: Paper, client: Client) -> None:
    posts = {
        f"/news/{paper.plain.pk}/comments/write/": typed("글"),
        f"/comments/{paper.top.pk}/vote/": {"value": "1"},
        f"/comments/{paper.top.pk}/report/": {"reason": "abuse"},
    }
    with stopped(client):
        for address, fields in posts.items():
            answer = client.post(address, fields, **JSON)
            assert (answer.status_code, answer["Retry-After"]) == (503, "10")
            assert answer.json()["message"]
        answer = client.get(f"/comments/me.json?article={paper.plain.pk}&ids=", **JSON)
        assert answer.status_code == 503


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_a_password_is_never_given_back(paper: Paper, client: Client, address: str) -> None:
    fields = {"login": "reader@home.test", "email": "reader@home.test", "password": PASSWORD}
    with stopped(client):
        for _first_and_later in range(2):
            answer = client.post(address, fields | {"password1": PASSWORD, "password2": PASSWORD})
            assert answer.status_code == 503
            assert "Retry-After" in answer.headers
            assert "reader@home.test" in text(answer)
            assert PASSWORD not in text(answer)


def test_what_an_editor_typed_comes_back(paper: Paper) -> None:
    desk = paper.client(paper.desk)
    desk.raise_request_exception = False
    address = door(paper.story)
    fields = {"title": "지워지면 안 되는 제목", "body": "<p>하루 종일 쓴 글</p>", "lead": "앞글"}
    with stopped(desk):
        for _first_and_later in range(2):
            answer = desk.post(address, fields)
            assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
            assert "지워지면 안 되는 제목" in text(answer)
            assert "&lt;p&gt;하루 종일 쓴 글&lt;/p&gt;" in text(answer)
            assert f'action="{address}"' in text(answer)
    desk.raise_request_exception = True
    press(desk, address, **fields)
    assert "하루 종일 쓴 글" in text(desk.get(paper.pages["article"]))


def kept_bytes(address: str) -> bytes:
    """A piece of the page as it lies in the file of the copies."""
    copy = levels().copies.get(address)
    assert copy is not None
    return copy.gzipped[40:100]


def test_what_a_reader_deleted_or_changed_is_in_no_copy(paper: Paper, client: Client) -> None:
    """Before the verb returns, and so before its answer goes out: not as a page, and not as bytes of the file."""
    pages = [paper.pages[name] for name in ("article", "thread", "thread-up", "thread-replies", "replies")]
    for verb in (
        lambda: deleting.delete(paper.reply.pk),
        lambda: editing.edit(
            Comment.objects.select_related("article__discussion").get(pk=paper.second.pk),
            by=guest("c"),
            text="다른 말",
            version=paper.second.version,
        ),
    ):
        for address in pages:
            client.get(address)
        pieces = [kept_bytes(address) for address in pages]
        file = levels().copies.path.read_bytes()
        assert all(piece in file for piece in pieces)
        verb()
        assert [address for address in pages if levels().copies.get(address)] == []
        file = levels().copies.path.read_bytes()
        assert not any(piece in file for piece in pieces)
        with stopped(client):
            assert client.get(pages[0]).status_code == 503


def test_a_request_that_failed_alone_is_no_outage(paper: Paper, client: Client, monkeypatch: Any) -> None:
    """A statement that took too long: its page comes from the copy, and everybody else notices nothing."""
    client.get("/")
    monkeypatch.setattr(outage, "PROBE_SECONDS", 0.01)

    def fail(now: object) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    paper.clock.shift(24 * 3600)
    monkeypatch.setattr("newsroom.fronts.front_page", fail)
    assert "outage-notice" in text(client.get("/"))
    wait_for(lambda: not levels().outage.is_on)
    age_postings(member(paper.reader))
    assert client.get(paper.pages["plain"]).status_code == 200
    assert "outage-notice" not in text(client.get(paper.pages["plain"]))


def test_a_question_that_a_migration_outdated_says_nothing_about_the_database() -> None:
    error = OutdatedPlan("a column has changed")
    error.__cause__ = psycopg.errors.FeatureNotSupported()
    assert not is_away(error)
    assert is_away(OperationalError("connection refused"))
