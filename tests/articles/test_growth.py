"""Nothing grows with the tables: every page's queries are read off indexes, on PostgreSQL, whatever stands there."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from taggit.models import Tag

from accounts import lists
from accounts.models import Role, User
from articles.models import Article, Byline, Section
from comments import waiting
from newsroom.demo import bulk
from publication import clock
from tests.factories import make_photo, make_publication, make_reporter, make_section, make_user

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about PostgreSQL's plans")
pytestmark = pytest.mark.django_db
ARTICLES, COMMENTS, HOT = 4_000, 9_000, 6_000
# Rows that one part of one query may read: a few pages' worth, far below what each list holds.
ROWS_MAX = 1_000
# What the planner prefers as long as a table is small, whatever indexes there are.
WAYS = ("seqscan", "hashjoin", "mergejoin")
TABLES = (
    "articles_article|articles_byline|articles_discussion|articles_placement|articles_searchentry"
    "|articles_taggedarticle|comments_comment|comments_vote|publication_audit"
)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper whose lists are long: what counts as long is brought down to what a test can fill."""
    monkeypatch.setattr(lists, "LONG", 300)
    monkeypatch.setattr("accounts.guarded.GuardedAdmin.looked_through", 300)
    monkeypatch.setattr(waiting, "LOOKED_THROUGH", 300)
    monkeypatch.setattr(waiting, "TALLIED", 5)
    make_publication()
    make_user("desk@example.com", "나도담", Role.DESK)
    for _number in range(3):
        make_section()
    bulk.fill(ARTICLES, COMMENTS, HOT, lambda line: None, io.StringIO())


