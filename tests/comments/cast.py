"""Writers, comments and clocks for the comments' tests."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments import posting
from comments.models import Comment, Posting
from comments.writers import Writer, guest_hash

_numbers = itertools.count(1)


def token() -> str:
    return f"token-{next(_numbers):012d}"


def member(user: User) -> Writer:
    return Writer(user=user, address="")


def guest(name: str = "a", address: str = "") -> Writer:
    return Writer(guest=guest_hash(name), address=address)


def write(
    article: Article, by: Writer, text: str | None = None, answers: Comment | None = None, **fields: Any
) -> Comment:
    """A comment posted through the verb, then told to be older than every pause."""
    text = f"댓글 {next(_numbers)}" if text is None else text
    posted = posting.post(
        article.pk, by=by, text=text, token=token(), nickname=fields.pop("nickname", "손님"), answers=answers
    )
    assert posted.comment is not None
    age_postings(by)
    if fields:
        Comment.objects.filter(pk=posted.comment.pk).update(**fields)
    posted.comment.refresh_from_db()
    return posted.comment


def age_postings(by: Writer, span: timedelta = timedelta(seconds=11)) -> None:
    """Makes what this writer has posted look older, so that pauses do not stand in the way."""
    for row in Posting.objects.filter(writer=by.key, created_at__gt=timezone.now() - timedelta(seconds=10)):
        Posting.objects.filter(pk=row.pk).update(created_at=row.created_at - span)
