"""Requests through the whole WSGI application, the pages in turn, so that a busy moment hits all alike."""

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext, override_settings

# Template compilation, translations and connections are made in these and not measured.
WARM_UP = 5

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


class BareHandler(WSGIHandler):
    """The same Django without middleware, and with the addresses of benchmarks.bare."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = "benchmarks.bare"
        return super().get_response(request)


def pages(paths: dict[str, str], rounds: int) -> list[dict[str, Any]]:
    """Median and 90th percentile of CPU milliseconds, queries and bytes of each page, the bare ones first."""
    the_paper, bare = WSGIHandler(), BareHandler()
    article_id = paths["article"].strip("/").rpartition("/")[2]
    cases = {
        "bare: nothing": (bare, "/empty/"),
        "bare: one article": (bare, f"/bare/{article_id}/"),
        **{name: (the_paper, path) for name, path in paths.items()},
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(WARM_UP + rounds):
        for name, (application, path) in cases.items():
            began = time.process_time_ns()
            get(application, path)
            if turn >= WARM_UP:
                times[name].append((time.process_time_ns() - began) / 1e6)
    floor = statistics.median(times["bare: one article"])
    return [row(name, *cases[name], times[name], floor) for name in cases]


def row(name: str, application: Application, path: str, times: list[float], floor: float) -> dict[str, Any]:
    # Queries are counted in a request of their own: writing them down costs time.
    with CaptureQueriesContext(connection) as queries:
        content = get(application, path)
    median = statistics.median(times)
    return {
        "name": name,
        "path": path,
        "queries": len(queries),
        "cpu_ms": round(median, 3),
        "cpu_ms_p90": round(statistics.quantiles(times, n=10)[-1], 3),
        "times_bare": round(median / floor, 2),
        "bytes": len(content),
    }


def get(application: Application, path: str) -> bytes:
    """The body of a GET; RuntimeError unless it answers 200, for an error page is fast."""
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
    }
    response = application(environ, lambda line, headers: status.append(line))
    content = b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{path} answered {status[0]}")
    return content
