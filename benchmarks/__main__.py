"""`python -m benchmarks [--size small|full]`: a paper of made-up articles in a database of its own.

On SQLite, or on BENCH_DATABASE_URL, whose database must be empty. Writes a table, and the same as JSON
into benchmarks/results/.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# Articles in the database, and rounds of requests: a median of fewer is noise on a busy machine.
SIZES = {"small": (500, 60), "full": (20_000, 300)}


def configure(folder: str) -> None:
    """A production-like environment whose database and files live in the folder."""
    given = os.environ.get("BENCH_DATABASE_URL")
    os.environ |= {
        "DEBUG": "",
        "DEMO": "",
        "SECRET_KEY": "a-key-for-measuring-only-that-guards-nothing-0123456789",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": given or f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }


def run(size: str) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import corpus, measure

    articles, rounds = SIZES[size]
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = time.monotonic()
    paths = corpus.fill(articles)
    print(f"{articles} articles made in {time.monotonic() - began:.0f} s; {rounds} rounds", file=sys.stderr)
    return {
        "size": size,
        "articles": articles,
        "rounds": rounds,
        "database": connection.vendor,
        "python": platform.python_version(),
        "django": django.get_version(),
        "pages": measure.pages(paths, rounds),
    }


def table(result: dict[str, Any]) -> str:
    """Fixed columns; CPU milliseconds are medians of the middle half's spread, p90 beside them."""
    lines = [f"{'page':<22}{'queries':>8}{'CPU ms':>9}{'p90':>9}{'x bare':>8}{'KiB':>8}"]
    for page in result["pages"]:
        lines.append(
            f"{page['name']:<22}{page['queries']:>8}{page['cpu_ms']:>9.2f}{page['cpu_ms_p90']:>9.2f}"
            f"{page['times_bare']:>8.1f}{page['bytes'] / 1024:>8.1f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--size", choices=SIZES, default="small")
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        configure(folder)
        result = run(size)
    print(f"{result['database']}, {result['articles']} articles, Python {result['python']}, one process")
    print(table(result))
    target = HERE / "results" / f"{size}-{result['database']}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=2) + "\n")
    print(f"written to {target.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
