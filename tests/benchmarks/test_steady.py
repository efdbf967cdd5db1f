"""Readers at a fixed rate: who had to wait because the server stood still is counted, each from his own moment."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.steady import Readers


class Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    status, stands_still = 200, 0.0

    def do_GET(self) -> None:
        time.sleep(self.stands_still)
        type(self).stands_still = 0.0
        self.send_response(self.status)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"page")

    def log_message(self, *_arguments: object) -> None:
        """Nothing is logged."""


@contextmanager
def server(status: int = 200, stands_still: float = 0.0) -> Iterator[str]:
    handler = type("Handler", (Page,), {"status": status, "stands_still": stands_still})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}/"
        found.shutdown()


def test_every_reader_is_answered_and_counted() -> None:
    with server() as url:
        told = Readers(url, rate=100, seconds=0.5, connections=4).run()
    assert (told["answers"], told["failed"]) == (50, 0)


def test_those_who_came_while_the_server_stood_still_have_waited() -> None:
    with server(stands_still=0.6) as url:
        readers = Readers(url, rate=50, seconds=1, connections=1)
        told = readers.run()
    assert (told["answers"], told["failed"]) == (50, 0)
    # A client that asks only when it was answered would have counted one.
    assert sum(took > 100 for took in readers.times) >= 20


def test_what_is_no_page_has_failed() -> None:
    with server(status=503) as url:
        assert Readers(url, rate=50, seconds=0.2, connections=2).run()["failed"] == 10


def test_only_this_machine_is_asked() -> None:
    with pytest.raises(ValueError, match="only loopback"):
        Readers("http://paper.example/", rate=1, seconds=1, connections=1)
