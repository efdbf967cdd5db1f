"""Comments and what readers do with them. No table but Comment ever holds a reader's words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments import rules


class State(models.TextChoices):
    """visible ⇄ held ⇄ hidden; claimed (임시조치) ends by itself; deleted is the end."""

    VISIBLE = "visible", _("visible")
    HELD = "held", _("waiting for review")
    HIDDEN = "hidden", _("hidden")
    CLAIMED = "claimed", _("under a rights claim")
    DELETED = "deleted", _("deleted")


# A comment in one of these stands in the thread as a placeholder; the others are simply not there.
PLACEHOLDERS = (State.HELD, State.HIDDEN, State.CLAIMED, State.DELETED)
STANDING = Q(state=State.VISIBLE) | Q(state=State.CLAIMED) | Q(replies__gt=0)
# A reply has nothing below it: it stands while it is read, or while a rights claim blocks it.
STANDING_REPLIES = (State.VISIBLE, State.CLAIMED)


class CommentQuerySet(models.QuerySet):
    def visible(self) -> "CommentQuerySet":
        return self.filter(state=State.VISIBLE)

    def standing(self) -> "CommentQuerySet":
        """Top-level comments that take a place in the thread: visible, or a placeholder over visible replies."""
        return self.filter(STANDING, parent=None)

    def standing_under(self, top: "Comment") -> "CommentQuerySet":
        """Replies that take a place under this comment: visible, or the placeholder of a rights claim."""
        return self.filter(parent=top, state__in=STANDING_REPLIES)

    def best(self) -> "CommentQuerySet":
        """Candidates for BEST, the best first; ties: the older first."""
        return self.filter(
            parent=None, state=State.VISIBLE, best__gte=rules.rules().best_from, up__gte=F("down")
        ).order_by("-best", "id")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: comments.deleting is the only way, or words would stay behind and counters drift."""
        raise NotImplementedError("delete comments through comments.deleting")


def best_of(comments: "Iterable[Any]") -> "list[Any]":
    """Those of some top-level comments that are candidates for BEST, in the order of CommentQuerySet.best."""
    least = rules.rules().best_from
    found = [one for one in comments if one.is_visible and one.best >= least and one.up >= one.down]
    return sorted(found, key=lambda one: (-one.best, one.pk))


class ShownComment:
    """What pages ask of a comment besides its columns, whether it is a model's instance or a row of a thread."""

    pk: int
    state: str
    guest: str
    edited_at: datetime | None

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def permalink(self) -> str:
        return f"/comments/{self.pk}/at/"

    @property
    def url(self) -> str:
        """Its own page: what this visitor may do with it."""
        return f"/comments/{self.pk}/"

    @property
    def is_visible(self) -> bool:
        return self.state == State.VISIBLE

    @property
    def is_edited(self) -> bool:
        return self.edited_at is not None

    @property
    def is_guest(self) -> bool:
        return bool(self.guest)


