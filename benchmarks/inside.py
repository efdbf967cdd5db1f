"""`python -m benchmarks.inside`: what needs the paper's own code, in a process beside the servers. Prints JSON.

check      are the acknowledged comments there, each once; do the counters agree with the rows?
moderate   a moderator hides a comment and lets one stand again, over and over
profile    where the CPU of a page that nobody has kept goes, and how many queries each page asks
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

MARK = "폭풍 속에서 쓴 댓글"
# Seconds between two acts of the moderator.
EVERY = 0.5


def check(article: int, tokens: list[str]) -> dict[str, Any]:
    from comments import recount
    from comments.models import Comment, Posting
    from publication.models import Version

    rows = Comment.objects.filter(article_id=article, body__startswith=MARK).values_list("body", flat=True)
    stored = Counter(body.removeprefix(MARK).strip() for body in rows)
    posted = Counter(Posting.objects.filter(article_id=article).values_list("token", flat=True))
    version = Version.objects.filter(key=f"comments:{article}").values_list("number", flat=True).first()
    return {
        "lost": [token for token in tokens if not stored[token] or not posted[token]],
        "doubled": [token for token, number in stored.items() if number > 1],
        "drift": [str(one) for one in recount.drift(article)],
        "version": version or 0,
        "newest": list(
            Comment.objects.filter(article_id=article).order_by("-id").values_list("pk", flat=True)[:40]
        ),
    }


def moderate(article: int, seconds: float) -> dict[str, Any]:
    """While the database is away the moderator waits, and goes on."""
    from django.db import Error

    from accounts.models import User
    from comments import moderation
    from comments.models import Comment

    until, done, times = time.monotonic() + seconds, 0, []
    hidden: int | None = None
    while time.monotonic() < until:
        try:
            moderator = User.objects.get(email="moderator@example.com")
            if hidden is None:
                hidden = Comment.objects.visible().filter(article_id=article).order_by("-id")[:1].get().pk
                moderation.hide(hidden, by=moderator, why="측정")
                times.append([hidden, time.time()])
            else:
                pk, hidden = hidden, None
                moderation.restore(pk, by=moderator)
            done += 1
        except (Error, Comment.DoesNotExist):
            hidden = None
        time.sleep(EVERY)
    return {"done": done, "hidden": times}


def profile(article: int, paths: list[str], rounds: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks import measure, shares
    from newsroom.wsgi import application
    from publication.pagecache.levels import levels

    def make(path: str = f"/news/{article}/") -> bytes:
        levels().memory.clear()
        levels().copies.clear()
        return measure.get(application, path)

    queries = {}
    for path in [f"/news/{article}/", *paths]:
        make(path)
        with CaptureQueriesContext(connection) as asked:
            make(path)
        queries[path] = sum(1 for one in asked.captured_queries if "SELECT" in one["sql"])
    cpu, looks = shares.profile(make, rounds)
    total = sum(looks.shares.values()) or 1
    return {
        "queries": queries,
        "cpu_ms": round(cpu, 2),
        "shares": {name: round(number / total, 4) for name, number in looks.shares.most_common()},
        "lines": shares.lines(cpu, looks),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inside")
    parser.add_argument("what", choices=("check", "moderate", "profile"))
    parser.add_argument("--article", type=int, required=True)
    parser.add_argument("--tokens", type=Path, help="check: a JSON list of those that were acknowledged")
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--paths", nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=100)
    given = parser.parse_args()
    import django

    django.setup()
    if given.what == "check":
        tokens = json.loads(given.tokens.read_text()) if given.tokens else []
        found = check(given.article, tokens)
    elif given.what == "moderate":
        found = moderate(given.article, given.seconds)
    else:
        found = profile(given.article, given.paths, given.rounds)
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
