"""Editing: one conditional UPDATE decides, within the minute after posting, by the database's clock."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comments import counting, posting, texts, threads, words
from comments.ages import with_age
from comments.models import Comment, State
from comments.refusals import Conflict, Unknown
from comments.rules import rules
from comments.writers import Writer
from publication import clock, versions


def seconds_left(comment: Comment) -> int:
    """Whole seconds in which its writer may still edit; 0 when there are none. `comment` comes from `with_age`."""
    left = rules().edit_window - comment.age
    return max(0, int(left.total_seconds())) if comment.state == State.VISIBLE else 0


def may_edit(comment: Comment, by: Writer) -> None:
    """Raises why its writer may not open the form: too late, held, closed, banned. `comment` as above."""
    if not by.wrote(comment):
        raise Unknown(_("There is no such comment."))
    posting.may_write(comment.article, by)
    if comment.state != State.VISIBLE or comment.age > rules().edit_window:
        raise _why_not(comment.pk)


def edit(comment: Comment, *, by: Writer, text: str, version: int) -> Comment:
    """Replaces the text, or raises Conflict (too late, changed meanwhile, held) or Unknown."""
    if not by.wrote(comment):
        raise Unknown(_("There is no such comment."))
    body = texts.accepted(text)
    posting.may_write(comment.article, by)
    match = words.first_match(body, words.blocked())
    is_held = match is not None or (by.user is None and texts.has_link(body))
    with transaction.atomic():
        if is_held and comment.parent_id:
            # Its counters will move: locked from the top, as posting and deleting do.
            list(Comment.objects.select_for_update().filter(pk=comment.parent_id))
        mine = with_age(Comment.objects.filter(pk=comment.pk, state=State.VISIBLE, version=version))
        own = mine.filter(user=by.user) if by.user else mine.filter(guest=by.guest)
        changed = own.filter(age__lte=rules().edit_window).update(
            body=body,
            edited_at=clock.db_now(),
            version=F("version") + 1,
            state=State.HELD if is_held else State.VISIBLE,
            # What staff have let stand were other words.
            is_approved=False,
            matched=match.written[:100] if match else "",
        )
        if not changed:
            if Comment.objects.filter(pk=comment.pk, version=version + 1, body=body).exists():
                # The same form twice, by a double press or a retry: it is done already.
                comment.refresh_from_db()
                return comment
            raise _why_not(comment.pk)
        comment.refresh_from_db()
        if is_held:
            counting.disappear(comment)
        # The words that were there are taken back: a number typed by mistake stays in no kept page.
        versions.bump(threads.version_key(comment.article_id), removing=True)
    return comment


def _why_not(pk: int) -> Conflict | Unknown:
    current = with_age(Comment.objects.filter(pk=pk)).first()
    if current is None or current.state in {State.DELETED, State.HIDDEN, State.CLAIMED}:
        return Unknown(_("There is no such comment."))
    if current.state == State.HELD:
        return Conflict(_("This comment is being reviewed; it cannot be edited."))
    if current.age > rules().edit_window:
        return Conflict(_("The time for editing is over."))
    return Conflict(_("This comment has been edited already."))
