"""추천 and 반대: a vote is set, not added, so retries and double clicks are harmless."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comments import limits, threads
from comments.ages import with_age
from comments.models import Comment, State, Vote
from comments.refusals import Forbidden, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock, locks, versions

VALUES = (1, 0, -1)


def set_vote(pk: int, *, by: Writer, value: int) -> Comment:
    """Sets this writer's vote to 1, 0 or −1 and moves the counters by what really changed."""
    with transaction.atomic():
        # One writer's votes one after the other: the day's limit is exact.
        locks.hold(f"writer {by.key}")
        comment = (
            Comment.objects.select_for_update(of=("self",))
            .select_related("article__discussion", "article__section__parent")
            .filter(pk=pk)
            .first()
        )
        _may_vote(comment, by)
        # The comment is locked: nobody else makes or changes a vote on it meanwhile.
        vote = with_age(Vote.objects.filter(comment=comment, voter=by.key), "changed_at").first()
        if value == (vote.value if vote else 0):
            return comment
        limits.may_vote(by, comment)
        if vote is None:
            vote = Vote.objects.create(comment=comment, voter=by.key, value=0, is_guest=by.user is None)
        is_of_today = vote.changes and vote.age < limits.DAY
        up, down = (value == 1) - (vote.value == 1), (value == -1) - (vote.value == -1)
        Vote.objects.filter(pk=vote.pk).update(
            value=value,
            changes=F("changes") + 1 if is_of_today else 1,
            changed_at=clock.db_now(),
            address=by.address,
        )
        Comment.objects.filter(pk=pk).update(up=F("up") + up, down=F("down") + down)
        versions.bump(threads.version_key(comment.article_id))
    comment.refresh_from_db()
    return comment


def _may_vote(comment: Comment | None, by: Writer) -> None:
    if comment is None or comment.state != State.VISIBLE or not comment.article.is_public(clock.now()):
        raise Unknown(_("There is no such comment."))
    if by.wrote(comment):
        raise Forbidden(_("You cannot vote on your own comment."))
    if by.user is None and not rules().guests_vote:
        raise Forbidden(_("Log in to vote."))
    if not threads.is_open(comment.article):
        raise Forbidden(_("Comments are closed here. You can still read them."))
    limits.not_banned(by)
