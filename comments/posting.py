"""Writing a comment: every check, one row, whatever arrives how often."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from articles.models import Article
from comments import counting, facts, limits, nicknames, texts, threads, words
from comments.models import Comment, Posting, State
from comments.refusals import Conflict, Forbidden, Refused, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock, locks, versions

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
POSTED = """
    INSERT INTO comments_posting (token, writer, article_id, comment_id, address) VALUES (%s, %s, %s, %s, %s)
"""


@dataclass(frozen=True)
class Posted:
    """What became of a form. `comment` is None when it was posted before and has been deleted since.

    A new comment comes with its `answers` and its age, and with the thread's public `count` at its commit. `began`:
    on this machine's own clock, just before it was written.
    """

    comment: Comment | None
    is_new: bool
    count: int | None = None
    began: float | None = None


def new_token() -> str:
    return secrets.token_urlsafe(24)


def post(
    article_id: int, *, by: Writer, text: str, token: str, nickname: str = "", answers: Comment | None = None
) -> Posted:
    """Stores one comment for this token, now or before. Raises a Refused with the reason."""
    if not TOKEN.fullmatch(token):
        raise Refused(_("The form is incomplete. Open it anew; your text is kept."))
    try:
        with transaction.atomic():
            posted = _post(article_id, by, _Text.of(text), token, nickname, answers)
    except IntegrityError:
        # The same form arrived twice in one moment; whoever was first has stored it.
        row = Posting.objects.filter(token=token).values_list("writer", "comment_id").first()
        if row is None:
            raise
        return _posted_before(facts.Posted(*row), by)
    if posted.began is not None:
        # It may have waited for others' comments on this thread: what is left of its minute is counted from here.
        posted.comment.age = timedelta(seconds=time.monotonic() - posted.began)
    return posted


def is_posted(token: str) -> bool:
    """Whether a form with this token has been stored, by whomever."""
    return bool(TOKEN.fullmatch(token)) and Posting.objects.filter(token=token).exists()


def _posted_before(posted: facts.Posted, by: Writer) -> Posted:
    if posted.writer != by.key:
        raise Refused(_("The form is incomplete. Open it anew; your text is kept."))
    comment = Comment.objects.filter(pk=posted.comment_id).exclude(state=State.DELETED).first()
    return Posted(comment, is_new=False)


@dataclass(frozen=True)
class _Text:
    """A typed text in the form in which it is stored, or why it cannot be: said when its turn comes."""

    body: str | None = None
    refusal: Refused | None = None

    @classmethod
    def of(cls, text: str) -> _Text:
        try:
            return cls(body=texts.accepted(text))
        except Refused as refusal:
            return cls(refusal=refusal)

    def accepted(self) -> str:
        if self.body is None:
            raise self.refusal
        return self.body


def _post(
    article_id: int, by: Writer, text: _Text, token: str, nickname: str, answers: Comment | None
) -> Posted:
    # The address always after the writer, never the other way round.
    locks.hold(f"writer {by.key}", *([f"address {by.address}"] if by.address else []))
    known = facts.of(article_id, by, token, text.body)
    if known is None:
        raise Unknown(_("There is no such article."))
    if known.posted is not None:
        return _posted_before(known.posted, by)
    _may_write(by, is_public=known.is_public, is_open=known.is_open)
    if known.is_banned:
        raise limits.banned()
    body = text.accepted()
    name = _name(by, nickname, known.names)
    limits.may_post(known.own)
    top = _locked_top(article_id, answers)
    match = words.first_match(body, known.words)
    is_held = match is not None or (by.user is None and texts.has_link(body))
    began = time.monotonic()
    comment = _stored(
        token,
        by,
        article_id=article_id,
        parent=top,
        answers=answers if answers is not None and answers.parent_id is not None else None,
        nickname=name,
        body=body,
        state=State.HELD if is_held else State.VISIBLE,
        matched=match.written[:100] if match else "",
    )
    count = None
    if comment.is_visible:
        count = counting.appear(comment)
        versions.bump(threads.version_key(article_id))
    return Posted(comment, is_new=True, count=count, began=began)


def _stored(token: str, by: Writer, **fields: Any) -> Comment:
    """The comment's row and its form's."""
    comment = Comment.objects.create(
        user=by.user,
        guest=by.guest,
        is_staff=by.user is not None and by.user.is_staff,
        address=by.address,
        **fields,
    )
    # Of two writers with one token the second fails here, and its comment goes with its transaction.
    with connection.cursor() as cursor:
        cursor.execute(POSTED, [token, by.key, comment.article_id, comment.pk, by.address])
    return comment


def may_write(article: Article, by: Writer) -> None:
    """Public at this moment, open, not banned, and guests where the paper lets them."""
    _may_write(by, is_public=article.is_public(clock.now()), is_open=threads.is_open(article))
    limits.not_banned(by)


def _may_write(by: Writer, *, is_public: bool, is_open: bool) -> None:
    if not is_public:
        raise Unknown(_("There is no such article."))
    if not is_open:
        raise Forbidden(_("Comments are closed here. You can still read them."))
    if by.user is None and not rules().guests_write:
        raise Forbidden(_("Log in to write a comment."))


def _name(by: Writer, nickname: str, names: nicknames.Names) -> str:
    if by.user is None:
        return nicknames.accepted(nickname, names)
    if by.user.is_staff:
        return (by.user.nickname or by.user.name)[:20]
    if not by.user.nickname:
        raise Refused(_("Choose a nickname in your account first."))
    # A name chosen before it was a reporter's, or given in the admin, speaks for the paper no less.
    if nicknames.is_reserved(by.user.nickname, names):
        raise Refused(_("This name is reserved for the newspaper's own people."))
    return by.user.nickname[:20]


def _locked_top(article_id: int, answers: Comment | None) -> Comment | None:
    """The top comment this reply belongs under, locked; Conflict when what it answers is gone."""
    if answers is None:
        return None
    top_id = answers.parent_id or answers.pk
    wanted = {answers.pk, top_id}
    rows = {row.pk: row for row in Comment.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if len(rows) != len(wanted) or any(row.state == State.DELETED for row in rows.values()):
        raise Conflict(_("The comment you answer has been deleted."))
    if any(row.article_id != article_id for row in rows.values()):
        raise Unknown(_("There is no such comment."))
    if rows[answers.pk].state != State.VISIBLE:
        raise Conflict(_("The comment you answer cannot be answered at the moment."))
    return rows[top_id]
