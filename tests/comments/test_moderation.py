"""Reports, states, claims and bans: who may, what moves, and what is written down."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Discussion
from comments import banning, moderation, posting, waiting
from comments.models import Ban, Comment, State
from comments.recount import drift
from comments.refusals import Conflict, Forbidden, Refused, Unknown
from comments.writers import address_hash
from publication.models import Audit
from tests.comments.cast import guest, member, token, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_published_article()


@pytest.fixture
def comment(article: Article, reader: User) -> Comment:
    return write(article, member(reader), "한 사람의 말")


def state(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.state


def report(comment: Comment, *names: str) -> None:
    for name in names:
        moderation.report(comment.pk, by=guest(name), reason="abuse")


def test_three_different_reporters_hold_a_comment(comment: Comment) -> None:
    report(comment, "a", "b", "a", "b")
    assert state(comment) == State.VISIBLE
    report(comment, "c")
    assert state(comment) == State.HELD
    assert comment.reports == 3
    assert drift(comment.article_id) == []


def test_what_staff_let_stand_is_not_hidden_by_later_reports(comment: Comment, moderator: User) -> None:
    report(comment, "a", "b", "c")
    moderation.restore(comment.pk, by=moderator)
    report(comment, "d", "e", "f", "g")
    assert state(comment) == State.VISIBLE


def test_reports_need_a_reason_and_a_comment_of_another(comment: Comment, reader: User) -> None:
    with pytest.raises(Refused):
        moderation.report(comment.pk, by=guest("a"), reason="because")
    with pytest.raises(Forbidden):
        moderation.report(comment.pk, by=member(reader), reason="spam")
    with pytest.raises(Unknown):
        moderation.report(10**9, by=guest("a"), reason="spam")


@pytest.mark.parametrize("role", ["reporter", "desk", "reader"])
def test_nobody_else_moderates(comment: Comment, request: pytest.FixtureRequest, role: str) -> None:
    user = request.getfixturevalue(role)
    until = timezone.now() + timedelta(days=1)
    for verb in (moderation.hold, moderation.hide, moderation.restore, moderation.delete):
        with pytest.raises(Forbidden):
            verb(comment.pk, by=user, why="x")
    with pytest.raises(Forbidden):
        moderation.claim(comment.pk, by=user, claimed_by="x", until=until)
    with pytest.raises(Forbidden):
        banning.ban(comment.pk, by=user, kind="member", why="x")
    assert state(comment) == State.VISIBLE


def test_states_move_and_counters_with_them(comment: Comment, moderator: User, stranger: User) -> None:
    reply = write(comment.article, member(stranger), answers=comment)
    for verb, expected in (
        (moderation.hold, "held"),
        (moderation.hide, "hidden"),
        (moderation.restore, "visible"),
        (moderation.hide, "hidden"),
        (moderation.hold, "held"),
    ):
        verb(reply.pk, by=moderator, why="")
        assert state(reply) == expected
        assert drift(comment.article_id) == []
    assert Audit.objects.filter(object_id=str(reply.pk)).count() == 5
    moderation.delete(reply.pk, by=moderator, why="spam")
    with pytest.raises(Unknown):
        moderation.restore(reply.pk, by=moderator)


def test_a_claim_names_who_asks_and_ends_within_thirty_days(
    comment: Comment, moderator: User, frozen: Callable[..., Any]
) -> None:
    now = timezone.now()
    with frozen(now):
        for until in (now, now + timedelta(days=30, seconds=1)):
            with pytest.raises(Refused):
                moderation.claim(comment.pk, by=moderator, claimed_by="김아무개", until=until)
        with pytest.raises(Refused):
            moderation.claim(comment.pk, by=moderator, claimed_by=" ", until=now + timedelta(days=1))
        until = now + timedelta(days=30)
        moderation.claim(comment.pk, by=moderator, claimed_by="김아무개", until=until, why="명예훼손")
        with pytest.raises(Conflict):
            moderation.claim(comment.pk, by=moderator, claimed_by="또", until=until)
    assert state(comment) == State.CLAIMED
    assert Audit.objects.get(verb="claim").why == "명예훼손"
    assert drift(comment.article_id) == []


def test_what_is_held_does_not_become_visible_by_a_claims_end(comment: Comment, moderator: User) -> None:
    moderation.hold(comment.pk, by=moderator)
    with pytest.raises(Conflict):
        moderation.claim(comment.pk, by=moderator, claimed_by="x", until=timezone.now() + timedelta(days=1))


def test_a_claim_ends_on_its_second_and_stays_in_the_queue_until_looked_at(
    comment: Comment, moderator: User, frozen: Callable[..., Any]
) -> None:
    now = timezone.now()
    until = now + timedelta(days=10)
    with frozen(now):
        moderation.claim(comment.pk, by=moderator, claimed_by="김아무개", until=until)
        assert waiting.counts(now).ending == 0
    with frozen(until - timedelta(days=3)):
        assert waiting.counts(until - timedelta(days=3)).ending == 1
    with frozen(until - timedelta(seconds=1)):
        assert moderation.end_claims() == 0
    with frozen(until):
        assert moderation.end_claims() == 1
        assert moderation.end_claims() == 0
        counts = waiting.counts(until)
    assert state(comment) == State.VISIBLE
    assert (counts.claims, counts.ending, counts.ended) == (1, 0, 1)
    assert Audit.objects.get(verb="end claim").actor is None
    assert Discussion.objects.get(pk=comment.article_id).visible_count == 1
    moderation.restore(comment.pk, by=moderator)
    assert waiting.counts(until).is_clear
    assert state(comment) == State.VISIBLE


def test_a_moderator_may_end_a_claim_early(comment: Comment, moderator: User) -> None:
    until = timezone.now() + timedelta(days=10)
    moderation.claim(comment.pk, by=moderator, claimed_by="김아무개", until=until)
    moderation.restore(comment.pk, by=moderator)
    assert (state(comment), comment.claimed_by, comment.claimed_until) == (State.VISIBLE, "", None)
    assert drift(comment.article_id) == []


def test_a_ban_holds_member_browser_and_address(article: Article, reader: User, moderator: User) -> None:
    by_address = guest("b", address=address_hash("192.0.2.1"))
    one, two = write(article, member(reader)), write(article, by_address)
    assert banning.kinds(one) == [Ban.Kind.MEMBER]
    assert banning.kinds(two) == [Ban.Kind.GUEST, Ban.Kind.ADDRESS]
    banning.ban(one.pk, by=moderator, kind="member", why="도배")
    for kind in ("guest", "address"):
        banning.ban(two.pk, by=moderator, kind=kind, why="도배", until=timezone.now() + timedelta(days=1))
    for by in (member(reader), by_address, guest("c", address=address_hash("192.0.2.1"))):
        with pytest.raises(Forbidden):
            posting.post(article.pk, by=by, text="또", token=token(), nickname="손님")
    assert Audit.objects.filter(verb="ban").count() == 3
    banning.lift(Ban.objects.get(kind="member"), by=moderator)
    write(article, member(reader), "다시")
    for kind, why in (("guest", "x"), ("member", "  ")):
        with pytest.raises(Refused):
            banning.ban(one.pk, by=moderator, kind=kind, why=why)


def test_a_ban_of_an_address_ends_with_the_rotation_and_not_after(
    moderator: User, frozen: Callable[..., Any]
) -> None:
    start = datetime.fromtimestamp(220 * 90 * 86400, UTC)
    article = make_published_article(at=start - timedelta(hours=1))
    with frozen(start):
        comment = write(article, guest("b", address=address_hash("192.0.2.1")), created_at=start)
        ban = banning.ban(
            comment.pk, by=moderator, kind="address", why="도배", until=start + timedelta(days=365)
        )
    assert ban.until == start + timedelta(days=90)
    with frozen(start + timedelta(days=90)):
        assert banning.kinds(comment) == [Ban.Kind.GUEST]


def test_closing_and_freezing_a_thread(article: Article, moderator: User, reporter: User) -> None:
    with pytest.raises(Forbidden):
        moderation.set_discussion(article, by=reporter, is_open=False, is_frozen=False)
    moderation.set_discussion(article, by=moderator, is_open=False, is_frozen=True, why="과열")
    row = Discussion.objects.get(pk=article.pk)
    assert (row.state, row.ranking_frozen) == (Discussion.State.CLOSED, True)


def test_held_again_it_is_approved_no_more(article: Article, reader: User, moderator: User) -> None:
    comment = write(article, member(reader))
    moderation.restore(comment.pk, by=moderator)
    moderation.hold(comment.pk, by=moderator)
    comment.refresh_from_db()
    assert (comment.state, comment.is_approved) == (State.HELD, False)
