"""Readers' pages: cold, warm and behind nginx, each in turn with its floor, three times; medians."""

import contextlib
import json
import re
import shutil
import statistics
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import brotli

from benchmarks import goals, load, servers
from benchmarks.goals import Goal
from benchmarks.servers import Database, Server

TIMES = 3
# Cold pages that are not measured, each over a connection of its own.
WARM_UP = 16
# Set anew by whoever answers.
OWN_HEADERS = {"content-length", "date", "server", "connection", "transfer-encoding", "x-accel-expires"}


@dataclass
class Rig:
    """Everything that readers' pages are measured with, running side by side."""

    folder: Path
    database: Database
    facts: dict[str, Any]
    seconds: float
    paper: Server
    same_bytes: Server
    bare: Server

    @property
    def path(self) -> str:
        return f"/news/{self.facts['reference']}/"


@contextlib.contextmanager
def rig(folder: Path, database: Database, facts: dict[str, Any], seconds: float) -> Iterator[Rig]:
    paper = servers.granian("newsroom.wsgi:application", folder, database)
    with paper as running, contextlib.ExitStack() as floors:
        body, headers = fetched(running.url + f"/news/{facts['reference']}/", "gzip")
        (folder / "floor.body").write_bytes(body)
        kept = {name: value for name, value in headers.items() if name.lower() not in OWN_HEADERS}
        (folder / "floor.json").write_text(json.dumps(kept))
        same = floors.enter_context(servers.granian("benchmarks.floor:application", folder, database))
        bare = floors.enter_context(servers.granian("benchmarks.bare_server:application", folder, database))
        yield Rig(folder, database, facts, seconds, running, Server(same.url, same.trees[:1]), bare)


def fetched(url: str, encoding: str) -> tuple[bytes, dict[str, str]]:
    """Body as it was sent, and headers."""
    load.check_loopback(url)
    request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read(), dict(response.headers.items())


def in_turn(cases: dict[str, Callable[[int], load.Load]], times: int = TIMES) -> dict[str, list[load.Load]]:
    """Each case once in every round, so that a busy moment hits all alike."""
    found: dict[str, list[load.Load]] = {name: [] for name in cases}
    for number in range(times):
        for name, case in cases.items():
            found[name].append(case(number))
    return found


def medians(loads: list[load.Load]) -> dict[str, float]:
    names = ("rate", "cpu_ms", "p50", "p99", "failed")
    return {name: round(statistics.median(getattr(one, name) for one in loads), 4) for name in names}


def ratio(ours: list[load.Load], floors: list[load.Load]) -> float:
    """The floor's CPU per request over ours: 1 is the floor itself. The median of the rounds' own ratios."""
    return statistics.median(
        floor.cpu_ms / one.cpu_ms for one, floor in zip(ours, floors, strict=True) if one.cpu_ms
    )


