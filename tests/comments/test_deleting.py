"""Deletion is complete: nothing keeps the words or the name, and nobody else's words are touched."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from articles.models import Article
from comments import deleting, moderation, threads, voting
from comments.models import Comment, Report, State, Vote
from comments.recount import drift
from publication.models import Audit
from tests.comments.cast import guest, member, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db

WORDS, NAME = "은빛모래시계가흐른다", "모래언덕의여우"


@pytest.fixture
def article() -> Article:
    return make_published_article()


def test_without_replies_the_row_goes(article: Article, reader: User) -> None:
    comment = write(article, member(reader))
    deleting.delete(comment.pk)
    deleting.delete(comment.pk)
    assert not Comment.objects.exists()
    assert drift(article.pk) == []


def test_with_replies_a_tombstone_stays_and_the_replies_are_untouched(
    article: Article, reader: User, stranger: User
) -> None:
    top = write(article, member(reader))
    reply = write(article, member(stranger), "남의 답글", answers=top)
    voting.set_vote(top.pk, by=member(stranger), value=1)
    deleting.delete(top.pk)
    top.refresh_from_db()
    assert (top.state, top.body, top.nickname, top.user, top.up) == (State.DELETED, "", "", None, 0)
    assert not Vote.objects.filter(comment=top).exists()
    reply.refresh_from_db()
    assert (reply.body, reply.state) == ("남의 답글", State.VISIBLE)
    assert drift(article.pk) == []


def test_a_tombstone_leaves_with_its_last_reply_of_any_state(
    article: Article, reader: User, stranger: User
) -> None:
    top = write(article, member(reader))
    shown, held = write(article, member(stranger), answers=top), write(article, guest(), answers=top)
    moderation._set_state(Comment.objects.get(pk=held.pk), State.HELD)
    deleting.delete(top.pk)
    deleting.delete(shown.pk)
    assert Comment.objects.filter(pk=top.pk).exists()
    assert threads.page(article).entries == []
    deleting.delete(held.pk)
    assert not Comment.objects.exists()
    assert drift(article.pk) == []


def test_a_reply_that_answered_it_loses_the_name(article: Article, reader: User, stranger: User) -> None:
    top = write(article, member(reader))
    reply = write(article, guest(), nickname=NAME, answers=top)
    second = write(article, member(stranger), answers=reply)
    deleting.delete(reply.pk)
    second.refresh_from_db()
    assert second.answers is None
    assert drift(article.pk) == []


def test_the_model_and_the_queryset_delete_nothing(article: Article, reader: User) -> None:
    comment = write(article, member(reader))
    with pytest.raises(NotImplementedError):
        comment.delete()
    with pytest.raises(NotImplementedError):
        Comment.objects.all().delete()


def dump() -> str:
    """Everything the database holds, as text."""
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("has_reply", [False, True])
def test_nothing_keeps_the_words_or_the_name(
    article: Article, reader: User, moderator: User, stranger: User, has_reply: bool
) -> None:
    comment = write(article, guest(), WORDS, nickname=NAME)
    assert WORDS in dump()
    Report.objects.create(comment=comment, reporter="m1", reason="abuse")
    if has_reply:
        reply = write(article, member(stranger), "답글", answers=comment)
        write(article, member(reader), "답글의 답글", answers=reply)
    moderation.delete(comment.pk, by=moderator, why="욕설")
    text = dump()
    assert WORDS not in text
    assert NAME not in text
    assert guest().guest not in text.replace(f'"g{guest().guest}"', "")
    row = Audit.objects.get(verb="delete")
    assert (row.object_id, row.why, row.actor) == (str(comment.pk), "욕설", moderator)
    assert not any(WORDS in str(value) for value in getattr(cache, "_cache", {}).values())


@pytest.mark.django_db(transaction=True)
def test_on_sqlite_the_files_forget_too(article: Article) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no such files of ours")
    comment = write(article, guest(), WORDS, nickname=NAME)
    deleting.delete(comment.pk)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA database_list")
        file = Path(cursor.fetchone()[2])
    for path in (file, file.with_name(file.name + "-wal")):
        if path.exists():
            assert WORDS.encode() not in path.read_bytes()
            assert NAME.encode() not in path.read_bytes()


def test_str_never_tells(article: Article, reader: User) -> None:
    comment = write(article, member(reader), WORDS)
    assert WORDS not in str(comment)
    assert str(comment.pk) in str(comment)
