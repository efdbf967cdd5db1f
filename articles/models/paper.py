"""The fixed furniture of the paper: sections, series, reporters, and which desk minds what."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publication.models import LineField

# Every section right before its sub-sections.
TREE_ORDER = (
    Coalesce("parent__order", "order"),
    Coalesce("parent_id", "id"),
    F("parent_id").asc(nulls_first=True),
    F("order"),
    F("id"),
)


class SectionQuerySet(models.QuerySet):
    def tree(self) -> list["Section"]:
        """Top-level sections in order, each with its `subsections` list: one query."""
        everything = list(self.order_by("order", "id"))
        top = [section for section in everything if section.parent_id is None]
        by_id = {section.pk: section for section in top}
        for section in top:
            section.subsections = []
        for section in everything:
            if section.parent_id in by_id:
                section.parent = by_id[section.parent_id]
                section.parent.subsections.append(section)
        return top

    def in_tree_order(self) -> "SectionQuerySet":
        """Every section right before its sub-sections, for forms."""
        return self.order_by(*TREE_ORDER)


class Section(models.Model):
    """A section of the paper, or a sub-section of one: two levels, no more."""

    name = LineField(_("name"), max_length=40)
    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        limit_choices_to={"parent": None},
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    comments_open = models.BooleanField(
        _("comments are open"),
        default=True,
        help_text=_(
            "Without it all threads of the section and its sub-sections are closed; they stay readable."
        ),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="section_not_under_itself",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/section/{self.slug}/"

    def clean(self) -> None:
        super().clean()
        if self.parent_id is None:
            return
        if self.parent and self.parent.parent_id is not None:
            raise ValidationError({"parent": _("Sections have two levels only.")})
        if self.pk and self.children.exists():
            raise ValidationError({"parent": _("This section has sub-sections itself.")})


class Series(models.Model):
    title = LineField(_("title"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    description = LineField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/series/{self.slug}/"


class Reporter(models.Model):
    """A reporter as readers know one. Not a log-in: guests, agencies and people who left keep their page."""

    name = LineField(_("name"), max_length=40)
    title = LineField(pgettext_lazy("of a person", "title"), max_length=20, default="기자", blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    bio = models.TextField(_("about"), max_length=1000, blank=True)
    portrait = models.ForeignKey(
        "Photo",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("log-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reporter",
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return f"/reporter/{self.pk}/"


class DeskAssignment(models.Model):
    """This desk minds this section and its sub-sections. A desk without any row minds all."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("desk"),
        on_delete=models.CASCADE,
        related_name="desk_assignments",
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.CASCADE, related_name="desk_assignments"
    )

    class Meta:
        verbose_name = _("desk assignment")
        verbose_name_plural = _("desk assignments")
        constraints = [models.UniqueConstraint(fields=["user", "section"], name="desk_once_per_section")]

    def __str__(self) -> str:
        return f"{self.user} – {self.section}"
