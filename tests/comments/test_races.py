"""Real connections at the same time: one winner where there can be one, and counters equal to counted rows."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from articles.models import Article
from comments import deleting, editing, posting, voting
from comments.models import Comment, Posting
from comments.recount import drift
from comments.refusals import Refused
from tests.comments.cast import guest, member, token, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: list[Callable[[], Any]], workers: int = 8) -> list[Any]:
    """Runs the jobs in threads with connections of their own, the first ones at the same instant."""
    barrier = Barrier(min(workers, len(jobs)))
    started = iter(range(len(jobs)))

    def run(job: Callable[[], Any]) -> Any:
        if next(started) < barrier.parties:
            barrier.wait(timeout=60)
        try:
            return job()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(min(workers, len(jobs))) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def article() -> Article:
    return make_published_article()


def test_a_form_sent_sixteen_times_stores_one_comment(article: Article, reader: User) -> None:
    one = token()
    posted = at_once([lambda: posting.post(article.pk, by=member(reader), text="한 번", token=one)] * 16)
    assert Comment.objects.count() == Posting.objects.count() == 1
    assert len({answer.comment.pk for answer in posted}) == 1
    assert sum(answer.is_new for answer in posted) == 1
    assert drift(article.pk) == []


def test_two_tabs_at_once_keep_the_pause(article: Article, reader: User) -> None:
    jobs = [
        lambda n=n: posting.post(article.pk, by=member(reader), text=f"창 {n}", token=token())
        for n in range(8)
    ]
    at_once(jobs)
    assert Comment.objects.count() == 1


def test_fifty_voters_and_double_clickers_on_one_comment(article: Article, reader: User) -> None:
    comment = write(article, member(reader))
    values = random.Random(7)
    jobs = [
        lambda n=n, value=value: voting.set_vote(comment.pk, by=guest(f"v{n}", f"home{n}"), value=value)
        for n in range(50)
        for value in values.choices((1, 0, -1), k=3)
    ]
    values.shuffle(jobs)
    at_once(jobs)
    assert drift(article.pk) == []


def test_replies_racing_the_deletion(article: Article, reader: User) -> None:
    for _ in range(4):
        top = write(article, member(reader))
        jobs: list[Callable[[], Any]] = [lambda top=top: deleting.delete(top.pk)]
        jobs += [
            lambda n=n, top=top: posting.post(
                article.pk,
                by=guest(f"{top.pk}-{n}"),
                text="답글",
                token=token(),
                nickname="손님",
                answers=top,
            )
            for n in range(5)
        ]
        at_once(jobs)
        assert drift(article.pk) == []
        left = Comment.objects.filter(pk=top.pk).first()
        assert left is None or left.state == "deleted"
        assert (left is not None) == Comment.objects.filter(parent_id=top.pk).exists()


def test_deletions_racing_each_other_under_a_tombstone(article: Article, reader: User) -> None:
    top = write(article, member(reader))
    replies = [write(article, guest(str(n)), answers=top) for n in range(6)]
    deleting.delete(top.pk)
    at_once([lambda pk=reply.pk: deleting.delete(pk) for reply in replies for _ in range(2)])
    assert not Comment.objects.exists()
    assert drift(article.pk) == []


def test_edits_racing_edits_have_one_winner(article: Article, reader: User) -> None:
    comment = write(article, member(reader))
    jobs = [
        lambda n=n: editing.edit(
            Comment.objects.get(pk=comment.pk), by=member(reader), text=f"고침 {n}", version=0
        )
        for n in range(8)
    ]
    done = [answer for answer in at_once(jobs) if isinstance(answer, Comment)]
    assert len(done) == 1
    comment.refresh_from_db()
    assert comment.version == 1
    assert comment.body == done[0].body


def test_a_storm_from_one_address_stops_at_its_limit(article: Article, settings: Any) -> None:
    settings.COMMENTS = {"per_address": 3}
    jobs = [
        lambda n=n: posting.post(
            article.pk, by=guest(f"s{n}", "storm"), text=f"폭풍 {n}", token=token(), nickname="손님"
        )
        for n in range(8)
    ]
    assert sum(not isinstance(answer, Refused) for answer in at_once(jobs)) == 3
    assert Comment.objects.count() == 3
    assert drift(article.pk) == []
