"""추천 and 반대: a vote is set, not added, so retries and double clicks are harmless."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comments import limits, threads
from comments.models import Comment, State, Vote
from comments.refusals import Forbidden, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock, versions

VALUES = (1, 0, -1)


def set_vote(pk: int, *, by: Writer, value: int) -> Comment:
    """Sets this writer's vote to 1, 0 or −1 and moves the counters by what really changed."""
    with transaction.atomic():
        comment = (
            Comment.objects.select_for_update(of=("self",)).select_related("article").filter(pk=pk).first()
        )
        _may_vote(comment, by)
        Vote.objects.bulk_create(
            [Vote(comment=comment, voter=by.key, value=0, address=by.address, is_guest=by.user is None)],
            ignore_conflicts=True,
        )
        vote = Vote.objects.select_for_update().get(comment=comment, voter=by.key)
        if vote.value == value:
            return comment
        limits.may_vote(by, comment)
        up, down = (value == 1) - (vote.value == 1), (value == -1) - (vote.value == -1)
        Vote.objects.filter(pk=vote.pk).update(
            value=value, changes=F("changes") + 1, changed_at=clock.db_now(), address=by.address
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