class Comment(ShownComment, models.Model):
    """One comment or one reply. A tombstone keeps its place and nothing else."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="comments"
    )
    # Without an index of its own: PostgreSQL took it for the order of a hot thread and read all of it. Replies are
    # found by comment_of_parent.
    parent = models.ForeignKey(
        "self",
        verbose_name=_("reply to"),
        null=True,
        on_delete=models.PROTECT,
        related_name="children",
        db_index=False,
    )
    # The reply that this reply answers; its writer's name is shown as @name as long as it stands.
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        null=True,
        on_delete=models.PROTECT,
        related_name="comments",
    )
    # A keyed hash of the browser's random key; blank for members.
    guest = models.CharField(max_length=64, blank=True)
    nickname = models.CharField(_("nickname"), max_length=rules.NICKNAME_MAX, blank=True)
    is_staff = models.BooleanField(_("staff badge"), default=False)
    body = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.VISIBLE)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("written"), db_default=Now())
    edited_at = models.DateTimeField(_("edited"), null=True)
    # A keyed hash of the address, rotated; blank after 90 days.
    address = models.CharField(max_length=64, blank=True)
    # The blocked word that held it, as it stands in the text.
    matched = models.CharField(_("matched word"), max_length=100, blank=True)
    # Staff looked at it and let it stand: later reports do not hide it again.
    is_approved = models.BooleanField(_("approved by staff"), default=False)
    up = models.PositiveIntegerField(_("recommendations"), default=0)
    down = models.PositiveIntegerField(_("disapprovals"), default=0)
    replies = models.PositiveIntegerField(_("visible replies"), default=0)
    replies_by_others = models.PositiveIntegerField(default=0)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    best = models.GeneratedField(
        expression=F("up") + F("replies_by_others"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
    claimed_until = models.DateTimeField(_("claim ends"), null=True)
    claimed_by = models.CharField(_("claimed by"), max_length=200, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=State.DELETED, body="", nickname="", user=None, guest="", address="", up=0, down=0
                )
                | (~Q(state=State.DELETED) & ~Q(body="")),
                name="comment_tombstone_is_empty",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("body"), rules.BODY_MAX), name="comment_400_characters"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DELETED)
                | (Q(user=None) & ~Q(guest=""))
                | (Q(user__isnull=False) & Q(guest="")),
                name="comment_has_one_writer",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="comment_not_under_itself"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.CLAIMED, claimed_until__isnull=False)
                | (~Q(state=State.CLAIMED) & Q(claimed_until__isnull=True)),
                name="comment_claim_has_an_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["article", "parent", "-id"],
                condition=Q(parent=None) & STANDING,
                name="comment_new",
            ),
            models.Index(
                fields=["article", "-up", "-id"], condition=Q(parent=None) & STANDING, name="comment_up"
            ),
            models.Index(
                fields=["article", "-replies", "-id"],
                condition=Q(parent=None) & STANDING,
                name="comment_replies",
            ),
            models.Index(
                fields=["article", "-best", "id"],
                condition=Q(parent=None, state="visible", up__gte=F("down"), best__gt=0),
                name="comment_best",
            ),
            models.Index(
                fields=["parent", "id"], condition=Q(parent__isnull=False), name="comment_of_parent"
            ),
            models.Index(fields=["user", "-id"], condition=Q(user__isnull=False), name="comment_of_user"),
            models.Index(fields=["guest", "-id"], condition=~Q(guest=""), name="comment_of_guest"),
            models.Index(fields=["-id"], condition=Q(state="held"), name="comment_held"),
            models.Index(fields=["-id"], condition=Q(reports__gt=0), name="comment_reported"),
            models.Index(fields=["claimed_until"], condition=Q(state="claimed"), name="comment_claims"),
            models.Index(fields=["id"], condition=~Q(claimed_by=""), name="comment_claimed"),
            models.Index(fields=["created_at"], condition=~Q(address=""), name="comment_with_address"),
        ]

    def __str__(self) -> str:
        # Never the text or the name: logs and the admin's history print this.
        return str(_("comment #%(id)s") % {"id": self.pk})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused, as CommentQuerySet.delete."""
        raise NotImplementedError("delete comments through comments.deleting")


class Posting(models.Model):
    """One sent form: what makes a second arrival of the same form harmless. No text, no hash of it."""

    token = models.CharField(max_length=64, primary_key=True)
    writer = models.CharField(max_length=80)
    article_id = models.PositiveBigIntegerField()
    # The number the comment has or had; no foreign key, because it outlives the comment.
    comment_id = models.PositiveBigIntegerField(null=True)
    address = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["writer", "-created_at"], name="posting_of_writer"),
            models.Index(fields=["address", "-created_at"], name="posting_of_address"),
            models.Index(fields=["created_at"], name="posting_by_age"),
            models.Index(fields=["comment_id"], name="posting_of_comment"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class Vote(models.Model):
    """One writer's standing vote; its change moves the comment's counters in the same transaction."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=80)
    value = models.SmallIntegerField()
    address = models.CharField(max_length=64, blank=True)
    is_guest = models.BooleanField(default=False)
    # How often it was set, changed or withdrawn: each counts towards the day's limit.
    changes = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "voter"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="vote_is_up_down_or_withdrawn"),
        ]
        indexes = [
            models.Index(fields=["voter", "-changed_at"], name="vote_of_voter"),
            models.Index(fields=["comment", "address"], name="vote_from_address"),
            models.Index(fields=["changed_at"], condition=~Q(address=""), name="vote_with_address"),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class Report(models.Model):
    """One reader's report of a comment."""

    class Reason(models.TextChoices):
        ABUSE = "abuse", _("abuse, contempt")
        PRIVACY = "privacy", _("personal data")
        DEFAMATION = "defamation", _("defamation")
        SPAM = "spam", _("advertising, flooding")
        ILLEGAL = "illegal", _("obscene, illegal")
        OTHER = "other", _("other")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="report_rows")
    reporter = models.CharField(max_length=80)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reporter"], name="report_once")]
        indexes = [models.Index(fields=["created_at"], name="report_by_age")]

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class Ban(models.Model):
    """Who may not write: a member, a browser, or an address (until its hash is rotated)."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        GUEST = "guest", _("browser")
        ADDRESS = "address", _("address")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # The writer key of a member or a guest, or the keyed hash of an address.
    target = models.CharField(max_length=80)
    why = models.CharField(_("reason"), max_length=300)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        constraints = [models.UniqueConstraint(fields=["kind", "target"], name="ban_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def is_active(self, now: datetime) -> bool:
        return self.until is None or self.until > now


class BlockedWord(models.Model):
    """A word that holds a comment for review, found on the text's letters alone."""

    word = models.CharField(_("word"), max_length=60)
    # Letters only, case folded: what the text's skeleton is searched for.
    skeleton = models.CharField(max_length=60, unique=True, editable=False)
    # Words that contain it and mean no harm, one per line.
    exceptions = models.TextField(_("exceptions"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("blocked word")
        verbose_name_plural = _("blocked words")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
