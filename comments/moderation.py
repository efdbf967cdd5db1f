"""Moderators' verbs and readers' reports. Audit rows say who, when, which comment and why: never its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import permissions
from articles.models import Article, Discussion
from comments import counting, deleting, limits, threads
from comments.models import Comment, Report, State
from comments.refusals import Conflict, Forbidden, Refused, Unknown
from comments.rules import CLAIM_MAX, rules
from comments.writers import Writer
from publication import audit, clock, versions

if TYPE_CHECKING:
    from accounts.models import User


def report(pk: int, *, by: Writer, reason: str) -> None:
    """One report per reader; enough different ones hold the comment, unless staff have approved it."""
    if reason not in Report.Reason.values:
        raise Refused(_("Choose a reason."))
    with transaction.atomic():
        comment = _locked(pk)
        if comment is None or comment.state != State.VISIBLE or not comment.article.is_public(clock.now()):
            raise Unknown(_("There is no such comment."))
        if by.wrote(comment):
            raise Forbidden(_("You cannot report your own comment."))
        limits.not_banned(by)
        if Report.objects.filter(comment=comment, reporter=by.key).exists():
            return
        Report.objects.create(comment=comment, reporter=by.key, reason=reason)
        Comment.objects.filter(pk=pk).update(reports=F("reports") + 1)
        if comment.reports + 1 >= rules().reports_hold and not comment.is_approved:
            _set_state(comment, State.HELD)


def hold(pk: int, *, by: User, why: str = "") -> None:
    """For a second look; an approval that stood before is taken back with it."""
    _moderate(pk, by, "hold", why, lambda comment: _set_state(comment, State.HELD, is_approved=False))


def hide(pk: int, *, by: User, why: str = "") -> None:
    _moderate(pk, by, "hide", why, lambda comment: _set_state(comment, State.HIDDEN))


def restore(pk: int, *, by: User, why: str = "") -> None:
    """Lets it stand: visible, approved, so that later reports do not hide it again."""

    def approve(comment: Comment) -> None:
        _set_state(comment, State.VISIBLE, is_approved=True, matched="", claimed_until=None, claimed_by="")

    _moderate(pk, by, "restore", why, approve)


def claim(pk: int, *, by: User, claimed_by: str, until: datetime, why: str = "") -> None:
    """임시조치: a placeholder until the end of the claim, at most thirty days away."""
    now = clock.now()
    if not claimed_by.strip():
        raise Refused(_("Say who claims the right."))
    if not now < until <= now + CLAIM_MAX:
        raise Refused(_("A claim ends within 30 days from now."))

    def take(comment: Comment) -> None:
        # What is held or hidden must not become visible at the end of a claim, nor a claim outlast its bound.
        if comment.state != State.VISIBLE:
            raise Conflict(_("Only a visible comment can be taken from view for a claim."))
        _set_state(comment, State.CLAIMED, claimed_until=until, claimed_by=claimed_by.strip()[:200])

    _moderate(pk, by, "claim", why, take)


def end_claims() -> int:
    """Ends every claim whose time has come; returns how many ended. Harmless twice.

    Each on its own: one that fails keeps none of the others, and is raised when they are done. The claimant's
    name stays until a moderator has looked at the comment again: that is its entry in the queue.
    """
    ended, problem = 0, None
    due = Comment.objects.filter(state=State.CLAIMED, claimed_until__lte=clock.now())
    for pk in list(due.values_list("pk", flat=True)):
        try:
            ended += _end_claim(pk)
        except DatabaseError as error:
            problem = error
    if problem is not None:
        raise problem
    return ended


def _end_claim(pk: int) -> bool:
    with transaction.atomic():
        comment = _locked(pk)
        if comment is None or comment.state != State.CLAIMED or comment.claimed_until > clock.now():
            return False
        _set_state(comment, State.VISIBLE, claimed_until=None, claimed_by=comment.claimed_by)
        audit.record("end claim", by=None, obj=comment)
    return True


def delete(pk: int, *, by: User, why: str = "") -> None:
    """The same deletion as a writer's, with an audit row."""
    _demand(permissions.can_moderate_comments(by))
    deleting.delete(pk, by=by, why=why)


def set_discussion(article: Article, *, by: User, is_open: bool, is_frozen: bool, why: str = "") -> None:
    """Opens or closes a thread, freezes or frees its ranking: desk and moderators."""
    _demand(permissions.can_close_thread(by, article))
    with transaction.atomic():
        state = Discussion.State.OPEN if is_open else Discussion.State.CLOSED
        Discussion.objects.filter(pk=article.pk).update(state=state, ranking_frozen=is_frozen)
        audit.record("set discussion", by=by, obj=article, why=why)
        versions.bump(threads.version_key(article.pk), f"article:{article.pk}")


def in_bulk(verb: Callable[..., None], pks: Iterable[int], *, by: User, why: str) -> int:
    """One verb on many, each in its own transaction; returns how many were still there."""
    done = 0
    for pk in pks:
        try:
            verb(pk, by=by, why=why)
        except Unknown:
            continue
        done += 1
    return done


def _moderate(pk: int, by: User, verb: str, why: str, change: Callable[[Comment], None]) -> None:
    _demand(permissions.can_moderate_comments(by))
    with transaction.atomic():
        comment = _locked(pk)
        if comment is None or comment.state == State.DELETED:
            raise Unknown(_("There is no such comment."))
        change(comment)
        audit.record(verb, by=by, obj=comment, why=why)


def _set_state(comment: Comment, state: State, **fields: object) -> None:
    """Moves a locked comment and the counters with it."""
    was_visible = comment.state == State.VISIBLE
    if state != State.CLAIMED:
        fields = {"claimed_until": None, "claimed_by": "", **fields}
    Comment.objects.filter(pk=comment.pk).update(state=state, **fields)
    comment.state = state
    if was_visible and state != State.VISIBLE:
        counting.disappear(comment)
    elif not was_visible and state == State.VISIBLE:
        counting.appear(comment)
    versions.bump(threads.version_key(comment.article_id), removing=was_visible and state != State.VISIBLE)


def _locked(pk: int) -> Comment | None:
    """The comment and the one above it, locked from the top, as posting and deleting do."""
    parent_id = Comment.objects.filter(pk=pk).values_list("parent_id", flat=True).first()
    wanted = {pk, parent_id} - {None}
    rows = Comment.objects.select_for_update(of=("self",)).select_related("article").filter(pk__in=wanted)
    return next((row for row in rows.order_by("pk") if row.pk == pk), None)


def _demand(allowed: bool) -> None:
    if not allowed:
        raise Forbidden(_("You may not do this."))
