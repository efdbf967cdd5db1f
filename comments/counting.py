"""The counters: moved in the transaction that changes what they count, by what really changed."""

from django.db import connection
from django.db.models import F, Q

from comments.models import Comment, State

MOVE = """
    UPDATE articles_discussion SET visible_count = visible_count + %s WHERE article_id = %s
    RETURNING visible_count
"""


def appear(comment: Comment) -> int:
    """A comment became visible; the thread's count with it."""
    return _move(comment, 1)


def disappear(comment: Comment) -> None:
    """A visible comment is visible no more."""
    _move(comment, -1)


def _move(comment: Comment, step: int) -> int:
    if comment.parent_id is not None:
        Comment.objects.filter(pk=comment.parent_id).update(replies=F("replies") + step)
        by_another = _of_another(comment)
        Comment.objects.filter(by_another, ~Q(state=State.DELETED), pk=comment.parent_id).update(
            replies_by_others=F("replies_by_others") + step
        )
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [step, comment.article_id])
        return cursor.fetchone()[0]


def _of_another(reply: Comment) -> Q:
    """True for a parent that this reply's writer did not write."""
    if reply.user_id is not None:
        return ~Q(user_id=reply.user_id) | Q(user_id=None)
    return ~Q(guest=reply.guest)
