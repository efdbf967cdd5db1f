"""The demo's comments: lively, acceptable, every kind there, and not one counter wrong."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Discussion
from comments import recount, texts, threads, waiting
from comments.models import Comment, State
from comments.rules import PAGE_SIZE
from newsroom.demo import comments, people
from tests.costs import costs_at_most
from tests.factories import make_published_article, make_reporter

pytestmark = pytest.mark.django_db
# A load takes about a second and a half here; four is the promise, more allows for a busy machine.
SECONDS = 12


@pytest.fixture
def paper() -> list[Article]:
    """Thirty articles with the demo's own tags, and its log-ins."""
    logins = people.load_logins()
    reporter = make_reporter("민가온", user=logins["reporter"])
    topics = list(comments.phrases()["topics"].values())
    now = timezone.now()
    return [
        make_published_article(
            by=reporter,
            tags=tuple(topics[number % len(topics)]["tags"][:3]),
            at=now - timedelta(hours=1 + number * 9),
        )
        for number in range(30)
    ]


def test_the_talk_is_all_there_and_consistent(paper: list[Article]) -> None:
    said: list[str] = []
    with costs_at_most(SECONDS):
        comments.load(said.append)
    assert 2000 <= Comment.objects.count() <= 4000
    assert [one for article in paper for one in recount.drift(article.pk)] == []
    states = Counter(Comment.objects.values_list("state", flat=True))
    assert set(states) == set(State)
    counts = waiting.counts(timezone.now())
    assert counts.held >= 10
    assert counts.reported >= 5
    assert (counts.ending, counts.ended) == (1, 1)
    liveliest = Article.objects.get(pk=Discussion.objects.order_by("-visible_count").first().pk)
    page = threads.page(liveliest)
    assert len(page.best) == 3
    assert len(page.entries) == PAGE_SIZE
    assert page.next_cursor is not None
    assert any(entry.more for entry in threads.page(liveliest, sort="replies").entries)
    assert Comment.objects.filter(is_staff=True, parent__isnull=False).exists()
    assert Comment.objects.filter(user__email="reader@example.com").exists()
    assert Discussion.objects.filter(visible_count=0).exists()
    assert Discussion.objects.filter(state=Discussion.State.CLOSED).exists()
    # Again changes nothing, and the database goes on numbering after the last one.
    number = Comment.objects.count()
    comments.load(said.append)
    assert Comment.objects.count() == number
    new = Comment.objects.create(article=paper[0], guest="x", nickname="새", body="새 댓글")
    assert new.pk > Comment.objects.exclude(pk=new.pk).order_by("-pk").first().pk


def test_every_comment_could_have_been_posted(paper: list[Article]) -> None:
    comments.load(lambda line: None)
    now = timezone.now()
    for comment in Comment.objects.exclude(state=State.DELETED).select_related("article", "parent"):
        assert texts.accepted(comment.body) == comment.body
        assert "{" not in comment.body
        assert comment.article.publish_at < comment.created_at < now
        assert comment.parent is None or comment.parent.created_at < comment.created_at
    numbers = list(Comment.objects.order_by("created_at", "pk").values_list("pk", flat=True))
    assert numbers == sorted(numbers)


def test_readers_do_not_say_the_same_twice_under_an_article(paper: list[Article]) -> None:
    comments.load(lambda line: None)
    tops = Comment.objects.visible().filter(parent=None)
    twice = Counter(tops.values_list("article", "body"))
    assert [key for key, number in twice.items() if number > 1] == []
