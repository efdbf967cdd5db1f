"""Merging a browser's comments, votes and reports into the account of whoever signed in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from comments import limits, recount, threads
from comments.models import Comment, Posting, Report, Vote
from comments.refusals import Refused
from comments.writers import Writer
from publication import locks, versions

if TYPE_CHECKING:
    from accounts.models import User


def claimable(guest: str) -> int:
    """How many comments this browser has written; 0 for a browser that has no key."""
    return Comment.objects.filter(guest=guest).count() if guest else 0


def claim(user: User, guest: str) -> int:
    """Gives the account all that this browser has done; returns how many comments that were.

    `guest` is the keyed hash. Where both voted, the account's vote stays; nobody's vote or report on an own
    comment outlives it. Comments get the account's nickname: a guest's may be another member's.
    """
    browser, account = Writer(guest=guest), Writer(user=user)
    if not guest:
        return 0
    name = (user.nickname or (user.name if user.is_staff else ""))[:20]
    if not name:
        raise Refused(_("Choose a nickname in your account first."))
    with transaction.atomic():
        # A ban of this browser must not be left behind by merging it.
        limits.not_banned(browser)
        for key in sorted((browser.key, account.key)):
            locks.hold(f"writer {key}")
        touched = _touched(browser, account)
        articles = {comment.article_id for comment in touched}
        claimed = Comment.objects.filter(guest=guest).update(
            user=user, guest="", nickname=name, is_staff=user.is_staff
        )
        _merge_votes(browser, account)
        _merge_reports(browser, account)
        Posting.objects.filter(writer=browser.key).update(writer=account.key)
        recount.repair_comments([comment.pk for comment in touched])
        versions.bump(*(threads.version_key(pk) for pk in articles))
    return claimed


def _touched(browser: Writer, account: Writer) -> list[Comment]:
    """Every comment whose counters may move, locked in the order that posting and voting keep."""
    acted = Q(votes__voter__in=(browser.key, account.key)) | Q(report_rows__reporter=browser.key)
    own = Q(guest=browser.guest) | Q(user=account.user)
    voted = Comment.objects.filter(Q(votes__voter=browser.key) | Q(report_rows__reporter=browser.key))
    mine = Comment.objects.filter(guest=browser.guest)
    parents = Comment.objects.filter(children__guest=browser.guest)
    # The account's own reply under the browser's comment, and votes of one on the other.
    across = Comment.objects.filter(own & acted)
    pks = {pk for rows in (voted, mine, parents, across) for pk in rows.values_list("pk", flat=True)}
    return list(Comment.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _merge_votes(browser: Writer, account: Writer) -> None:
    both = Vote.objects.filter(comment__in=Vote.objects.filter(voter=account.key).values("comment"))
    theirs = {vote.comment_id: vote for vote in both.filter(voter=browser.key)}
    for vote in Vote.objects.filter(voter=account.key, comment__in=theirs):
        other = theirs[vote.comment_id]
        # A withdrawn vote is none: then the browser's stands.
        Vote.objects.filter(pk=vote.pk).update(
            value=vote.value or other.value, changes=F("changes") + other.changes
        )
    Vote.objects.filter(pk__in=[vote.pk for vote in theirs.values()]).delete()
    Vote.objects.filter(voter=browser.key).update(voter=account.key, is_guest=False)
    Vote.objects.filter(voter=account.key, comment__user=account.user).delete()


def _merge_reports(browser: Writer, account: Writer) -> None:
    known = Report.objects.filter(reporter=account.key).values("comment")
    Report.objects.filter(reporter=browser.key, comment__in=known).delete()
    Report.objects.filter(reporter=browser.key).update(reporter=account.key)
    Report.objects.filter(reporter=account.key, comment__user=account.user).delete()
