"""The judge of weight weighs what each kind of browser gets."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.judge import weight
from tests.judge.verdict import Verdict

# As good as random, so that the two codings differ and both are longer than a few bytes.
PAGE = "".join(f"{number * 7919 % 10007:x}" for number in range(6000)).encode()


class Server(BaseHTTPRequestHandler):
    """Compresses by itself for those that take gzip, and leaves brotli to a proxy."""

    def do_GET(self) -> None:
        body = PAGE
        self.send_response(200)
        if "gzip" in self.headers["Accept-Encoding"]:
            body = gzip.compress(PAGE, 1)
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_page_is_weighed_in_each_coding(address: str) -> None:
    sizes = weight.compressed(address)
    assert sizes["gzip"] == len(gzip.compress(PAGE, 1))
    assert 0 < sizes["br"] < sizes["gzip"]


@pytest.mark.parametrize("heavy", ["br", "gzip"])
def test_a_page_is_too_heavy_if_it_is_in_one_of_them(heavy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = Verdict("weight", 2)
    sizes = {"br": weight.HTML_MAX, "gzip": weight.HTML_MAX}
    monkeypatch.setattr(weight, "compressed", lambda address: sizes)
    weight.judge(verdict, "article", "http://paper.example/", {}, 0, is_reference=True)
    assert verdict.errors == []
    sizes[heavy] += 1
    weight.judge(verdict, "article", "http://paper.example/", {}, 0, is_reference=True)
    assert verdict.errors == [f"article: HTML in {heavy} 12289 > 12288"]
