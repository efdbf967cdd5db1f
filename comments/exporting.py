"""What the comments know about a member, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from comments.models import Ban, Comment, Posting, Report, Vote
from comments.writers import Writer
from publication import clock

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User


def moment(at: datetime | None) -> str | None:
    """An instant as the paper's local time, to the second."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def export(user: User) -> dict[str, Any]:
    """Comments, votes, reports, sent forms and bans of a member, as JSON takes it; oldest first."""
    key = Writer(user=user).key
    own = Comment.objects.filter(user=user).select_related("article").order_by("id")
    votes = Vote.objects.filter(voter=key).order_by("id")
    return {
        "comments": [_comment(comment) for comment in own],
        "votes": [
            {
                "comment": vote.comment_id,
                "value": vote.value,
                "changes": vote.changes,
                "changed_at": moment(vote.changed_at),
                "address_hash": vote.address,
            }
            for vote in votes
        ],
        "reports": [
            {"comment": row.comment_id, "reason": row.reason, "created_at": moment(row.created_at)}
            for row in Report.objects.filter(reporter=key).order_by("id")
        ],
        "sent_forms": [
            {
                "token": row.token,
                "article": row.article_id,
                "comment": row.comment_id,
                "created_at": moment(row.created_at),
                "address_hash": row.address,
            }
            for row in Posting.objects.filter(writer=key).order_by("created_at")
        ],
        "bans": [
            {"reason": row.why, "created_at": moment(row.created_at), "until": moment(row.until)}
            for row in Ban.objects.filter(kind=Ban.Kind.MEMBER, target=key)
        ],
    }


def _comment(comment: Comment) -> dict[str, Any]:
    is_public = comment.article.is_public(clock.now())
    return {
        "id": comment.pk,
        "article": reverse("article", args=[comment.article_id]),
        # What is no longer public is no longer told, here as on the pages.
        "article_title": comment.article.title if is_public else None,
        "reply_to": comment.parent_id,
        "nickname": comment.nickname,
        "text": comment.body,
        "state": comment.state,
        "created_at": moment(comment.created_at),
        "edited_at": moment(comment.edited_at),
        "recommendations": comment.up,
        "disapprovals": comment.down,
        "replies": comment.replies,
        "reports": comment.reports,
        "matched_word": comment.matched,
        "approved_by_staff": comment.is_approved,
        "claimed_until": moment(comment.claimed_until),
        "address_hash": comment.address,
    }
