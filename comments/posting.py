"""Writing a comment: every check, one row, whatever arrives how often."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.models import Article
from comments import counting, limits, nicknames, texts, threads, words
from comments.models import Comment, Posting, State
from comments.refusals import Conflict, Forbidden, Refused, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock, locks, versions

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Posted:
    """What became of a form. `comment` is None when it was posted before and has been deleted since."""

    comment: Comment | None
    is_new: bool


def new_token() -> str:
    return secrets.token_urlsafe(24)


def post(
    article: Article, *, by: Writer, text: str, token: str, nickname: str = "", answers: Comment | None = None
) -> Posted:
    """Stores one comment for this token, now or before. Raises a Refused with the reason."""
    if not TOKEN.fullmatch(token):
        raise Refused(_("The form is incomplete. Open it anew; your text is kept."))
    try:
        with transaction.atomic():
            return _post(article, by, text, token, nickname, answers)
    except IntegrityError:
        # The same form arrived twice in one moment; whoever was first has stored it.
        posted = _posted_before(token, by)
        if posted is None:
            raise
        return posted


def is_posted(token: str) -> bool:
    """Whether a form with this token has been stored, by whomever."""
    return bool(TOKEN.fullmatch(token)) and Posting.objects.filter(token=token).exists()


def _posted_before(token: str, by: Writer) -> Posted | None:
    posting = Posting.objects.filter(token=token).first()
    if posting is None:
        return None
    if posting.writer != by.key:
        raise Refused(_("The form is incomplete. Open it anew; your text is kept."))
    comment = Comment.objects.filter(pk=posting.comment_id).exclude(state=State.DELETED).first()
    return Posted(comment, is_new=False)


def _post(
    article: Article, by: Writer, text: str, token: str, nickname: str, answers: Comment | None
) -> Posted:
    locks.hold(f"writer {by.key}")
    if posted := _posted_before(token, by):
        return posted
    may_write(article, by)
    body = texts.accepted(text)
    name = _name(by, nickname)
    if by.address:
        # Always after the writer's own lock, and never the other way round.
        locks.hold(f"address {by.address}")
    limits.may_post(by, article.pk, body)
    top = _locked_top(article, answers)
    match = words.first_match(body)
    is_held = match is not None or (by.user is None and texts.has_link(body))
    comment = Comment.objects.create(
        article=article,
        parent=top,
        answers=answers if answers is not None and answers.parent_id is not None else None,
        user=by.user,
        guest=by.guest,
        nickname=name,
        is_staff=by.user is not None and by.user.is_staff,
        body=body,
        state=State.HELD if is_held else State.VISIBLE,
        matched=match.written[:100] if match else "",
        address=by.address,
    )
    # Of two writers with one token the second fails here, and its comment goes with its transaction.
    Posting.objects.create(
        token=token, writer=by.key, article_id=article.pk, comment_id=comment.pk, address=by.address
    )
    if comment.is_visible:
        counting.appear(comment)
        versions.bump(threads.version_key(article.pk))
    return Posted(comment, is_new=True)


def may_write(article: Article, by: Writer) -> None:
    """Public at this moment, open, not banned, and guests where the paper lets them."""
    if not article.is_public(clock.now()):
        raise Unknown(_("There is no such article."))
    if not threads.is_open(article):
        raise Forbidden(_("Comments are closed here. You can still read them."))
    if by.user is None and not rules().guests_write:
        raise Forbidden(_("Log in to write a comment."))
    limits.not_banned(by)


def _name(by: Writer, nickname: str) -> str:
    if by.user is None:
        return nicknames.accepted(nickname)
    if by.user.is_staff:
        return (by.user.nickname or by.user.name)[:20]
    if not by.user.nickname:
        raise Refused(_("Choose a nickname in your account first."))
    # A name chosen before it was a reporter's, or given in the admin, speaks for the paper no less.
    if nicknames.is_reserved(by.user.nickname):
        raise Refused(_("This name is reserved for the newspaper's own people."))
    return by.user.nickname[:20]


def _locked_top(article: Article, answers: Comment | None) -> Comment | None:
    """The top comment this reply belongs under, locked; Conflict when what it answers is gone."""
    if answers is None:
        return None
    top_id = answers.parent_id or answers.pk
    wanted = {answers.pk, top_id}
    rows = {row.pk: row for row in Comment.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if len(rows) != len(wanted) or any(row.state == State.DELETED for row in rows.values()):
        raise Conflict(_("The comment you answer has been deleted."))
    if any(row.article_id != article.pk for row in rows.values()):
        raise Unknown(_("There is no such comment."))
    if rows[answers.pk].state != State.VISIBLE:
        raise Conflict(_("The comment you answer cannot be answered at the moment."))
    return rows[top_id]
