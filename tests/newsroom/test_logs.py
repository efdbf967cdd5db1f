"""Lines for machines: whose request it was, what failed and where, and nothing that anybody typed."""

import json
import logging
import sys
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from newsroom import logs
from tests.costs import costs_at_most

TYPED = "전화 010-0000-0000"


@pytest.fixture(autouse=True)
def nobody_asks() -> Iterator[None]:
    """Requests of other tests were answered in this thread too."""
    logs.end()
    yield
    logs.end()


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the formatter writes while a test runs."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Kept()
    handler.setFormatter(logs.JSONFormatter())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def told(error: Exception) -> dict[str, Any]:
    try:
        raise error
    except type(error):
        record = logging.LogRecord("a", logging.ERROR, __file__, 1, "%s failed", ("it",), sys.exc_info())
    return json.loads(logs.JSONFormatter().format(record))


def test_a_line_says_when_who_and_what() -> None:
    line = told(ValueError("why"))
    assert (line["level"], line["logger"]) == ("ERROR", "a")
    assert line["message"] == "it failed"
    assert line["error"] == "builtins.ValueError"
    assert line["says"] == "why"
    assert line["at"][-1].endswith("told")
    assert "request" not in line


def test_during_a_request_an_error_is_not_quoted() -> None:
    logs.begin("0123456789abcdef")
    line = told(ValueError(TYPED))
    assert line["request"] == "0123456789abcdef"
    assert TYPED not in json.dumps(line, ensure_ascii=False)


def test_the_database_is_never_quoted() -> None:
    assert TYPED not in json.dumps(told(IntegrityError(TYPED)), ensure_ascii=False)


@pytest.mark.parametrize(
    "given", ["", "short", "a b c d e f g h", "x" * 65, "한글한글한글한글", "a" * 8 + "\n"]
)
def test_a_request_without_a_good_name_gets_one(given: str) -> None:
    logs.begin(given)
    name = logs.request_id()
    assert len(name) == 32
    assert logs.request_id() == name
    logs.end()
    assert logs.request_id() == ""


@pytest.mark.django_db
def test_a_search_is_not_repeated(client: Client, lines: list[str]) -> None:
    client.get("/nowhere/", {"q": TYPED})
    logging.getLogger("a").warning("%s", f"/search/?q={TYPED.replace(' ', '+')} was slow")
    assert [json.loads(line)["message"] for line in lines] == ["Not Found: /nowhere/", "/search/ was slow"]
    assert json.loads(lines[0])["status"] == 404


@pytest.mark.django_db
def test_only_private_answers_name_their_request(client: Client, publication: Any) -> None:
    assert len(client.get("/healthz")["X-Request-ID"]) == 32
    assert "X-Request-ID" not in client.get("/")


@pytest.mark.django_db
def test_a_name_is_taken_from_a_trusted_proxy_only(client: Client, settings: Any) -> None:
    given = "0123456789abcdef"
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] != given
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.django_db
def test_a_line_of_a_request_carries_the_name_in_its_answer(client: Client, lines: list[str]) -> None:
    answer = client.get("/nowhere/")
    assert json.loads(lines[0])["request"] == answer["X-Request-ID"]


def test_an_address_of_slashes_is_written_in_no_time() -> None:
    line = f"Not Found: {'/' * 50_000} and /search/?q=전화 but a? stays"
    with costs_at_most(1):
        assert logs._without_queries(line).endswith("/ and /search/ but a? stays")
