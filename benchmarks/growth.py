"""Does anything grow with the paper? The same pages of a small and of a large one, uncached, in turn."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import goals, load, search, servers
from benchmarks.goals import Goal
from benchmarks.reading import in_turn, medians
from benchmarks.servers import Database, Server

# The newsroom's list has a hundred articles on a page.
DEEP = 2_000
A_PAGE = 100
SEARCH_MS = 50


@dataclass(frozen=True)
class Paper:
    """A database's address, the folder of its files, and what stands in it (benchmarks.seed)."""

    url: str
    folder: Path
    facts: dict[str, Any]


def pages(facts: dict[str, Any]) -> dict[str, str]:
    return {
        "article": f"/news/{facts['reference']}/",
        "section": facts["paths"]["section"],
        "front": "/",
        "feed": "/rss/",
    }


def admin_pages(facts: dict[str, Any]) -> dict[str, str]:
    """Page 2,000 of the large paper stands that many rows down; a small one's list ends before, with its last page."""
    down = min(DEEP * A_PAGE, facts["articles"] - A_PAGE)
    deep = facts["newest"] - down
    name = f"?before={deep}" if facts["articles"] > 10_000 else f"?p={max(1, down // A_PAGE)}"
    return {"admin list": "/admin/articles/article/", "admin list, deep": f"/admin/articles/article/{name}"}


def asked(server: Server, facts: dict[str, Any], rounds: int, path: str, name: str) -> load.Load:
    headers = {"Cookie": f"session={facts['staff']['manager']}"} if name.startswith("admin") else None
    return load.each(server, [path] * rounds, headers)


def of_papers(
    database: Database, small: Paper, large: Paper, rounds: int
) -> tuple[list[Goal], dict[str, Any]]:
    """Pages are made anew for each request."""
    told: dict[str, Any] = {}
    program = "newsroom.wsgi:application"
    first = servers.granian(program, small.folder, database, url=small.url, workers=1, BENCH_CACHE="off")
    second = servers.granian(program, large.folder, database, url=large.url, workers=1, BENCH_CACHE="off")
    with first as one, second as other:
        for name in pages(small.facts) | admin_pages(small.facts):
            paths = [(pages(facts) | admin_pages(facts))[name] for facts in (small.facts, large.facts)]
            cases = {
                "small": lambda _n, path=paths[0], name=name: asked(one, small.facts, rounds, path, name),
                "large": lambda _n, path=paths[1], name=name: asked(other, large.facts, rounds, path, name),
            }
            try:
                told[name] = compared(cases)
            except RuntimeError as error:
                told[name] = {"error": str(error)}
        threads = of_threads(other, large.facts, rounds)
    sizes = f"{large.facts['articles']:,} over {small.facts['articles']:,} articles, CPU of an uncached page"
    found = [judged(name, one, 1.3, sizes) for name, one in told.items()]
    found += [judged(name, one, 1.2, one.get("sizes", "")) for name, one in threads.items()]
    searches, searched = of_search(large)
    return found + searches, told | threads | {"search": searched}


def of_search(large: Paper) -> tuple[list[Goal], dict[str, Any]]:
    """The first page of each query, its work in the database and in the process together."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.search",
        "--keep",
        "--json",
        str(large.folder / "search.json"),
    ]
    environment = servers.environment(large.folder, large.url, 1)
    subprocess.run(command, cwd=servers.ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    told = json.loads((large.folder / "search.json").read_text(encoding="utf-8"))
    found = []
    for row in told["queries"][: len(search.WORDS)]:
        hits = f"{row['count']:,}{'+' if row['more'] else ''} of {large.facts['articles']:,} articles"
        note = f"first page of {hits}: CPU; {row['first page ms']} ms by the clock"
        what = f"search: {row['query']}"
        found.append(goals.at_most(6, what, row["first page cpu ms"], SEARCH_MS, "ms", note))
    return found, told


def compared(cases: dict[str, Any]) -> dict[str, Any]:
    for case in cases.values():
        case(0)  # templates and plans
    found = in_turn(cases)
    first, last = cases
    ratio = statistics.median(
        large.cpu_ms / small.cpu_ms
        for large, small in zip(found[last], found[first], strict=True)
        if small.cpu_ms
    )
    return {name: medians(loads) for name, loads in found.items()} | {"ratio": round(ratio, 3)}


def of_threads(server: Server, facts: dict[str, Any], rounds: int) -> dict[str, Any]:
    """First pages, BEST among them, of the two largest threads; a page far down in the largest one."""
    threads = [(pk, size) for pk, size in facts["threads"] if size > 100]
    told: dict[str, Any] = {}

    def compare(name: str, size: int, small: str, many: str) -> None:
        paths = {"100": f"/news/{facts['reference']}/comments/{small}", "many": many}
        cases = {
            key: lambda _n, path=path: asked(server, facts, rounds, path, "thread")
            for key, path in paths.items()
        }
        sizes = f"{size:,} over 100 comments, CPU of an uncached page"
        told[f"thread of {size:,}, {name}"] = compared(cases) | {"sizes": sizes}

    for sort in ("new", "up", "replies"):
        for pk, size in reversed(threads[:2]):
            compare(sort, size, f"?sort={sort}", f"/news/{pk}/comments/?sort={sort}")
        for pk, size in threads[:1]:
            # The pages of a short thread end soon.
            place, next_page = facts["deep"][sort], facts["second"][sort]
            deep = f"/news/{pk}/comments/?sort={sort}&after={place}"
            compare(f"{sort}, far down", size, f"?sort={sort}&after={next_page}", deep)
    return told


def judged(name: str, one: dict[str, Any], limit: float, note: str) -> Goal:
    if "error" in one:
        return goals.unmeasured(6, f"growth: {name}", f"<= {limit} x", one["error"])
    return goals.at_most(6, f"growth: {name}", one["ratio"], limit, "x", note)
