"""The photo library, and where each photograph stands."""

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.pictures.renditions import base_url
from publication.models import LineField

# Every photograph has this rendition from the moment of its upload; forms and lists show it.
PREVIEW_NAME = "480.jpg"


class AiUse(models.TextChoices):
    NONE = "none", _("None")
    ASSISTED = "assisted", _("Assisted")
    GENERATED = "generated", _("Generated")


def originals() -> FileSystemStorage:
    """Originals stand outside what is served: they may hold GPS and whatever a camera wrote."""
    return FileSystemStorage(location=settings.MEDIA_ROOT / "originals", base_url=None)


def new_key() -> str:
    """A name for the served files that says nothing and cannot be guessed."""
    return secrets.token_hex(8)


def original_path(photo: "Photo", filename: str) -> str:
    return f"{photo.key[:2]}/{photo.key}.{filename.rpartition('.')[2]}"


class Photo(models.Model):
    """One photograph of the library. Its file never changes; articles.photos is the only way in."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    original = models.FileField(_("file"), storage=originals, upload_to=original_path, editable=False)
    original_name = LineField(_("file name"), max_length=200, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    mime = models.CharField(max_length=30, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    caption = models.TextField(_("caption"), max_length=1000, blank=True)
    credit = LineField(
        _("credit"), max_length=200, blank=True, help_text=_("As printed after the caption: who provides it.")
    )
    alt = models.TextField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for readers who do not see it."),
    )
    photographer = LineField(_("photographer"), max_length=100, blank=True)
    copyright = LineField(_("copyright"), max_length=200, blank=True)
    licence = LineField(_("licence"), max_length=100, blank=True)
    usage_terms = LineField(_("usage terms"), max_length=300, blank=True)
    source = LineField(_("source"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    ai_use = models.CharField(_("use of AI"), max_length=10, choices=AiUse.choices, default=AiUse.NONE)
    ai_note = LineField(_("note on the use of AI"), max_length=200, blank=True)
    focal_x = models.FloatField(
        _("focal point, from the left"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("focal point, from the top"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    whole = models.BooleanField(
        _("never crop"),
        default=False,
        help_text=_("For group pictures whose caption names people from the left."),
    )
    metadata = models.JSONField(_("metadata of the file"), default=dict, editable=False)
    # [{"kind": "wide"|"crop", "name": "480.jpg", "width", "height" (pixels), "type", "bytes"}]
    renditions = models.JSONField(default=list, editable=False)
    is_complete = models.BooleanField(_("all renditions made"), default=False, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="photo_focal_point_inside",
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="photo_has_pixels"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(is_complete=False), name="photo_incomplete"),
            models.Index(fields=["uploaded_at"], name="photo_by_upload"),
            models.Index(fields=["ai_use", "-id"], condition=~models.Q(ai_use="none"), name="photo_of_ai"),
        ]

    def __str__(self) -> str:
        return self.caption[:60] or self.original_name or f"#{self.pk}"

    def rendition_url(self, name: str) -> str:
        return self.base_url + name

    @property
    def preview_url(self) -> str:
        return self.rendition_url(PREVIEW_NAME)

    @property
    def base_url(self) -> str:
        """Where the served files of this photo stand, with a slash at the end."""
        return base_url(self.key)

    @cached_property
    def folder(self) -> Any:
        """The folder of the served files."""
        return settings.MEDIA_ROOT / "photos" / self.key


class Placement(models.Model):
    """Where a photograph stands. Derived from the article in the same save; the figure itself is the truth."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead photo")
        FIGURE = "figure", _("figure in the text")

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="placements")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="placements")
    role = models.CharField(_("place"), max_length=10, choices=Role.choices)
    order = models.PositiveSmallIntegerField(_("order"))
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=500, blank=True)
    alt = models.TextField(_("alternative text"), blank=True)
    decorative = models.BooleanField(_("decorative"), default=False)
    whole = models.BooleanField(_("never crop"), default=False)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["article_id", "role", "order"]
        constraints = [
            models.UniqueConstraint(fields=["article", "role", "order"], name="placement_once_per_place"),
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(role="lead"), name="placement_one_lead_per_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.role} {self.order}"
