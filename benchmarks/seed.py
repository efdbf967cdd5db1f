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
            bulk.fill(articles - own, others, min(hot, others), lambda line: None, nowhere)
        call_command("tick", stdout=nowhere)
    discussion.read_today(told[:20])
    discussion.take_stock()
    return {"reference": told[0], "discussed": told, "weighed": weighed, "paths": paths} | counted()


def counted() -> dict[str, Any]:
    """What stands there, and the largest threads beside the reference one's size."""
    from articles.models import Article, Discussion
    from comments.models import Comment

    sizes = Discussion.objects.order_by("-visible_count").values_list("article_id", "visible_count")[:5]
    return {
        "articles": Article.objects.count(),
        "newest": Article.objects.order_by("-pk").values_list("pk", flat=True)[0],
        "comments": Comment.objects.count(),
        "threads": [list(row) for row in sizes],
    }


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
    parser.add_argument("--articles", type=int, required=True)
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
    found = fill(given.articles, given.comments, given.hot, given.discussed)
    found["staff"] = staff()
    found["submitted"] = submitted(given.submitted)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
