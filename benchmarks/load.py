"""Requests by the second: wrk where it is installed, else a small client of our own. Loopback only.

The client's own CPU is not counted anywhere; it shares the machine with what it measures.
"""

import http.client
import json
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.servers import ROOT, Server

CONNECTIONS = 16
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass
class Load:
    """What came of it: answers (200 and others), seconds, CPU milliseconds per answer, latencies in ms."""

    answers: int
    failed: int
    seconds: float
    cpu_ms: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def check_loopback(url: str) -> None:
    if urlsplit(url).hostname not in LOOPBACK:
        raise ValueError(f"{url} is not on this machine; only loopback addresses are measured.")


def run(server: Server, path: str, seconds: float, *, connections: int = CONNECTIONS) -> Load:
    """As many requests as go through in so many seconds."""
    check_loopback(server.url)
    before = server.cpu()
    if shutil.which("wrk"):
        answers, failed, took, p50, p99 = _wrk(server.url + path, seconds, connections)
    else:
        answers, failed, took, p50, p99 = _own(server.url + path, seconds, connections)
    # A database that was started anew meanwhile counts from nothing.
    cpu = max(0.0, server.cpu() - before) * 1000 / max(answers, 1)
    return Load(answers, failed, took, cpu, p50, p99)


def steady(server: Server, path: str, seconds: float, rate: float) -> Load:
    """So many requests a second, whatever becomes of them: benchmarks.steady."""
    before = server.cpu()
    command = [sys.executable, "-m", "benchmarks.steady", server.url + path]
    command += ["--rate", str(rate), "--seconds", str(seconds)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    cpu = max(0.0, server.cpu() - before) * 1000 / max(found["answers"], 1)
    return Load(**found, cpu_ms=cpu)


def _wrk(url: str, seconds: float, connections: int) -> tuple[int, int, float, float, float]:
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{max(1, round(seconds))}s",
        "--latency",
        "--timeout",
        "10s",
    ]
    command += ["-H", "Accept-Encoding: gzip", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    total = re.search(r"(\d+) requests in ([\d.]+)(us|ms|s|m),", told)
    if total is None:
        raise RuntimeError(told)
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", told)))
    failed += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", told)))
    share = {
        name: float(n) * UNITS[unit] for name, n, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)", told)
    }
    return (
        int(total[1]),
        failed,
        float(total[2]) * UNITS[total[3]] / 1000,
        share.get("50", 0.0),
        share.get("99", 0.0),
    )


def _own(url: str, seconds: float, connections: int) -> tuple[int, int, float, float, float]:
    parts = urlsplit(url)
    times: list[float] = []
    failures: list[int] = []
    until = time.monotonic() + seconds

    def ask() -> None:
        with closing(http.client.HTTPConnection(parts.netloc, timeout=10)) as connection:
            while time.monotonic() < until:
                began = time.perf_counter()
                connection.request("GET", parts.path, headers={"Accept-Encoding": "gzip"})
                response = connection.getresponse()
                response.read()
                times.append((time.perf_counter() - began) * 1000)
                if response.status != 200:
                    failures.append(response.status)

    began = time.monotonic()
    threads = [threading.Thread(target=ask) for _number in range(min(connections, 4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p50, p99 = spread(times)
    return len(times), len(failures), time.monotonic() - began, p50, p99


def spread(times: Sequence[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    if len(times) < 2:
        return (times[0], times[0]) if times else (0.0, 0.0)
    return statistics.median(times), statistics.quantiles(times, n=100)[-1]


def each(server: Server, paths: Sequence[str], headers: dict[str, str] | None = None) -> Load:
    """Each address once, one after the other over one connection; RuntimeError unless it answers 200."""
    check_loopback(server.url)
    times = []
    before, began = server.cpu(), time.monotonic()
    for status, took in _asked(server.url, paths, {"Accept-Encoding": "gzip"} | (headers or {})):
        if status != 200:
            raise RuntimeError(f"one of {paths[0]} … {paths[-1]} answered {status}")
        times.append(took)
    p50, p99 = spread(times)
    cpu = (server.cpu() - before) * 1000 / len(paths)
    return Load(len(times), 0, time.monotonic() - began, cpu, p50, p99)


def _asked(url: str, paths: Sequence[str], headers: dict[str, str]) -> Iterator[tuple[int, float]]:
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)) as connection:
        for path in paths:
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            yield response.status, (time.perf_counter() - began) * 1000
