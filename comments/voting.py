"""추천 and 반대: a vote is set, not added, so retries and double clicks are harmless."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from comments import ages, facts, limits, threads
from comments.models import Comment, State
from comments.refusals import Forbidden, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock, locks, versions

VALUES = (1, 0, -1)
# The comment is locked, so that nobody else makes or changes a vote on it between the question and this.
SET = """
    INSERT INTO comments_vote (comment_id, voter, value, address, is_guest, changes, changed_at)
    VALUES (%s, %s, %s, %s, %s, %s, {now})
    ON CONFLICT (comment_id, voter) DO UPDATE SET
        value = EXCLUDED.value, address = EXCLUDED.address, changes = EXCLUDED.changes, changed_at = {now}
"""
MOVE = "UPDATE comments_comment SET up = up + %s, down = down + %s WHERE id = %s RETURNING up, down"


def set_vote(pk: int, *, by: Writer, value: int) -> Comment:
    """Sets this writer's vote to 1, 0 or −1 and moves the counters by what really changed."""
    with transaction.atomic():
        # One writer's votes one after the other: the day's limit is exact.
        locks.hold(f"writer {by.key}")
        locked = Comment.objects.select_for_update(of=("self",))
        comment = threads.with_thread(locked).filter(pk=pk).first()
        _may_vote(comment, by)
        voted = facts.of_vote(pk, by)
        if voted.is_banned:
            raise limits.banned()
        if value != voted.value:
            limits.may_vote(by, voted)
            comment.up, comment.down = _set(pk, by, voted, value)
            versions.bump(threads.version_key(comment.article_id))
    return comment


def _set(pk: int, by: Writer, voted: facts.Voted, value: int) -> tuple[int, int]:
    """Writes the vote, and gives the comment's counters as they are then."""
    up, down = (value == 1) - (voted.value == 1), (value == -1) - (voted.value == -1)
    vote = [pk, by.key, value, by.address, by.user is None, voted.changes + 1]
    with connection.cursor() as cursor:
        cursor.execute(SET.format(now=ages.now()), vote)
        cursor.execute(MOVE, [up, down, pk])
        return cursor.fetchone()


def _may_vote(comment: Comment | None, by: Writer) -> None:
    """All but bans and limits."""
    if comment is None or comment.state != State.VISIBLE or not comment.article.is_public(clock.now()):
        raise Unknown(_("There is no such comment."))
    if by.wrote(comment):
        raise Forbidden(_("You cannot vote on your own comment."))
    if by.user is None and not rules().guests_vote:
        raise Forbidden(_("Log in to vote."))
    if not threads.is_open(comment.article):
        raise Forbidden(_("Comments are closed here. You can still read them."))
