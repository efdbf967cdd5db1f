"""The minute: by the database's clock, on both sides of its end, whoever asks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import DateTimeField, Value

from accounts.models import User
from articles.models import Article, Discussion
from comments import deleting, editing, voting
from comments.models import BlockedWord, Comment, State
from comments.recount import drift
from comments.refusals import Conflict, Forbidden, Refused, Unknown
from publication import clock
from tests.comments.cast import guest, member, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db

POSTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def article() -> Article:
    return make_published_article()


@pytest.fixture
def comment(article: Article, reader: User) -> Comment:
    return write(article, member(reader), "처음 글", created_at=POSTED)


@pytest.fixture
def seconds_later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts the database's clock this many seconds after the posting."""

    def at(seconds: float) -> None:
        moment = POSTED + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "db_now", lambda: Value(moment, output_field=DateTimeField()))

    return at


@pytest.mark.parametrize(
    ("seconds", "in_time"), [(0, True), (59.999, True), (60.0, True), (60.001, False), (3600, False)]
)
def test_sixty_seconds_are_in_time_and_a_thousandth_more_is_not(
    comment: Comment, reader: User, seconds_later: Any, seconds: float, in_time: bool
) -> None:
    seconds_later(seconds)
    if in_time:
        assert editing.edit(comment, by=member(reader), text="고친 글", version=0).body == "고친 글"
        return
    with pytest.raises(Conflict):
        editing.edit(comment, by=member(reader), text="고친 글", version=0)
    comment.refresh_from_db()
    assert comment.body == "처음 글"


def test_an_edit_a_reply_a_vote_never_extend_it(
    article: Article, comment: Comment, reader: User, stranger: User, seconds_later: Any
) -> None:
    seconds_later(50)
    editing.edit(comment, by=member(reader), text="한 번 고침", version=0)
    write(article, member(stranger), answers=comment)
    voting.set_vote(comment.pk, by=member(stranger), value=1)
    seconds_later(60.001)
    with pytest.raises(Conflict):
        editing.edit(comment, by=member(reader), text="또 고침", version=1)


def test_it_is_marked_as_edited_and_its_version_counts(
    comment: Comment, reader: User, seconds_later: Any
) -> None:
    seconds_later(30)
    editing.edit(comment, by=member(reader), text="고침", version=0)
    comment.refresh_from_db()
    assert comment.is_edited
    assert comment.version == 1


def test_a_second_tab_that_knows_the_old_text_is_told(
    comment: Comment, reader: User, seconds_later: Any
) -> None:
    seconds_later(10)
    editing.edit(comment, by=member(reader), text="첫 창", version=0)
    with pytest.raises(Conflict):
        editing.edit(comment, by=member(reader), text="둘째 창", version=0)
    comment.refresh_from_db()
    assert comment.body == "첫 창"


def test_a_strangers_edit_finds_nothing(comment: Comment, stranger: User, seconds_later: Any) -> None:
    seconds_later(1)
    for by in (member(stranger), guest()):
        with pytest.raises(Unknown):
            editing.edit(comment, by=by, text="남의 글", version=0)


def test_a_deleted_comment_is_not_there_and_a_held_one_waits(
    article: Article, comment: Comment, reader: User, stranger: User, seconds_later: Any
) -> None:
    seconds_later(1)
    Comment.objects.filter(pk=comment.pk).update(state=State.HELD)
    with pytest.raises(Conflict):
        editing.edit(comment, by=member(reader), text="고침", version=0)
    Comment.objects.filter(pk=comment.pk).update(state=State.VISIBLE)
    write(article, member(stranger), answers=comment)
    deleting.delete(comment.pk)
    with pytest.raises(Unknown):
        editing.edit(comment, by=member(reader), text="고침", version=0)


def test_every_check_of_posting_runs_again(
    article: Article, comment: Comment, reader: User, seconds_later: Any
) -> None:
    seconds_later(1)
    for text in ("가" * 401, "\u3164", ""):
        with pytest.raises(Refused):
            editing.edit(comment, by=member(reader), text=text, version=0)
    BlockedWord.objects.create(word="바보", skeleton="바보")
    held = editing.edit(comment, by=member(reader), text="바보", version=0)
    assert held.state == State.HELD
    assert drift(article.pk) == []


def test_a_closed_thread_takes_no_edit(
    article: Article, comment: Comment, reader: User, seconds_later: Any
) -> None:
    seconds_later(1)
    Discussion.objects.filter(pk=article.pk).update(state=Discussion.State.CLOSED)
    comment = Comment.objects.get(pk=comment.pk)
    with pytest.raises(Forbidden):
        editing.edit(comment, by=member(reader), text="고침", version=0)


def test_the_real_clock_is_wired_in(article: Article, reader: User) -> None:
    comment = write(article, member(reader), "지금 쓴 글")
    editing.edit(comment, by=member(reader), text="지금 고친 글", version=0)
    Comment.objects.filter(pk=comment.pk).update(created_at=comment.created_at - timedelta(seconds=61))
    with pytest.raises(Conflict):
        editing.edit(comment, by=member(reader), text="늦게 고친 글", version=1)


def test_other_words_are_not_those_that_staff_let_stand(
    comment: Comment, reader: User, seconds_later: Any
) -> None:
    Comment.objects.update(is_approved=True)
    seconds_later(5)
    editing.edit(comment, by=member(reader), text="다른 말", version=0)
    comment.refresh_from_db()
    assert not comment.is_approved
