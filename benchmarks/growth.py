"""Does anything grow with the paper? The same pages of a small and of a large one, uncached, in turn."""

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import goals, load, servers
from benchmarks.goals import Goal
from benchmarks.reading import in_turn, medians
from benchmarks.servers import Database, Server

# The newsroom's list has a hundred articles on a page.
DEEP = 2_000
A_PAGE = 100


def pages(facts: dict[str, Any]) -> dict[str, str]:
    return {
        "article": f"/news/{facts['reference']}/",
        "section": facts["paths"]["section"],
        "front": "/",
        "feed": "/rss/",
        "search": "/search/?q=%EA%B0%95",
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
    database: Database,
    folder: Path,
    small: tuple[str, dict[str, Any]],
    large: tuple[str, dict[str, Any]],
    rounds: int,
) -> tuple[list[Goal], dict[str, Any]]:
    """`small` and `large`: a database's address and what stands in it. Pages are made anew for each request."""
    told: dict[str, Any] = {}
    paper = "newsroom.wsgi:application"
    with (
        servers.granian(paper, folder, database, url=small[0], workers=1, BENCH_CACHE="off") as one,
        servers.granian(paper, folder, database, url=large[0], workers=1, BENCH_CACHE="off") as other,
    ):
        for name in pages(small[1]) | admin_pages(small[1]):
            paths = [(pages(facts) | admin_pages(facts))[name] for _url, facts in (small, large)]
            cases = {
                "small": lambda _n, path=paths[0], name=name: asked(one, small[1], rounds, path, name),
                "large": lambda _n, path=paths[1], name=name: asked(other, large[1], rounds, path, name),
            }
            try:
                told[name] = compared(cases)
            except RuntimeError as error:
                told[name] = {"error": str(error)}
        threads = of_threads(other, large[1], rounds)
    sizes = f"{large[1]['articles']:,} over {small[1]['articles']:,} articles, CPU of an uncached page"
    found = [judged(name, one, 1.3, sizes) for name, one in told.items()]
    return found + [
        judged(name, one, 1.2, one.get("sizes", "")) for name, one in threads.items()
    ], told | threads


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
    """First pages and BEST of the smallest and the largest thread there is."""
    threads: Sequence[tuple[int, int]] = [(pk, size) for pk, size in facts["threads"] if size > 100]
    told: dict[str, Any] = {}
    for sort in ("new", "up", "replies"):
        for pk, size in reversed(threads[:2]):
            name = f"thread of {size:,}, {sort}"
            cases = {
                "100": lambda _n, sort=sort: asked(
                    server, facts, rounds, f"/news/{facts['reference']}/comments/?sort={sort}", "thread"
                ),
                "many": lambda _n, sort=sort, pk=pk: asked(
                    server, facts, rounds, f"/news/{pk}/comments/?sort={sort}", "thread"
                ),
            }
            told[name] = compared(cases) | {"sizes": f"{size:,} over 100 comments, CPU of an uncached page"}
    return told


def judged(name: str, one: dict[str, Any], limit: float, note: str) -> Goal:
    if "error" in one:
        return goals.unmeasured(6, f"growth: {name}", f"<= {limit} x", one["error"])
    return goals.at_most(6, f"growth: {name}", one["ratio"], limit, "x", note)
