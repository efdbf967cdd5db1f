"""The counters: moved in the transaction that changes what they count, by what really changed."""

from django.db.models import F, Q

from articles.models import Discussion
from comments.models import Comment, State


def appear(comment: Comment) -> None:
    """A comment became visible."""
    _move(comment, 1)


def disappear(comment: Comment) -> None:
    """A visible comment is visible no more."""
    _move(comment, -1)


def _move(comment: Comment, step: int) -> None:
    if comment.parent_id is not None:
        Comment.objects.filter(pk=comment.parent_id).update(replies=F("replies") + step)
        by_another = _of_another(comment)
        Comment.objects.filter(by_another, ~Q(state=State.DELETED), pk=comment.parent_id).update(
            replies_by_others=F("replies_by_others") + step
        )
    Discussion.objects.filter(pk=comment.article_id).update(visible_count=F("visible_count") + step)


def _of_another(reply: Comment) -> Q:
    """True for a parent that this reply's writer did not write."""
    if reply.user_id is not None:
        return ~Q(user_id=reply.user_id) | Q(user_id=None)
    return ~Q(guest=reply.guest)