def halfway() -> Article:
    """An article with as many before as behind it. (Threads have tests/comments/test_scale.py.)"""
    return Article.objects.public(clock.now()).order_by("id")[ARTICLES // 2]


def public_pages() -> dict[str, str]:
    middle = halfway()
    section = Section.objects.order_by("pk")[0]
    place = f"{int(middle.publish_at.timestamp() * 1_000_000):x}-{middle.pk:x}"
    day = middle.publish_at + timedelta(hours=9)
    return {
        "front": "/",
        "section": section.get_absolute_url(),
        "far down in a section": f"{section.get_absolute_url()}?before={place}",
        "tag": reverse("tag", args=[Tag.objects.order_by("pk")[0].slug]),
        "reporter": Byline.objects.all()[0].reporter.get_absolute_url(),
        "kind": "/kind/column/",
        "archive": "/archive/",
        "day": f"/archive/{day:%Y/%m/%d}/",
        "article": middle.get_absolute_url(),
        "feed": "/rss/",
        "sitemap": "/sitemap.xml",
        "reporters": reverse("sitemap-reporters"),
    }


def desk_pages() -> dict[str, str]:
    place = halfway().pk
    articles, queue = "/admin/articles/article/", "/admin/comments/comment/"
    section = Section.objects.order_by("pk")[0].pk
    return {
        "dashboard": "/admin/",
        "articles": articles,
        "far down": f"{articles}?before={place}",
        "up again": f"{articles}?after={place}",
        "drafts": f"{articles}?state=draft",
        "of a section": f"{articles}?section={section}&before={place}",
        "of a kind": f"{articles}?kind__exact=video",
        "of a grade": f"{articles}?grade__exact=headline",
        "own approvals": f"{articles}?exception=1",
        "comments": queue,
        "recent": f"{queue}?view=recent",
        "recent by word": f"{queue}?view=recent&q=%EC%97%86%EB%8A%94%EB%A7%90",
        "recent by state": f"{queue}?view=recent&state=hidden",
        "threads": "/admin/articles/discussion/",
        "closed threads": "/admin/articles/discussion/?state__exact=closed",
        "audit": "/admin/publication/audit/",
        "audit by verb": "/admin/publication/audit/?verb=withdraw",
        "audit by kind": "/admin/publication/audit/?kind=articles.photo",
        "audit by word": "/admin/publication/audit/?q=%EC%97%86%EB%8A%94%EB%A7%90",
        "photos": "/admin/articles/photo/",
    }


def grown(client: Client, pages: dict[str, str]) -> list[str]:
    """What read too much: page, rows and plan."""
    found = []
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, name
        getattr(response, "getvalue", bytes)()
        for query in queries.captured_queries:
            if not query["sql"].startswith("SELECT"):
                continue
            rows, plan = touched(query["sql"])
            if rows > ROWS_MAX or re.search(rf"Seq Scan on ({TABLES})", plan):
                found.append(f"{name}: {rows} rows\n{query['sql'][:600]}\n{plan}")
    return found


def touched(sql: str) -> tuple[int, str]:
    """The most rows that a part of the plan read or threw away, where an index is taken wherever one serves."""
    with connection.cursor() as cursor:
        for way in WAYS:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {sql}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        for way in WAYS:
            cursor.execute(f"SET LOCAL enable_{way} = on")
    read = [int(float(rows) * int(loops)) for rows, loops in re.findall(r"rows=([\d.]+) loops=(\d+)", plan)]
    dropped = [int(rows) for rows in re.findall(r"Rows Removed by [\w ]+: (\d+)", plan)]
    return max(read + dropped), plan


@on_postgresql
def test_no_public_page_reads_more_of_a_large_paper(large: None, client: Client) -> None:
    found = grown(client, public_pages())
    assert not found, "\n\n".join(found)


@on_postgresql
def test_no_list_of_the_desk_reads_more_of_a_large_paper(
    large: None, as_user: Callable[[Any], Client], manager: User
) -> None:
    found = grown(as_user(manager), desk_pages())
    assert not found, "\n\n".join(found)


def shown(client: Client, address: str) -> Any:
    return client.get(address).context["cl"]


def test_a_long_list_is_walked_down_and_up_without_a_gap(
    monkeypatch: pytest.MonkeyPatch, as_user: Callable[[Any], Client], manager: User
) -> None:
    monkeypatch.setattr(lists, "LONG", 100)
    monkeypatch.setattr("accounts.guarded.GuardedAdmin.looked_through", 40)
    people = [make_reporter(f"기자{number}", email=f"{number}@paper.test").pk for number in range(120)]
    newsroom, home = as_user(manager), "/admin/articles/reporter/"
    page, seen, addresses = shown(newsroom, home), [], []
    assert page.is_long
    assert not page.newer
    while True:
        seen += [row.pk for row in page.result_list]
        addresses.append([row.pk for row in page.result_list])
        if not page.older:
            break
        page = shown(newsroom, home + page.older)
    assert seen == sorted(people, reverse=True)
    while page.newer:
        page = shown(newsroom, home + page.newer)
        assert {row.pk for row in page.result_list} <= set(people)
    assert page.result_list[0].pk == max(people)
    # A search looks through so many numbers, says so, and goes on from there.
    page, found, pages = shown(newsroom, f"{home}?q=기자7"), [], 0
    while True:
        pages += 1
        found += [row.name for row in page.result_list]
        if not page.older:
            break
        page = shown(newsroom, home + page.older)
    assert sorted(found) == sorted(["기자7", *(f"기자7{number}" for number in range(10))])
    assert pages > 1


def test_a_short_list_has_numbered_pages_and_sorts(as_user: Callable[[Any], Client], manager: User) -> None:
    for name in ("나", "가", "다"):
        make_reporter(name)
    page = shown(as_user(manager), "/admin/articles/reporter/?o=0")
    assert [row.name for row in page.result_list] == ["가", "나", "다"]
    assert not page.is_long
    assert page.result_count == 3


def test_a_place_that_is_no_number_is_the_top(
    monkeypatch: pytest.MonkeyPatch, as_user: Callable[[Any], Client], manager: User
) -> None:
    monkeypatch.setattr(lists, "LONG", 1)
    photos = [make_photo().pk for _number in range(3)]
    for place in ("x", "-1", "9" * 30, "１"):
        page = shown(as_user(manager), f"/admin/articles/photo/?before={place}")
        assert [row.pk for row in page.result_list] == photos[::-1]
