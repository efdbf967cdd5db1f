"""The shipped front: nginx as in deploy/nginx, before a live paper with its page cache on."""

import gzip
import ipaddress
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.db import transaction

from publication import versions
from publication.http import PUBLIC_CACHE_CONTROL
from publication.models import Publication
from tests import nginx
from tests.factories import make_publication
from tests.publication.kept import wait_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(nginx.missing()), reason=nginx.missing()),
    pytest.mark.urls("tests.publication.pages"),
]


@pytest.fixture
def front(page_cache: None, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[nginx.Front]:
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    make_publication(name="한강신문")
    with nginx.running(tmp_path / "nginx", live_server.thread.port) as running:
        yield running


def rename(name: str) -> None:
    with transaction.atomic():
        Publication.objects.update(name=name)
        versions.bump("publication", removing=True)


def test_a_page_is_asked_of_the_application_once_a_second(front: nginx.Front) -> None:
    began = time.time()
    answers = [front.ask("/name/", Accept_Encoding="gzip") for _number in range(50)]
    asked = sum(answer["X-Cache"] != "HIT" for answer in answers)
    # In each second of the clock that has begun meanwhile.
    assert asked <= int(time.time()) - int(began) + 1
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


def test_readers_of_all_kinds_share_three_copies(front: nginx.Front) -> None:
    accepted = {
        "br": ("gzip, deflate, br, zstd", "br", "GZIP, BR;q=0.9"),
        "gzip": ("gzip", "deflate, gzip;q=1.0, *;q=0.5", "gzip, br;q=0"),
        "": ("", "identity", "gzip;q=0.0", "xbr"),
    }
    decoded = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    pages = set()
    for encoding, spellings in accepted.items():
        answers = [front.ask("/name/", Accept_Encoding=spelling) for spelling in spellings]
        assert {answer["Content-Encoding"] for answer in answers} == {encoding}
        pages |= {decoded[encoding](answer.body) for answer in answers}
        assert all("Accept-Encoding" in answer["Vary"] for answer in answers)
    assert len(pages) == 1
    assert len([path for path in (front.folder / "newsroom").rglob("*") if path.is_file()]) <= 3


def test_a_change_is_read_within_the_second(front: nginx.Front) -> None:
    front.ask("/name/")
    for name in ("둘째", "셋째"):
        # At whatever moment of a second the change comes, and however long nobody has asked.
        time.sleep(0.7)
        front.ask("/name/")
        rename(name)
        time.sleep(1.01)
        with ThreadPoolExecutor(12) as readers:
            answers = list(readers.map(lambda _number: front.ask("/name/"), range(12)))
        assert all(name in answer.body.decode() for answer in answers), name


def test_private_answers_are_never_kept(front: nginx.Front) -> None:
    answers = [front.ask("/private/") for _number in range(3)]
    answers += [front.ask("/accounts/login/") for _number in range(2)]
    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}
    assert "HIT" not in {answer["X-Cache"] for answer in answers}
    assert len({answer["X-Request-ID"] for answer in answers}) == 5
    assert len({answer.body for answer in answers}) == 5
    assert not [path for path in (front.folder / "newsroom").rglob("*") if path.is_file()]


def test_a_page_that_is_gone_does_not_come_back(front: nginx.Front) -> None:
    assert front.ask("/name/").status == 200
    rename("404")
    time.sleep(1.01)
    assert front.ask("/name/").status == 404


def test_a_browser_that_has_the_page_is_told_so(front: nginx.Front) -> None:
    etag = front.ask("/name/")["ETag"]
    assert front.ask("/name/", If_None_Match=etag).status == 304


def test_what_a_client_writes_of_its_own_address_is_not_believed(front: nginx.Front) -> None:
    said = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http", "X_Request_ID": "a-name-of-my-own"}
    assert front.ask("/address/", **said).body.decode() == "127.0.0.1 https"
    assert front.ask("/address/", **said)["X-Request-ID"] != "a-name-of-my-own"


def test_bodies_have_limits(front: nginx.Front) -> None:
    too_large = front.ask("/private/", method="POST", body=b"a" * 70_000)
    assert too_large.status == 413
    assert too_large["Cache-Control"] == "private, no-store"
    # A photograph's size is let through to the newsroom, which refuses a form without its token.
    assert front.ask("/admin/", method="POST", body=b"a" * 200_000).status == 403


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
        ("en-US,en;q=0.9,ko;q=0.8", "en"),
        ("EN", "en"),
        ("de,en;q=0.5", "en"),
        ("de", "ko"),
        ("tenpo", "ko"),
        ("", "ko"),
    ],
)
def test_nginx_speaks_as_the_reader_prefers(front: nginx.Front, preferred: str, language: str) -> None:
    said = {"Accept_Language": preferred} if preferred else {}
    answer = front.ask("/private/", method="POST", body=b"a" * 70_000, **said)
    assert answer.status == 413
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer.body == (nginx.SHIPPED / "errors" / f"413.{language}.html").read_bytes()
    assert "style-src 'sha256-" in answer["Content-Security-Policy"]
    assert (answer["Retry-After"], answer["ETag"]) == ("", "")


