"""The person behind a log-in. Reporters as readers know them (names, pages) are articles.Reporter."""

from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publication.models import LineField
from publication.text import fold_line, skeleton

# Characters (code points after NFC) of a nickname: long enough to tell people apart, short enough for one line.
NICKNAME_MIN, NICKNAME_MAX = 2, 20


class Role(models.TextChoices):
    """The four groups of staff. A group's name is the role's value; a migration creates them."""

    REPORTER = "reporter", _("Reporter")
    DESK = "desk", _("Desk")
    MODERATOR = "moderator", _("Comment moderator")
    MANAGER = "manager", _("Manager")


class UserManager(BaseUserManager):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Small letters throughout: nobody has two accounts that differ by case, and log-in compares so."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Creates a reader; ValueError without an address. Roles are given by adding groups."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Logs in by e-mail. `name` is the person's for colleagues, `nickname` is what readers see."""

    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("This address has an account.")}
    )
    name = LineField(_("name"), max_length=60, blank=True)
    nickname = LineField(_("nickname"), max_length=NICKNAME_MAX, blank=True)
    # Look-alikes (upper case, full width, punctuation) share a key; NULL while there is no nickname.
    nickname_key = models.CharField(max_length=80, unique=True, null=True, editable=False)
    language = models.CharField(
        _("language of the admin"),
        max_length=5,
        blank=True,
        choices=[("ko", _("Korean")), ("en", _("English"))],
        help_text=_("Blank: the paper's."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.nickname or self.email

    def clean(self) -> None:
        super().clean()
        self.email = UserManager.normalize_email(self.email)
        try:
            self.clean_nickname()
        except ValidationError as error:
            raise ValidationError({"nickname": error}) from None

    def clean_nickname(self) -> None:
        """Folds the nickname; ValidationError unless it is blank, or short, readable and free."""
        self.nickname = fold_line(self.nickname)
        if not self.nickname:
            return
        if not NICKNAME_MIN <= len(self.nickname) <= NICKNAME_MAX:
            counts = {"least": NICKNAME_MIN, "most": NICKNAME_MAX, "count": len(self.nickname)}
            raise ValidationError(
                _("A nickname has %(least)s to %(most)s characters; this one has %(count)s."), params=counts
            )
        key = self.key_of_nickname()
        if not key:
            raise ValidationError(_("A nickname needs letters or digits."))
        if User.objects.filter(nickname_key=key).exclude(pk=self.pk).exists():
            raise ValidationError(_("This nickname, or one that looks like it, is taken."))

    def key_of_nickname(self) -> str | None:
        """What look-alikes share; None for a nickname that has nothing to compare."""
        return skeleton(self.nickname)[: self._meta.get_field("nickname_key").max_length] or None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = UserManager.normalize_email(self.email)
        self.nickname_key = self.key_of_nickname()
        fields = kwargs.get("update_fields")
        if fields is not None and "nickname" in fields:
            kwargs["update_fields"] = {*fields, "nickname_key"}
        super().save(*args, **kwargs)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Role values of this person; a superuser counts as manager."""
        names = {name for name in self.groups.values_list("name", flat=True) if name in Role.values}
        return frozenset(names | {Role.MANAGER} if self.is_superuser else names)

    @property
    def is_staff(self) -> bool:
        """Membership in any role opens the admin; there is no second switch that could disagree."""
        return bool(self.roles)

    @cached_property
    def desk_section_ids(self) -> frozenset[int]:
        """Sections this person is desk of; empty means all (articles.DeskAssignment)."""
        return frozenset(self.desk_assignments.values_list("section_id", flat=True))
