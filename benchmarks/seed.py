"""`python -m benchmarks.seed`: fills the database of the environment and prints what stands in it as JSON.

A program of its own, so that one run of the bench can fill and measure several databases.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

REFERENCE_COMMENTS = 100
# Made by corpus; the rest by the demo's own bulk. And the comments of the article that is weighed.
OWN, WEIGHED_COMMENTS = 500, 20
# Pages down, that is.
DEEP = 2_000


def fill(articles: int, comments: int, hot: int, discussed: int) -> dict[str, Any]:
    from articles.models import Article
    from benchmarks import corpus, discussion
    from newsroom.demo import bulk, people

    people.load_logins()
    own = min(articles, OWN)
    paths = corpus.fill(own)
    weighed, *newest = Article.objects.newest().filter(kind="article").values_list("pk", flat=True)[:own]
    told = newest[: max(1, min(discussed, len(newest)))]
    discussion.comment_on(told, REFERENCE_COMMENTS)
    discussion.comment_on([weighed], WEIGHED_COMMENTS)
    others = max(0, comments - len(told) * REFERENCE_COMMENTS - WEIGHED_COMMENTS)
    from django.core.management import call_command

    with Path(os.devnull).open("w") as nowhere:
        # What the demo's bulk makes is taken up into the search there.
        call_command("reindex", stdout=nowhere)
        if articles > own:
            bulk.fill(articles - own, others, min(hot, others), said, sys.stderr)
        call_command("tick", stdout=nowhere)
    discussion.read_today(told[:20])
    discussion.take_stock()
    known = {"reference": told[0], "discussed": told, "weighed": weighed, "paths": paths}
    return known | {"second": place(told[0], 1)} | counted()


def said(line: str) -> None:
    sys.stderr.write(f"demo: {line}\n")


def refreshed(facts: dict[str, Any]) -> dict[str, Any]:
    """Of a paper that was filled for an earlier run: its days go by, and log-ins end."""
    from django.core.management import call_command

    from benchmarks import discussion

    with Path(os.devnull).open("w") as nowhere:
        call_command("tick", stdout=nowhere)
    discussion.read_today(facts["discussed"][:20])
    return facts | {"second": place(facts["reference"], 1)} | counted() | {"staff": staff()}


def counted() -> dict[str, Any]:
    """What stands there, and the largest threads beside the reference one's size."""
    from django.db import connection

    from articles.models import Article, Discussion
    from comments.models import Comment

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Millions are counted here.
            cursor.execute("SET statement_timeout = 0")
    sizes = Discussion.objects.order_by("-visible_count").values_list("article_id", "visible_count")[:5]
    return {
        "articles": Article.objects.count(),
        "newest": Article.objects.order_by("-pk").values_list("pk", flat=True)[0],
        "comments": Comment.objects.count(),
        "threads": [list(row) for row in sizes],
        "deep": place(sizes[0][0], DEEP) if sizes else {},
    }


def place(article: int, pages: int) -> dict[str, str]:
    """Where a thread goes on after so many pages (or half of it, if it is shorter), in each of its orders."""
    from comments.models import Comment
    from comments.rules import PAGE_SIZE
    from comments.threads import SORTS

    rows = Comment.objects.filter(article=article).standing()
    found = {}
    down = min(pages * PAGE_SIZE, rows.count() // 2)
    for sort, counter in SORTS.items():
        order = ("parent_id", "-id") if counter is None else (f"-{counter}", "-id")
        for row in rows.order_by(*order)[down : down + 1]:
            found[sort] = f"{getattr(row, counter) if counter else 0}-{row.pk}"
    return found


def staff() -> dict[str, str]:
    """Session cookies of one person for each role that the bench plays."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import Role, User

    cookies = {}
    for role in (Role.DESK, Role.MODERATOR, Role.MANAGER):
        user = User.objects.get(email=f"{role}@example.com")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies[str(role)] = str(session.session_key)
    return cookies


def submitted(count: int) -> list[int]:
    """Articles that wait for the desk, each complete."""
    from accounts.models import User
    from articles import workflow
    from articles.models import Article, Byline, Reporter

    writer, reporter = User.objects.get(email="reporter@example.com"), Reporter.objects.order_by("pk")[0]
    found = []
    for article in Article.objects.newest().filter(kind="article")[:count]:
        fields = {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}
        # As it was before it went out: what is public can never become a draft again.
        fields |= {"id": None, "status": "draft", "publish_at": None, "first_published_at": None}
        fields |= {"lead_credit": "측정", "owner_id": writer.pk}
        draft = Article(**fields)
        draft.save()
        Byline.objects.create(article=draft, reporter=reporter)
        workflow.submit(draft, by=writer)
        found.append(draft.pk)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seed")
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--known", type=Path, help="instead: what an earlier run said of this database")
    parser.add_argument("--comments", type=int, default=0)
    parser.add_argument("--hot", type=int, default=0, help="comments in the hottest thread")
    parser.add_argument("--discussed", type=int, default=4, help="articles with the reference thread")
    parser.add_argument("--submitted", type=int, default=0, help="articles that wait for the desk")
    given = parser.parse_args()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if given.known:
        found = refreshed(json.loads(given.known.read_text(encoding="utf-8")))
    else:
        found = fill(given.articles, given.comments, given.hot, given.discussed)
        found |= {"staff": staff(), "submitted": submitted(given.submitted)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
