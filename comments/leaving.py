"""How a member's traces leave with the account: comments as a deletion does it, votes with their counters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comments import deleting, recount, threads
from comments.models import Ban, Comment, Posting, Report, Vote
from comments.writers import Writer
from publication import locks, versions

if TYPE_CHECKING:
    from accounts.models import User


def delete_comments(user: User) -> None:
    """Every comment of a member, each in its own transaction: whoever reads or writes beside it never waits long.

    Cut off half way it is simply called again.
    """
    for pk in list(Comment.objects.filter(user=user).order_by("pk").values_list("pk", flat=True)):
        deleting.delete(pk)


def erase(user: User) -> None:
    """Votes, reports, sent forms and bans, and what was written since delete_comments.

    The caller holds the transaction in which the account itself goes; this member posts nothing meanwhile.
    """
    key = Writer(user=user).key
    with transaction.atomic():
        locks.hold(f"writer {key}")
        delete_comments(user)
        votes, reports = Vote.objects.filter(voter=key), Report.objects.filter(reporter=key)
        pks = {*votes.values_list("comment", flat=True), *reports.values_list("comment", flat=True)}
        touched = list(Comment.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
        votes.delete()
        reports.delete()
        recount.repair_comments(pks)
        Posting.objects.filter(writer=key).delete()
        Ban.objects.filter(kind=Ban.Kind.MEMBER, target=key).delete()
        versions.bump(*{threads.version_key(comment.article_id) for comment in touched})
