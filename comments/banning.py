"""Bans: a member, a browser or an address may not write for a while, with a reason and an audit row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions
from comments.models import Ban, Comment, State
from comments.refusals import Forbidden, Refused, Unknown
from comments.writers import ADDRESS_ROTATION
from publication import audit, clock

if TYPE_CHECKING:
    from accounts.models import User


def rotation(moment: datetime) -> int:
    """The number of the rotation in which addresses were hashed at this moment."""
    return int(moment.timestamp() // ADDRESS_ROTATION.total_seconds())


def rotation_end(moment: datetime) -> datetime:
    """From here on addresses have other hashes, and bans of addresses hold nobody any more."""
    return datetime.fromtimestamp((rotation(moment) + 1) * ADDRESS_ROTATION.total_seconds(), UTC)


def kinds(comment: Comment) -> list[Ban.Kind]:
    """What of this comment's writer can be banned now."""
    found = []
    if comment.user_id is not None:
        found.append(Ban.Kind.MEMBER)
    if comment.guest:
        found.append(Ban.Kind.GUEST)
    if comment.address and rotation(comment.created_at) == rotation(clock.now()):
        found.append(Ban.Kind.ADDRESS)
    return found


def target(comment: Comment, kind: str) -> str:
    """What a ban of this kind is compared with: a writer's key, or the hash of an address."""
    keys = {
        Ban.Kind.MEMBER: f"m{comment.user_id}",
        Ban.Kind.GUEST: f"g{comment.guest}",
        Ban.Kind.ADDRESS: comment.address,
    }
    return keys[Ban.Kind(kind)]


def standing(comment: Comment) -> list[Ban]:
    """Bans of this comment's writer that hold now."""
    wanted = [(kind, target(comment, kind)) for kind in kinds(comment)]
    rows = Ban.objects.filter(target__in=[one for _kind, one in wanted])
    return [ban for ban in rows if (ban.kind, ban.target) in wanted and ban.is_active(clock.now())]


def ban(pk: int, *, by: User, kind: str, why: str, until: datetime | None = None) -> Ban:
    """Bans a comment's writer; `until` None for good. A ban of an address ends with the rotation."""
    if not permissions.can_ban_writers(by):
        raise Forbidden(_("You may not do this."))
    comment = Comment.objects.exclude(state=State.DELETED).filter(pk=pk).first()
    if comment is None:
        raise Unknown(_("There is no such comment."))
    if kind not in kinds(comment):
        raise Refused(_("This cannot be banned: it is not known, or not any more."))
    if not why.strip():
        raise Refused(_("Give a reason."))
    now = clock.now()
    if until is not None and until <= now:
        raise Refused(_("The end of a ban lies in the future."))
    if kind == Ban.Kind.ADDRESS:
        until = min(until or rotation_end(now), rotation_end(now))
    with transaction.atomic():
        row, _is_new = Ban.objects.update_or_create(
            kind=kind,
            target=target(comment, kind),
            defaults={"why": why.strip()[:300], "until": until, "created_at": now},
        )
        audit.record("ban", by=by, obj=row, why=why.strip())
    return row


def lift(row: Ban, *, by: User) -> None:
    """Ends a ban at once; the row goes, the audit stays."""
    if not permissions.can_ban_writers(by):
        raise Forbidden(_("You may not do this."))
    with transaction.atomic():
        audit.record("lift ban", by=by, obj=row)
        row.delete()
