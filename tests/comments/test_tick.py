"""What the tick does for comments: claims end, old rows leave, and a late tick is red."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments import keeping, moderation, voting
from comments.models import Ban, Comment, Posting, Report, Vote
from comments.recount import drift
from newsroom.management.commands import tick
from publication.models import Heartbeat
from tests.comments.cast import guest, member, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db
OLD = timedelta(days=90, seconds=1)
YOUNG = timedelta(days=89, hours=23)


@pytest.fixture
def article() -> Article:
    return make_published_article()


def test_both_jobs_are_the_ticks() -> None:
    jobs = dict(tick.JOBS)
    assert jobs["claims"] is moderation.end_claims
    assert jobs["comments"] is keeping.drop_old


@pytest.mark.parametrize(("age", "stays"), [(YOUNG, True), (OLD, False)])
def test_postings_hashes_of_addresses_and_reports_leave_after_ninety_days(
    article: Article, reader: User, stranger: User, age: timedelta, stays: bool
) -> None:
    comment = write(article, guest("a", address="hash"))
    voting.set_vote(comment.pk, by=guest("b", address="hash"), value=1)
    moderation.report(comment.pk, by=member(stranger), reason="spam")
    then = timezone.now() - age
    Comment.objects.update(created_at=then)
    Posting.objects.update(created_at=then)
    Vote.objects.update(changed_at=then)
    Report.objects.update(created_at=then)
    keeping.drop_old()
    keeping.drop_old()
    comment.refresh_from_db()
    assert Posting.objects.exists() == stays
    assert (comment.address == "hash") == stays
    assert (Vote.objects.get().address == "hash") == stays
    assert (Report.objects.exists(), comment.reports) == (stays, int(stays))
    assert comment.up == 1
    assert drift(article.pk) == []


def test_old_rows_leave_in_batches(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "BATCH", 2)
    Posting.objects.bulk_create(
        Posting(
            token=f"{n}", writer="m1", article_id=article.pk, created_at=timezone.now() - timedelta(days=91)
        )
        for n in range(5)
    )
    left = []
    for _ in range(3):
        keeping.drop_old()
        left.append(Posting.objects.count())
    assert left == [3, 1, 0]


def test_ended_bans_of_addresses_leave_at_once_others_later(db: None) -> None:
    now = timezone.now()
    for kind, target, until in (
        ("address", "a", now - timedelta(seconds=1)),
        ("address", "b", now + timedelta(days=1)),
        ("member", "m1", now - timedelta(days=1)),
        ("member", "m2", now - timedelta(days=91)),
        ("guest", "g1", None),
    ):
        Ban.objects.create(kind=kind, target=target, why="x", until=until)
    keeping.drop_old()
    assert set(Ban.objects.values_list("target", flat=True)) == {"b", "m1", "g1"}


def test_one_claim_that_cannot_end_keeps_none_of_the_others(
    article: Article, moderator: User, frozen: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    until = now + timedelta(days=1)
    comments = [write(article, guest(str(n))) for n in range(3)]
    for comment in comments:
        moderation.claim(comment.pk, by=moderator, claimed_by="x", until=until)
    end = moderation._end_claim

    def stumble(pk: int) -> bool:
        if pk == comments[1].pk:
            raise OperationalError
        return end(pk)

    monkeypatch.setattr(moderation, "_end_claim", stumble)
    with frozen(until), pytest.raises(OperationalError):
        moderation.end_claims()
    assert sorted(Comment.objects.values_list("state", flat=True)) == ["claimed", "visible", "visible"]


def test_a_late_tick_is_red_in_the_queue(as_user: Callable[[User], Client], moderator: User) -> None:
    client = as_user(moderator)
    Heartbeat.objects.create(name="tick", at=timezone.now())
    assert "heartbeat is-late" not in client.get("/admin/comments/comment/?view=claims").content.decode()
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert "heartbeat is-late" in client.get("/admin/comments/comment/?view=claims").content.decode()