def cold(rig: Rig, queries: int) -> tuple[list[Goal], dict[str, Any]]:
    """Articles that nobody has asked for yet, each once; every round others."""
    pages = rig.facts["discussed"][1:]
    first = min(WARM_UP, len(pages) // 4)
    # Templates are read, connections made, in every thread of every worker.
    for path in ("/", *(f"/news/{pk}/" for pk in pages[:first])):
        load.each(rig.paper, [path])
    load.run(rig.bare, f"/bare/{rig.facts['reference']}/", 1)
    pages = pages[first:]
    size = len(pages) // TIMES
    found = in_turn(
        {
            "same bytes": lambda number: load.run(rig.same_bytes, "/page", rig.seconds),
            "bare.py": lambda number: load.run(rig.bare, f"/bare/{rig.facts['reference']}/", rig.seconds),
            "cold": lambda number: load.each(
                rig.paper, [f"/news/{pk}/" for pk in pages[number * size : (number + 1) * size]]
            ),
        }
    )
    told = {name: medians(loads) for name, loads in found.items()}
    by_bytes = 1 / ratio(found["cold"], found["same bytes"])
    by_bare = 1 / ratio(found["cold"], found["bare.py"])
    note = f"{size} articles a round; {by_bare:.1f} times bare.py (one query, one template)"
    return [
        goals.at_most(1, "cold page, times a bare Django view", by_bytes, 25, "x", note),
        goals.at_most(1, "cold page, whole tree with its database", told["cold"]["cpu_ms"], 5, "CPU ms"),
        goals.at_most(
            1, "cold page, queries", queries, 8, "", "SELECTs; what begins and ends a snapshot not counted"
        ),
    ], told


def warm(rig: Rig) -> tuple[list[Goal], dict[str, Any]]:
    found = in_turn(
        {
            "same bytes": lambda number: load.run(rig.same_bytes, "/page", rig.seconds),
            "warm": lambda number: load.run(rig.paper, rig.path, rig.seconds),
        }
    )
    told = {name: medians(loads) for name, loads in found.items()}
    rate = statistics.median(
        one.rate / floor.rate for one, floor in zip(found["warm"], found["same bytes"], strict=True)
    )
    note = f"{rate:.2f} x by requests a second; {told['warm']['rate']:.0f} a second, client on the same cores"
    value = ratio(found["warm"], found["same bytes"])
    return [goals.at_least(2, "warm page without proxy, x bare Django", value, 0.9, "x", note)], told


def behind(rig: Rig) -> tuple[list[Goal], dict[str, Any]]:
    what, wanted = "behind the shipped nginx, x nginx serving the file", ">= 0.95 x"
    if servers.nginx_missing():
        return [goals.unmeasured(3, what, wanted, servers.nginx_missing())], {}
    body = (rig.folder / "floor.body").read_bytes()
    headers = json.loads((rig.folder / "floor.json").read_text())
    with servers.nginx(rig.folder, rig.paper, body, headers) as (front, floor):
        load.run(front, rig.path, 1)
        found = in_turn(
            {
                "file": lambda number: load.run(floor, "/page", rig.seconds),
                "nginx": lambda number: load.run(front, rig.path, rig.seconds),
            }
        )
    told = {name: medians(loads) for name, loads in found.items()}
    rate = statistics.median(
        one.rate / it.rate for one, it in zip(found["nginx"], found["file"], strict=True)
    )
    note = f"{rate:.2f} x by requests a second; {told['nginx']['rate']:.0f} a second; CPU of the application counted"
    return [goals.at_least(3, what, ratio(found["nginx"], found["file"]), 0.95, "x", note)], told


def memory(rig: Rig) -> tuple[list[Goal], dict[str, Any]]:
    """Of the paper's workers after all that."""
    from benchmarks.storm import workers

    pids = workers(rig.paper.trees[0])
    sizes = rig.paper.trees[0].memory()[: len(pids)]
    largest = max((rss for rss, _pss in sizes), default=0.0)
    note = f"RSS; PSS {max((pss for _rss, pss in sizes), default=0.0):.0f} MiB; {len(sizes)} workers"
    return [goals.at_most(9, "memory of a worker", largest, 120, "MiB", note)], {"rss_pss_mib": sizes}


# What a page asks for before anybody touches it.
LINKED = re.compile(
    r"<(?:link[^>]*rel=\"?(?:stylesheet|modulepreload)\"?[^>]*href|script[^>]*src)=\"([^\"]+)\""
)
EVERYTHING = re.compile(r"\b(?:src|srcset|href)=\"((?:https?:)?//[^\"]+)\"")
ASKED = re.compile(
    r"<(?:img|script|iframe|source|video|audio)\b[^>]*?\b(?:src|srcset)=\"((?:https?:)?//[^\"\s]+)"
)


def weight(rig: Rig) -> tuple[list[Goal], dict[str, Any]]:
    """The reference article: 2,000 Hangul, two pictures, 20 comments of 60 Hangul."""
    address = f"{rig.paper.url}/news/{rig.facts['weighed']}/"
    plain = fetched(address, "identity")[0]
    zipped, brotlied = len(fetched(address, "gzip")[0]), len(fetched(address, "br")[0])
    text = plain.decode()
    files = {}
    for link in sorted(set(LINKED.findall(text))):
        files[urlsplit(link).path] = len(fetched(urljoin(address, link), "br, gzip")[0])
    own = urlsplit(rig.facts.get("site", rig.paper.url)).hostname
    foreign = {url for url in ASKED.findall(text) if urlsplit(url).hostname not in {own, "127.0.0.1"}}
    css = sum(size for path, size in files.items() if path.endswith(".css"))
    js = sum(size for path, size in files.items() if path.endswith(".js"))
    kib = 1024
    sizes = {"plain": len(plain), "gzip": zipped, "br": brotlied}
    figures = {"html": sizes, "files": files, "foreign": sorted(foreign)}
    made_best = len(brotli.compress(plain, quality=11))
    return [
        goals.at_most(
            8, "HTML, compressed (br)", round(brotlied / kib, 2), 12, "KiB",
            f"gzip {zipped / kib:.1f}, plain {len(plain) / kib:.1f}, br 11 {made_best / kib:.1f} KiB",
        ),
        goals.at_most(8, "local files besides pictures", len(files), 3, ""),
        goals.at_most(8, "the one CSS, compressed", round(css / kib, 2), 12, "KiB"),
        goals.at_most(8, "the scripts together, compressed", round(js / kib, 2), 12, "KiB"),
        goals.at_most(8, "third-party requests", len(foreign), 0, ""),
    ], figures  # fmt: skip


def others(against: dict[str, str], seconds: float) -> dict[str, Any]:
    """Other systems' addresses, asked in turn; their CPU is not ours to see."""
    cases: dict[str, Callable[[int], load.Load]] = {}
    for name, url in against.items():
        load.check_loopback(url)
        parts = urlsplit(url)
        server = Server(f"{parts.scheme}://{parts.netloc}", [])
        cases[name] = lambda number, server=server, path=parts.path or "/": load.run(server, path, seconds)
    return {name: medians(loads) for name, loads in in_turn(cases).items()}


def has_wrk() -> bool:
    return shutil.which("wrk") is not None
