"""The paper at any size: what is written in bulk is what the verbs would have written."""

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from accounts.models import Role
from articles import body, rendering
from articles.models import Article, Byline, Discussion, SearchEntry
from articles.models.article import Status
from articles.search import index
from articles.search.engines import entry_terms
from articles.search.find import find
from comments import recount
from comments.models import Comment, Report, State, Vote
from newsroom.demo import bulk
from newsroom.demo.bulk.progress import Progress
from newsroom.management.commands import demo as command
from publication import clock
from publication.models import Audit
from tests.factories import make_publication, make_section, make_series, make_user

CASTS = r"::[a-z ]+(\[\])?|[()]"
pytestmark = pytest.mark.django_db
ARTICLES, COMMENTS, HOT = 300, 1500, 500


# Of a thousand; a real paper has fewer of these than a short test would meet.
MANY_STATES = ((60, Status.SUBMITTED), (120, Status.RETURNED), (180, Status.DRAFT), (240, Status.WITHDRAWN))


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A paper filled in bulk; what was said about it."""
    monkeypatch.setattr("newsroom.demo.bulk.stories.STATES", MANY_STATES)
    # Several casts of each kind, as a large paper has them.
    for name, value in {"ARTICLES_WRITTEN": 100, "NEWEST": 15, "HOT_WRITTEN": 120}.items():
        monkeypatch.setattr(f"newsroom.demo.bulk.plan.{name}", value)
    make_publication()
    make_user("desk@example.com", "나도담", Role.DESK)
    make_section()
    make_section()
    make_series()
    said: list[str] = []
    bulk.fill(ARTICLES, COMMENTS, HOT, said.append, io.StringIO())
    return said


def test_articles_are_what_saving_them_would_make(paper: list[str]) -> None:
    assert Article.objects.count() == Discussion.objects.count() == SearchEntry.objects.count() == ARTICLES
    statuses = set(Article.objects.values_list("status", flat=True))
    assert statuses == set(Status)
    for article in Article.objects.prefetch_related("bylines", "tags").order_by("?")[:40]:
        assert body.clean_body(article.body) == article.body
        assert rendering.render_body(article) == article.body_html
        assert body.summary(article.body, "", 160) == article.summary
        known = SearchEntry.objects.get(pk=article.pk)
        made = index._entry(article, article.publish_at if article.is_published else None)
        assert (made.publish_at, made.labels, made.title) == (known.publish_at, known.labels, known.title)
        assert sorted(made.words.split("\n")) == sorted(known.words.split("\n"))
        assert stored_terms(article.pk) in (None, set(entry_terms(made)))


def stored_terms(pk: int) -> set[str] | None:
    """None where the database gives no terms back."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(tsvector_to_array(terms)) FROM articles_searchentry WHERE article_id = %s", [pk]
        )
        return {term for (term,) in cursor.fetchall()}


def test_counters_of_comments_are_right(paper: list[str]) -> None:
    assert Comment.objects.count() == COMMENTS
    assert Vote.objects.exists()
    assert Comment.objects.filter(state=State.DELETED).exists()
    assert Report.objects.count() == Comment.objects.filter(reports=1).count()
    talked_about = Comment.objects.order_by().values_list("article", flat=True).distinct()
    assert [pk for pk in talked_about if recount.drift(pk)] == []
    assert Discussion.objects.exclude(pk__in=talked_about).exclude(visible_count=0).count() == 0
    newest = Article.objects.public(clock.now()).newest()[0]
    assert Comment.objects.filter(article=newest).count() == HOT
    assert paper[-3] == f"a thread of {HOT:,} comments: /news/{newest.pk}/"
    assert not Comment.objects.filter(created_at__gt=clock.now()).exists()
    assert not Comment.objects.filter(created_at__lt=F("article__publish_at")).exists()
    times = list(newest.comments.order_by("pk").values_list("created_at", flat=True))
    assert times == sorted(times)
    assert not Comment.objects.exclude(parent=None).exclude(parent__article=F("article")).exists()


def test_the_deeds_are_those_of_each_article(paper: list[str]) -> None:
    for pk, at, status in Article.objects.values_list("pk", "publish_at", "status"):
        deeds = dict(Audit.objects.filter(object_id=str(pk)).values_list("verb", "at"))
        assert deeds.get("publish") == (at if status == Status.PUBLISHED else None)
        assert "create" in deeds
    times = list(Article.objects.order_by("pk").values_list("updated_at", flat=True))
    assert times == sorted(times)
    assert times[-1] < clock.now()


def indexes() -> set[tuple[str, ...]]:
    """Every index, key and trigger, as the database words it."""
    on_postgresql = """
        SELECT indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
        UNION SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        UNION SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    """
    with connection.cursor() as cursor:
        cursor.execute(
            on_postgresql
            if connection.vendor == "postgresql"
            else "SELECT name, sql FROM sqlite_master WHERE type <> 'table'"
        )
        # PostgreSQL puts a list's types elsewhere when it reads its own words again; they mean the same.
        return {tuple(re.sub(CASTS, "", text or "") for text in row) for row in cursor.fetchall()}


def test_the_tables_stand_as_before() -> None:
    make_publication()
    make_user("desk@example.com", "나도담", Role.DESK)
    make_section()
    before = indexes()
    bulk.fill(20, 10, None, lambda line: None, io.StringIO())
    assert indexes() == before


def test_what_guards_articles_guards_these(paper: list[str]) -> None:
    out = Article.objects.filter(status=Status.PUBLISHED)
    with pytest.raises(DatabaseError), transaction.atomic():
        Article.objects.filter(pk=out[0].pk)._raw_delete(using="default")
    with pytest.raises(DatabaseError), transaction.atomic():
        out.filter(pk=out[0].pk).update(publish_at=clock.now(), first_published_at=clock.now())
    for line in Byline.objects.select_related("article").order_by("?")[:50]:
        assert line.publish_at == (line.article.publish_at if line.article.is_published else None)


def test_readers_find_them_and_new_ones_get_new_numbers(paper: list[str]) -> None:
    found = find("정부", now=clock.now())
    assert found is not None
    assert found.count > 15
    last = Article.objects.order_by("-pk")[0]
    assert Article.objects.create(title="새 글").pk > last.pk
    bulk.fill(50, 10, None, lambda line: None, io.StringIO())
    assert Article.objects.count() == ARTICLES + 51


def test_it_refuses_what_makes_no_sense(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    for wrong in ({"comments": 5}, {"articles": 5, "comments": 5, "hot": 6}, {"articles": -1}):
        with pytest.raises(CommandError):
            call_command("demo", **wrong)
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("demo", articles=5)
    assert Article.objects.count() == 0
    settings.DEMO = True
    monkeypatch.setattr(command, "SQLITE_ARTICLES", 4)
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="PostgreSQL"):
            call_command("demo", articles=5)


def test_progress_is_told_in_lines_and_on_a_terminal_in_one() -> None:
    lines, terminal = io.StringIO(), io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    for stream in (lines, terminal):
        progress = Progress("articles", 1_000, stream)
        progress.step(400)
        progress.step(600)
    assert lines.getvalue().startswith("demo: articles 1,000 of 1,000, ")
    assert "[########################]" in terminal.getvalue()
    waiting = Progress("articles", 1_000, lines)
    waiting.done = 250
    assert waiting.line(10) == "articles 250 of 1,000, 25 a second, 30 s left"
