"""Deletion that is complete: the row, or everything in it but its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from comments import counting, threads
from comments.models import Comment, CommentQuerySet, Report, State, Vote
from publication import audit, versions

if TYPE_CHECKING:
    from accounts.models import User


def delete(pk: int, *, by: User | None = None, why: str = "") -> None:
    """Deletes for good; twice is the same as once. `by` is a moderator (audited), None the writer.

    No reply left in any state: the row goes, and with it a tombstone above it that has no reply left.
    Any reply left: a tombstone stays. Replies of others are never touched.
    """
    with transaction.atomic():
        comment = _locked(pk)
        if comment is None or comment.state == State.DELETED:
            return
        if by is not None:
            audit.record("delete", by=by, obj=comment, why=why)
        if comment.is_visible:
            counting.disappear(comment)
        if Comment.objects.filter(parent_id=pk).exists():
            _empty(pk)
        else:
            _remove(comment)
        versions.bump(threads.version_key(comment.article_id), removing=True)


def _locked(pk: int) -> Comment | None:
    """The comment and the one above it, locked from the top, as posting does."""
    parent_id = Comment.objects.filter(pk=pk).values_list("parent_id", flat=True).first()
    wanted = {pk, parent_id} - {None}
    rows = Comment.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return next((row for row in rows if row.pk == pk), None)


def _empty(pk: int) -> None:
    Vote.objects.filter(comment_id=pk).delete()
    Report.objects.filter(comment_id=pk).delete()
    Comment.objects.filter(answers_id=pk).update(answers=None)
    Comment.objects.filter(pk=pk).update(
        state=State.DELETED,
        body="",
        nickname="",
        user=None,
        guest="",
        address="",
        matched="",
        is_staff=False,
        up=0,
        down=0,
        reports=0,
        replies_by_others=0,
        claimed_until=None,
        claimed_by="",
        edited_at=None,
    )


def _remove(comment: Comment) -> None:
    _drop(comment.pk)
    parent = Comment.objects.filter(pk=comment.parent_id, state=State.DELETED).first()
    if parent is not None and not Comment.objects.filter(parent=parent).exists():
        _drop(parent.pk)


def _drop(pk: int) -> None:
    """The one place that deletes rows of Comment; votes and reports go with them."""
    rows = CommentQuerySet(Comment).filter(pk=pk)
    models.QuerySet.delete(rows)