def test_the_pages_of_nginx_have_no_address(front: nginx.Front) -> None:
    assert front.ask("/newsroom-errors/503.ko.html").status == 404


def test_whoever_sends_without_end_is_told_to_wait(front: nginx.Front) -> None:
    own, other = "127.0.0.2", "127.0.0.3"

    def send(_number: int) -> nginx.Answer:
        return front.ask("/static/nowhere", method="POST", source=own)

    refused: list[nginx.Answer] = []
    with ThreadPoolExecutor(8) as senders:
        # Five a second are let through, and a slow machine sends few more than that.
        for _round in range(20):
            refused += [answer for answer in senders.map(send, range(80)) if answer.status == 429]
            if len(refused) >= 10:
                break
    assert len(refused) >= 10
    assert {(answer["Retry-After"], answer["Cache-Control"]) for answer in refused} == {
        ("10", "private, no-store")
    }
    assert {answer.body for answer in refused} == {(nginx.SHIPPED / "errors/429.ko.html").read_bytes()}
    # Neither another's forms nor one's own reading wait with it.
    assert front.ask("/static/nowhere", method="POST", source=other).status != 429
    assert front.ask("/name/", source=own).status == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND"])
def test_other_methods_are_refused(front: nginx.Front, method: str) -> None:
    assert front.ask("/name/", method=method).status == 405


def test_collected_files_come_compressed_and_for_good(front: nginx.Front) -> None:
    folder = front.var / "static" / "css"
    folder.mkdir(parents=True)
    for name, content in {"": b"a{}", ".br": b"as brotli", ".gz": b"as gzip"}.items():
        (folder / f"public.0123456789ab.css{name}").write_bytes(content)
    (front.var / "static" / "staticfiles.json").write_text("{}")
    path = "/static/css/public.0123456789ab.css"
    for accepted, encoding, content in (
        ("br, gzip", "br", b"as brotli"),
        ("gzip", "gzip", b"as gzip"),
        ("", "", b"a{}"),
    ):
        answer = front.ask(path, Accept_Encoding=accepted)
        assert (answer.status, answer["Content-Encoding"], answer.body) == (200, encoding, content)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Type"].startswith("text/css")
        assert answer["X-Content-Type-Options"] == "nosniff"
    for hidden in ("/static/staticfiles.json", path + ".br", path + ".gz"):
        assert front.ask(hidden).status == 404


def test_pictures_are_served_and_originals_never(front: nginx.Front) -> None:
    for name in ("photos/key/480.jpg", "photos/key/480.html", "originals/key.jpg", "cards/1/one.png"):
        path = front.var / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a picture")
    answer = front.ask("/media/photos/key/480.jpg")
    assert (answer.status, answer.body, answer["Content-Type"]) == (200, b"a picture", "image/jpeg")
    assert answer["Cache-Control"].startswith("public, max-age=3600")
    hidden = ("photos/key/480.html", "originals/key.jpg", "photos/../originals/key.jpg", "cards/1/one.png")
    assert {front.ask(f"/media/{name}").status for name in hidden} == {404}


class Paper(BaseHTTPRequestHandler):
    """Says of every page what the paper says of a public one."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Cache-Control", PUBLIC_CACHE_CONTROL)
        self.send_header("X-Accel-Expires", f"@{int(time.time())}")
        self.end_headers()
        self.wfile.write(b"read on")

    def log_message(self, *words: object) -> None:
        """Nothing."""


def test_the_paper_is_read_on_while_the_application_starts_again(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        threading.Thread(target=server.serve_forever).start()
        with nginx.running(tmp_path / "nginx", server.server_port) as front:
            front.ask("/name/")
            server.shutdown()
            server.server_close()
            time.sleep(1.01)
            answer, unknown = front.ask("/name/"), front.ask("/other/")
    assert (answer["X-Cache"], answer.body) == ("STALE", b"read on")
    assert (unknown.status, unknown["Retry-After"], unknown["Cache-Control"]) == (
        503,
        "10",
        "private, no-store",
    )
    assert "잠시 뒤에 다시 찾아 주세요" in unknown.body.decode()


def test_what_is_one_readers_own_is_not_even_looked_for_among_the_kept_pages(tmp_path: Path) -> None:
    kept = ("/", "/news/1/", "/news/1/comments/", "/section/city/")
    own = (
        "/news/1/comments/write/",
        "/news/1/read/",
        "/comments/1/",
        "/accounts/login/",
        "/admin/",
        "/search/",
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        threading.Thread(target=server.serve_forever).start()
        with nginx.running(tmp_path / "nginx", server.server_port) as front:
            found = {path: front.ask(path)["X-Cache"] for path in (*kept, *own)}
            server.shutdown()
    assert found == dict.fromkeys(kept, "MISS") | dict.fromkeys(own, "")


def test_the_log_repeats_nothing_that_was_typed(front: nginx.Front) -> None:
    front.ask("/private/?q=secret", Referer="https://secret.example/", User_Agent="secret")
    log = front.folder / "newsroom.log"
    # It is written once the answer is out.
    wait_for(lambda: '"path":"/private/"' in log.read_text())
    line = log.read_text()
    assert '"path":"/private/"' in line
    assert "secret" not in line
    assert "127.0.0.1" not in line
