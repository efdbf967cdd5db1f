"""`python -m benchmarks.search --articles N`: the search over made-up Korean articles of realistic length.

On the database of DATABASE_URL, which must be empty (or hold what an earlier run left there: `--keep`).
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# What the goal names, and beside it three frequent words at once and one that stands nowhere.
WORDS = ("한국", "AI", "배터리", '"캐나다 토론토"', "법")
QUERIES = (*WORDS, "정부 경제 한국", "없는낱말")
ROUNDS = 15
BATCH = 500
DAYS = 3_000


def seed(count: int) -> None:
    """Published articles, the newest last, over eight sections and forty reporters."""
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Article, Byline, Discussion, Reporter, Section
    from newsroom.demo.bulk.writer import Writer

    writer, now = Writer(7), timezone.now()
    sections = [Section.objects.create(name=f"섹션{n}", slug=f"s{n}", order=n) for n in range(8)]
    reporters = [Reporter.objects.create(name=f"기자{n}", email=f"r{n}@paper.test") for n in range(40)]
    for first in range(0, count, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, count)):
            at = now - timedelta(days=DAYS) * (1 - number / count) - timedelta(minutes=1)
            title, body = writer.article()
            rows.append(
                Article(
                    title=title,
                    body=body,
                    body_html=body,
                    summary=title,
                    section=sections[number % 8],
                    status="published",
                    publish_at=at,
                    first_published_at=at,
                )
            )
        with transaction.atomic():
            made = Article.objects.bulk_create(rows)
            Discussion.objects.bulk_create([Discussion(article=article) for article in made])
            people = [reporters[article.pk % 40] for article in made]
            Byline.objects.bulk_create(
                Byline(article=article, reporter=person, name=person.name, title=person.title)
                for article, person in zip(made, people, strict=True)
            )
        say(f"written: {first + len(made)} of {count}")


def build() -> float:
    """Seconds of indexing all, as `manage.py reindex` does."""
    from articles.models import Article
    from articles.search import index

    began, done = time.monotonic(), 0
    for number in index.put_each(Article.objects.all(), anew=True):
        done += number
        if done % 5_000 < number:
            say(f"indexed: {done}, {done / (time.monotonic() - began):.0f} a second")
    return time.monotonic() - began


def sizes() -> dict[str, float]:
    """MiB of what the search added to the database, and of the articles."""
    from django.db import connection

    if connection.vendor == "postgresql":
        parts = {
            "terms (GIN)": "pg_relation_size('articles_searchentry_terms')",
            "entries": "pg_table_size('articles_searchentry')",
            "articles": "pg_total_relation_size('articles_article')",
        }
    else:
        parts = {
            name: f"(SELECT sum(pgsize) FROM dbstat WHERE name LIKE '{pattern}')"
            for name, pattern in (
                ("terms (FTS5)", "articles_searchterms%"),
                ("entries", "articles_searchentry%"),
                ("articles", "articles_article"),
            )
        }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts.values())}")
        return {
            name: round((size or 0) / 2**20, 1) for name, size in zip(parts, cursor.fetchone(), strict=True)
        }


def measure() -> Iterator[dict[str, Any]]:
    """Each query: median milliseconds of a first page, of a tenth page, of the database's part, and the count."""
    from django.utils import timezone

    from articles.models import Article
    from articles.search.find import find
    from articles.search.similar import similar

    now = timezone.now()
    for text in QUERIES:
        page = find(text, now=now)
        cursor = page.next_cursor if page else None
        for _number in range(8):
            later = find(text, now=now, cursor=cursor) if cursor else None
            cursor = later.next_cursor if later and later.next_cursor else cursor
        deep = timed(lambda text=text, cursor=cursor: find(text, now=now, cursor=cursor)) if cursor else None
        yield {
            "query": text,
            "count": page.count if page else 0,
            "more": bool(page and page.count_is_more),
            **first_page(lambda text=text: find(text, now=now)),
            "tenth page ms": deep,
        }
    stories = list(Article.objects.order_by("-id")[:200:10])
    before = cpu()
    clock = statistics.median(timed(lambda one=one: similar(one, now, 6), 1) for one in stories)
    yield {
        "query": "(similar)", "count": 0, "more": False, "tenth page ms": None, "first page ms": round(clock, 1),
        "first page cpu ms": round((cpu() - before) * 1_000 / len(stories), 1),
    }  # fmt: skip


def first_page(call: Callable[[], object]) -> dict[str, float]:
    """Median milliseconds by the clock, and mean milliseconds of CPU, the database's own process included."""
    call()
    before = cpu()
    clock = timed(call)
    return {"first page ms": clock, "first page cpu ms": round((cpu() - before) * 1_000 / ROUNDS, 1)}


def cpu() -> float:
    """Seconds so far of this process and, with PostgreSQL on this machine, of its server process."""
    from django.db import connection

    from benchmarks import servers

    own = time.process_time()
    return own + (
        servers.Tree(connection.connection.info.backend_pid).cpu() if connection.vendor == "postgresql" else 0
    )


def timed(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _number in range(rounds):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1_000)
    return round(statistics.median(times), 1)


def say(text: str) -> None:
    print(f"\r{text}   ", end="", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true", help="measure what stands in the database already")
    parser.add_argument("--json", type=Path, help="instead of benchmarks/results/")
    options = parser.parse_args()
    os.environ.setdefault("SECRET_KEY", "a-key-for-measuring-only-that-guards-nothing-0123456789")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from publication import bulk

    result: dict[str, Any] = {"database": connection.vendor, "articles": options.articles}
    if not options.keep:
        call_command("migrate", interactive=False, verbosity=0)
        seed(options.articles)
        result["build seconds"] = round(build(), 1)
        bulk.take_stock()
    result |= {"MiB": sizes(), "queries": list(measure())}
    print(f"\n{result['database']}, {result['articles']} articles, built in {result.get('build seconds')} s")
    print(", ".join(f"{name} {size} MiB" for name, size in result["MiB"].items()))
    print(f"{'query':<20}{'count':>8}{'first page':>12}{'tenth page':>12}  (ms)")
    for row in result["queries"]:
        count = f"{row['count']:,}{'+' if row['more'] else ''}"
        print(f"{row['query']:<20}{count:>8}{row['first page ms']:>12}{row['tenth page ms'] or '–':>12}")
    target = options.json or HERE / "results" / f"search-{result['articles']}-{result['database']}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
