"""`python -m benchmarks [--size small|full]`: the goals of speed, each beside what was measured in this run.

Floors and ours in turn, three times, medians; CPU of the whole server tree, PostgreSQL included. A table on
the terminal, and JSON in benchmarks/results/. Without PostgreSQL on SQLite, and then without the storm.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks import freshness, goals, growth, reading, servers, starting, storm, writing
from benchmarks.goals import Goal
from benchmarks.servers import Database

HERE = Path(__file__).resolve().parent
Found = tuple[list[Goal], dict[str, Any]]


@dataclass(frozen=True)
class Size:
    """How much is made, and how long is looked."""

    small: int  # articles of the small paper, which most is measured on
    discussed: int  # of them with the reference thread: a third is asked for cold in each round
    large: int  # articles of the large paper, 0 for none
    comments: int
    hot: int
    seconds: float  # of each load
    storm: float  # seconds of each storm
    rounds: int  # requests of each growing page in each round
    writes: int
    submitted: int

    def on(self, vendor: str) -> Size:
        """What the database is asked to hold: SQLite a tenth at most."""
        if vendor == "sqlite" and self.large > SQLITE_ARTICLES:
            return replace(self, large=self.large // 10, comments=self.comments // 10, hot=self.hot // 2)
        return self


SIZES = {
    "tiny": Size(40, 4, 0, 0, 0, 1, 0, 2, 4, 4),
    "small": Size(120, 16, 1_000, 5_000, 3_000, 1, 3, 3, 20, 4),
    "full": Size(1_000, 91, 1_000_000, 10_000_000, 1_000_000, 4, 20, 12, 100, 14),
}
SQLITE_ARTICLES = 100_000


class Bench:
    """One run: its databases, its figures."""

    def __init__(self, size: str, folder: Path, database: Database, profile: bool) -> None:
        self.folder, self.database, self.profile = folder, database, profile
        self.size = SIZES[size].on(database.vendor)
        self.goals: list[Goal] = []
        self.figures: dict[str, Any] = {}

    def run(self, start: bool, against: dict[str, str]) -> None:
        size = self.size
        facts = self.seeded("small paper", self.database.url, size.small, 0, 0)
        inside = self.take("profile", lambda: ([], self.inside(facts)))
        queries = inside["queries"][f"/news/{facts['reference']}/"]
        with reading.rig(self.folder, self.database, facts, size.seconds) as rig:
            self.take("cold", lambda: reading.cold(rig, queries))
            self.take("warm", lambda: reading.warm(rig))
            self.take("behind nginx", lambda: reading.behind(rig))
            self.take("freshness", lambda: freshness.measure(rig))
            self.take("publish", lambda: writing.publishing(rig))
            self.take("comment", lambda: writing.commenting(rig, size.writes))
            self.take("weight", lambda: reading.weight(rig))
            self.take("memory", lambda: reading.memory(rig))
            if against:
                self.take("others", lambda: ([], reading.others(against, size.seconds)))
        if size.storm:
            self.take("storm", lambda: self.storm(facts))
        if size.large:
            small = growth.Paper(self.database.url, self.folder, facts)
            large = self.large_paper()
            self.take("growth", lambda: growth.of_papers(self.database, small, large, size.rounds))
        if start:
            self.take("start", lambda: starting.measure(self.folder))

    def seeded(
        self, name: str, url: str, articles: int, comments: int, hot: int, folder: Path | None = None
    ) -> dict[str, Any]:
        given = {
            "articles": articles, "comments": comments, "hot": hot,
            "discussed": self.size.discussed, "submitted": self.size.submitted,
        }  # fmt: skip
        words = [word for key, value in given.items() for word in (f"--{key}", str(value))]
        return self.told(name, folder or self.folder, url, *words)

    def large_paper(self) -> growth.Paper:
        """Made for the run, or once for all runs in the folder that is kept."""
        size, keep = self.size, self.database.keep
        if keep is None:
            url = self.database.another("large")
            facts = self.seeded("large paper", url, size.large, size.comments, size.hot)
            return growth.Paper(url, self.folder, facts)
        file = keep / f"large-{size.large}-{size.comments}-{size.hot}.json"
        if file.is_file():
            url = self.database.named("large")
            return growth.Paper(url, keep, self.told("large paper", keep, url, "--known", str(file)))
        url = self.database.another("large")
        facts = self.seeded("large paper", url, size.large, size.comments, size.hot, keep)
        file.write_text(json.dumps(facts), encoding="utf-8")
        return growth.Paper(url, keep, facts)

    def told(self, name: str, folder: Path, url: str, *words: str) -> dict[str, Any]:
        began = time.monotonic()
        facts = servers.seed(folder, url, *words)
        say(f"{name}: {facts['articles']:,} articles, {facts['comments']:,} comments in {since(began)}")
        self.figures[name] = {key: facts[key] for key in ("articles", "comments", "threads")}
        return facts

    def take(self, name: str, measure: Callable[[], Found]) -> dict[str, Any]:
        began = time.monotonic()
        found, figures = measure()
        self.goals += found
        self.figures[name] = figures
        say(f"{name}: {since(began)}")
        return figures

    def inside(self, facts: dict[str, Any]) -> dict[str, Any]:
        command = [sys.executable, "-m", "benchmarks.inside", "profile", "--article", str(facts["reference"])]
        command += ["--rounds", str(20 * self.size.rounds), "--paths", "/", *facts["paths"].values()]
        environment = servers.environment(self.folder, self.database.url, 1)
        done = subprocess.run(command, cwd=servers.ROOT, env=environment, stdout=subprocess.PIPE, check=True)
        found = json.loads(done.stdout)
        shares = ", ".join(f"{name} {share:.0%}" for name, share in found["shares"].items())
        say(f"a cold article page, {found['cpu_ms']} ms in the web process: {shares}")
        if self.profile:
            print("\n".join(found["lines"]))
        return found

    def storm(self, facts: dict[str, Any]) -> Found:
        if storm.missing(self.database):
            why = storm.missing(self.database)
            return [goals.unmeasured(5, "storm", "no error, nothing lost, p99 <= 3 x", why)], {}
        plan = storm.Plan(seconds=self.size.storm)
        # A copy is as good: what was asked for before makes no difference here.
        article = facts["reference"]
        found = storm.run(self.database, self.folder, article, plan, ("", "workers", "database"))
        return storm.judged(found), found


def since(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"


def say(line: str) -> None:
    print(f"bench: {line}", file=sys.stderr, flush=True)


def result(size: str, bench: Bench, began: float) -> dict[str, Any]:
    return {
        "size": size,
        "database": bench.database.vendor,
        "seconds": round(time.monotonic() - began),
        "machine": {
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "load": list(os.getloadavg()),
            "client": "wrk" if reading.has_wrk() else "own",
        },
        "goals": goals.as_json(bench.goals),
        "figures": bench.figures,
    }


def named(text: str) -> tuple[str, str]:
    name, equals, url = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("NAME=http://127.0.0.1:PORT/path")
    return name, url


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument(
        "--profile", action="store_true", help="print where a cold page's CPU goes, line by line"
    )
    parser.add_argument(
        "--start", action="store_true", help="also time a clone of this repository to its first page"
    )
    parser.add_argument("--against", action="append", type=named, default=[], metavar="NAME=URL")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="make the large paper there once, and measure it again"
    )
    parser.add_argument("--json", type=Path, help="instead of benchmarks/results/")
    given = parser.parse_args()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="newsroom-bench-", ignore_cleanup_errors=True) as name,
        servers.database(Path(name), given.keep and given.keep.resolve()) as database,
    ):
        bench = Bench(given.size, Path(name), database, given.profile)
        bench.run(given.start, dict(given.against))
    found = result(given.size, bench, began)
    for figures in ("small paper", "large paper"):
        if figures in bench.figures:
            print(f"{figures}: {bench.figures[figures]}")
    print(goals.table(sorted(bench.goals, key=lambda goal: goal.number)))
    target = given.json or HERE / "results" / f"{given.size}-{database.vendor}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(
        f"{found['seconds']} s on {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {target.name}"
    )


if __name__ == "__main__":
    main()
