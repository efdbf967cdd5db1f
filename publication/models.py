"""The ground of the paper: its facts, its policy pages, the audit, the page versions, the tick's heartbeat."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publication.richtext import clean_policy
from publication.text import fold_line

# No line of a form is looked at beyond this, so that folding stays cheap; far above every max_length.
LINE_INPUT_MAX = 10_000


class LineFormField(forms.CharField):
    """Folds before it counts: a headline of 200 syllables is not too long because a Mac sent it as NFD."""

    def to_python(self, value: Any) -> str:
        value = super().to_python(value)
        return value if "\0" in value else fold_line(value[:LINE_INPUT_MAX])


class LineField(models.CharField):
    """One line of editorial text: NFC, no control characters, NBSP folded, on every way into the database."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineFormField, **kwargs})

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return fold_line(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return fold_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class PublicationQuerySet(models.QuerySet):
    def current(self) -> "Publication":
        """The paper's one row, or an unsaved one with the defaults while the admin has not saved it yet."""
        return self.first() or Publication()


def brand_path(instance: "Publication", filename: str) -> str:
    """Logo and share picture are re-encoded before they come here and are named by their field."""
    return f"brand/{filename}"


class FeedText(models.TextChoices):
    """How much of an article a feed carries."""

    SUMMARY = "summary", _("The summary")
    FULL = "full", _("The whole text")


class Publication(models.Model):
    """The paper's own facts: exactly one row, edited in the admin."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = LineField(_("newspaper's name"), max_length=60, default="Newsroom")
    corporation = LineField(_("corporation"), max_length=80, blank=True)
    registration_number = LineField(_("registration number"), max_length=40, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    issued_on = models.DateField(_("first issued on"), null=True, blank=True)
    publisher = LineField(_("publisher"), max_length=60, blank=True)
    editor = LineField(_("editor"), max_length=60, blank=True)
    address = LineField(_("address"), max_length=200, blank=True)
    phone = LineField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    youth_officer = LineField(_("youth protection officer"), max_length=60, blank=True)
    privacy_officer = LineField(_("privacy officer"), max_length=60, blank=True)
    ombudsman = LineField(_("ombudsman"), max_length=60, blank=True)
    arrangement_officer = LineField(_("officer for the arrangement of articles"), max_length=60, blank=True)
    copyright_line = LineField(
        _("copyright line"),
        max_length=200,
        default="저작권자 © {publication} 무단전재 및 재배포 금지",
        help_text=_("Stands under every article. {publication} becomes the newspaper's name."),
    )
    byline_label = LineField(_("byline label"), max_length=20, default="Editor.", blank=True)
    published_label = LineField(_("label of the first publication's time"), max_length=20, default="입력")
    modified_label = LineField(_("label of the last change's time"), max_length=20, default="수정")
    dateline_pattern = LineField(
        _("dateline pattern"),
        max_length=80,
        default="[{publication} {byline}]",
        blank=True,
        help_text=_("Opens the first paragraph. {publication} and {byline} are filled in; blank for none."),
    )
    credit_pattern = LineField(
        _("photo credit pattern"),
        max_length=40,
        default="[사진={credit}]",
        validators=[RegexValidator(r"\{credit\}", _("The pattern must contain {credit}."))],
    )
    description = LineField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences about the paper, for search engines and feed readers."),
    )
    profiles = models.TextField(
        _("other places of the paper"),
        max_length=2000,
        blank=True,
        help_text=_("Addresses of the paper's channels elsewhere, one a line."),
    )
    x_account = LineField(_("account on X"), max_length=20, blank=True, help_text=_("With its @."))
    feed_text = models.CharField(
        _("text in feeds"), max_length=10, choices=FeedText.choices, default=FeedText.SUMMARY
    )
    websub_hub = LineField(
        _("WebSub hub"),
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Told of every change of a feed, so that feed readers need not ask."),
    )
    ads_txt = models.TextField(
        _("ads.txt"), max_length=20_000, blank=True, help_text=_("Blank: /ads.txt answers 404.")
    )
    security_contact = LineField(
        _("contact for security reports"),
        max_length=200,
        blank=True,
        help_text=_("An e-mail or web address for /.well-known/security.txt; blank: the paper's e-mail."),
    )
    logo = models.FileField(_("logo"), upload_to=brand_path, blank=True)
    default_share_picture = models.FileField(_("default share picture"), upload_to=brand_path, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("publication")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="publication_is_one_row")]

    # An internet newspaper in Korea must show these (Act on the Promotion of Newspapers §21).
    LEGAL_ITEMS = (
        "name",
        "corporation",
        "registration_number",
        "registered_on",
        "issued_on",
        "publisher",
        "editor",
        "address",
        "phone",
        "email",
        "youth_officer",
    )

    def __str__(self) -> str:
        return self.name

    @property
    def copyright_text(self) -> str:
        return self.copyright_line.replace("{publication}", self.name)

    def blank_legal_items(self) -> list[str]:
        """Names, in the active language, of the legal items still blank, or as they came: no paper is "Newsroom"."""
        return [
            str(self._meta.get_field(item).verbose_name)
            for item in self.LEGAL_ITEMS
            if getattr(self, item) in {None, "", self._meta.get_field(item).get_default()}
        ]


class PolicyPage(models.Model):
    """A page that the paper edits itself: privacy, terms, youth protection, about, tips …"""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    title = LineField(_("title"), max_length=80)
    body = models.TextField(_("text"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_shown = models.BooleanField(_("shown"), default=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("policy page")
        verbose_name_plural = _("policy pages")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body = clean_policy(self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/policy/{self.slug}/"


class Audit(models.Model):
    """One deed. Written by publication.audit only, never changed, and it survives what it speaks of."""

    WHY_MAX = 500

    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    verb = models.CharField(_("verb"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_name = models.CharField(_("name"), max_length=200, blank=True)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=40)
    why = models.CharField(_("reason"), max_length=WHY_MAX, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_by_object"),
            models.Index(fields=["object_type", "-id"], name="audit_by_kind"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class Version(models.Model):
    """How often the thing named by the key has changed. Written by publication.versions only."""

    key = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    # A page made under a lower number shows something that was taken from readers since.
    floor = models.PositiveBigIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(floor__lte=models.F("number")), name="version_floor_is_reached"
            )
        ]
        indexes = [
            models.Index(
                fields=["removed_at"],
                condition=models.Q(removed_at__isnull=False),
                name="version_removed_lately",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.number}"


class Heartbeat(models.Model):
    """When a periodic job last ran and what it left undone: one row per job, written by the tick only."""

    # The tick comes every 30 seconds; after this many seconds without one the admin and /readyz say so.
    LATE_AFTER = 120

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    failed = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name

    def age(self, now: datetime | None = None) -> int:
        """Whole seconds since the last run."""
        return max(0, int(((now or timezone.now()) - self.at).total_seconds()))

    @property
    def is_late(self) -> bool:
        return self.failed > 0 or self.age() > self.LATE_AFTER
