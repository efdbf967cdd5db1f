"""What is sent to an address that staff typed: to public hosts, once, without following anything."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

import pytest

from publication import outgoing
from publication.outgoing import Unreachable, post_form


class Hub(HTTPServer):
    """Answers `status` to everything and remembers what it was sent."""

    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, str, list[tuple[str, str]]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((self.path, self.headers["Host"], parse_qsl(body)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: Any) -> None:
        return


@pytest.fixture
def hub(settings: Any) -> Iterator[Hub]:
    """A hub on this machine, which only DEBUG may speak to."""
    settings.DEBUG = True
    server = Hub()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_form_is_sent_to_the_address(hub: Hub) -> None:
    assert (
        post_form(f"{hub.address}/hub?key=1", [("hub.mode", "publish"), ("hub.url", "http://a/태그/")]) == 204
    )
    host = hub.address.removeprefix("http://")
    assert hub.got == [("/hub?key=1", host, [("hub.mode", "publish"), ("hub.url", "http://a/태그/")])]


def test_no_redirect_is_followed(hub: Hub) -> None:
    hub.status = 307
    assert post_form(hub.address, []) == 307
    assert len(hub.got) == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://hub.example/",
        "file:///etc/passwd",
        "//hub.example/",
        "http://",
        "http://[::1",
        "http://a:b/",
    ],
)
def test_what_is_no_web_address_is_not_spoken_to(url: str) -> None:
    with pytest.raises(Unreachable):
        post_form(url, [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
    ],
)
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def lookup(host: str, port: int, **kwargs: Any) -> list[Any]:
        return [(0, 0, 0, "", ("93.184.216.34", port)), (0, 0, 0, "", (address, port))]

    def connect(*args: Any) -> None:
        raise AssertionError("spoke to it")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unreachable, match="not a public address"):
        post_form("https://hub.example/", [])


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means something else by the next look-up leads nowhere else."""
    tried: list[tuple[Any, float]] = []

    def connect(address: tuple[str, int], timeout: float) -> None:
        tried.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, **kwargs: [(0, 0, 0, "", ("93.184.216.34", port))]
    )
    monkeypatch.setattr(socket, "create_connection", connect)
    for url, port in (("https://hub.example/", 443), ("http://hub.example:8080/", 8080)):
        with pytest.raises(Unreachable, match="ConnectionRefusedError"):
            post_form(url, [])
        assert tried.pop() == (("93.184.216.34", port), outgoing.TIMEOUT)


def test_a_silent_host_costs_no_more_than_the_timeout(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(outgoing, "TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreachable, match="Timeout"):
        post_form(f"http://127.0.0.1:{silent.getsockname()[1]}/", [])
