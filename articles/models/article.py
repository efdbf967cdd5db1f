"""The article, its bylines and its discussion: what it is, when readers may see it, what must never be."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager

from articles import saving
from articles.fields import BodyField
from articles.models.discussion import Discussion
from articles.models.listed import TaggedArticle
from articles.models.paper import Reporter, Section, Series
from articles.models.photo import AiUse, Photo, Placement
from articles.models.shown import ShownArticle
from articles.search import index
from publication.models import LineField

TITLE_MAX = 200


# Columns that no public page reads: what passed between reporter and desk.
THE_DESKS = (
    *("submitted_at", "approved_at", "return_note", "approval_reason", "created_at", "updated_at"),
    *("owner", "submitted_by", "approved_by", "card_due"),
)
# What lists and feeds leave to the article's page; and what of a photograph no page shows.
NOT_IN_LISTS = (*THE_DESKS, "lead_html", "card", "ai_use", "ai_note", "region")
ON_NO_PAGE = (
    *("original", "original_name", "sha256", "mime", "size", "licence", "usage_terms", "source"),
    *("taken_at", "ai_use", "ai_note", "metadata", "uploaded_by", "uploaded_at"),
)


class Status(models.TextChoices):
    """Stored states. Scheduled and published are one, told apart by publish_at."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Kind(models.TextChoices):
    ARTICLE = "article", _("Article")
    COLUMN = "column", _("Column")
    PHOTO = "photo", _("Photo story")
    VIDEO = "video", _("Video")


class Grade(models.TextChoices):
    """등급: how much room a front gives."""

    NORMAL = "normal", _("Normal")
    IMPORTANT = "important", _("Important")
    HEADLINE = "headline", pgettext_lazy("grade", "Headline")


class EverPublic(Exception):
    """Refused: what was ever public, or is planned to be, is never deleted."""


class ArticleQuerySet(models.QuerySet):
    def public(self, now: datetime) -> "ArticleQuerySet":
        """What a reader may see at this instant: the same condition as Article.is_public."""
        return self.filter(status=Status.PUBLISHED, publish_at__lte=now)

    def withdrawn(self) -> "ArticleQuerySet":
        """Once public and then withdrawn: its address answers 410."""
        return self.filter(status=Status.WITHDRAWN)

    def scheduled(self, now: datetime) -> "ArticleQuerySet":
        return self.filter(status=Status.PUBLISHED, publish_at__gt=now)

    def newest(self) -> "ArticleQuerySet":
        return self.order_by("-publish_at", "-id")

    def for_cards(self) -> "ArticleQuerySet":
        """Everything a list shows of an article, without its body: a fixed number of queries."""
        figures = Placement.objects.filter(role=Placement.Role.FIGURE, order=0).select_related("photo")
        first = figures.defer(*(f"photo__{name}" for name in ON_NO_PAGE))
        return (
            self.defer("body", "body_html", *NOT_IN_LISTS, *(f"lead_photo__{name}" for name in ON_NO_PAGE))
            .select_related("section", "lead_photo", "discussion")
            .prefetch_related("bylines", models.Prefetch("placements", first, to_attr="first_figures"))
        )

    def for_page(self) -> "ArticleQuerySet":
        """Everything the article's own page shows: a fixed number of queries."""
        return self.without_people().prefetch_related(
            models.Prefetch("bylines", Byline.objects.with_people()), "tags"
        )

    def without_people(self) -> "ArticleQuerySet":
        """What one row holds of an article's own page."""
        return self.defer(*THE_DESKS).select_related("section__parent", "series", "discussion")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Deletes drafts; EverPublic if one of them was ever public."""
        if self.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN]).exists():
            raise EverPublic
        with transaction.atomic():
            index.drop(list(self.values_list("pk", flat=True)))
            return super().delete()


class Article(ShownArticle):
    """One story. Its text is written through save(), its status by articles.workflow only."""

    title = LineField(_("headline"), max_length=TITLE_MAX, blank=True)
    subtitle = LineField(_("subtitle"), max_length=TITLE_MAX, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ARTICLE)
    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices, default=Grade.NORMAL)
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
    )
    region = LineField(_("region"), max_length=40, blank=True)
    lead = LineField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences for lists; blank: the text's beginning."),
    )
    body = BodyField(_("text"), blank=True)
    # Made by articles.rendering.render_body when the article is saved, by nothing else.
    body_html = models.TextField(editable=False, blank=True)
    lead_html = models.TextField(editable=False, blank=True)
    summary = models.TextField(editable=False, blank=True)
    # What stands for the article elsewhere, as articles.sharing describes it.
    card = models.JSONField(editable=False, default=dict)
    # A card without a photograph is still to be drawn: by the worker at once, else by the tick.
    card_due = models.BooleanField(editable=False, default=False)
    tags = TaggableManager(
        verbose_name=_("tags"), blank=True, help_text=_("Separated by commas."), through=TaggedArticle
    )
    lead_photo = models.ForeignKey(
        Photo, verbose_name=_("lead photo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_caption = models.TextField(_("caption"), max_length=1000, blank=True)
    lead_credit = LineField(_("credit"), max_length=200, blank=True)
    lead_alt = models.TextField(_("alternative text"), max_length=500, blank=True)
    lead_decorative = models.BooleanField(_("decorative"), default=False)
    lead_whole = models.BooleanField(_("never crop"), default=False)
    source = LineField(_("source"), max_length=100, blank=True, help_text=_("Wire service or other origin."))
    copyright = LineField(
        _("copyright line"),
        max_length=200,
        blank=True,
        help_text=_("Instead of the paper's own: wire copy, guests."),
    )
    ai_use = models.CharField(_("use of AI"), max_length=10, choices=AiUse.choices, default=AiUse.NONE)
    ai_note = LineField(_("note on the use of AI"), max_length=200, blank=True)

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    publish_at = models.DateTimeField(_("publishes at"), null=True, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    content_modified_at = models.DateTimeField(_("last substantial change"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    return_note = models.TextField(_("note of the desk"), max_length=1000, blank=True, editable=False)
    approval_reason = models.TextField(_("reason"), max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        editable=False,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | (Q(section__isnull=False) & ~Q(title="")),
                name="article_published_is_complete",
            ),
            models.CheckConstraint(
                # NULL = NULL contradicts no CHECK, so both must be said to be there.
                condition=Q(
                    status__in=[Status.PUBLISHED, Status.WITHDRAWN],
                    publish_at__isnull=False,
                    first_published_at__isnull=False,
                    first_published_at=F("publish_at"),
                )
                | Q(
                    status__in=[Status.DRAFT, Status.SUBMITTED, Status.RETURNED],
                    publish_at__isnull=True,
                    first_published_at__isnull=True,
                    content_modified_at__isnull=True,
                ),
                name="article_times_fit_status",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
                name="article_withdrawn_has_time",
            ),
            models.CheckConstraint(
                condition=Q(content_modified_at__isnull=True)
                | Q(content_modified_at__gte=F("first_published_at")),
                name="article_modified_after_published",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
        ]
        indexes = [
            models.Index(
                fields=["-publish_at", "-id"], condition=Q(status="published"), name="article_newest"
            ),
            models.Index(
                fields=["section", "-publish_at", "-id"],
                condition=Q(status="published"),
                name="article_newest_in_section",
            ),
            models.Index(
                fields=["series", "-publish_at", "-id"],
                condition=Q(status="published"),
                name="article_newest_in_series",
            ),
            models.Index(
                fields=["kind", "-publish_at", "-id"],
                condition=Q(status="published"),
                name="article_newest_of_kind",
            ),
            models.Index(fields=["owner", "-id"], name="article_of_owner"),
            models.Index(fields=["status", "-id"], name="article_by_status"),
            models.Index(fields=["-id"], condition=Q(card_due=True), name="article_card_due"),
            # The desk's lists and boxes, newest first.
            models.Index(fields=["kind", "-id"], name="article_by_kind"),
            models.Index(fields=["grade", "-id"], name="article_by_grade"),
            models.Index(
                fields=["-approved_at", "-id"], condition=~Q(approval_reason=""), name="article_own_approval"
            ),
            models.Index(
                fields=["owner", "-updated_at", "-id"],
                condition=~Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN]),
                name="article_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("untitled #%(id)s") % {"id": self.pk or "–"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Cleans the text, saves, and makes what is derived from it.

        An article that exists is saved without its status and times: those are articles.workflow's, and a
        form that stood open while the desk published must not put the old ones back.
        """
        is_new = self._state.adding
        if not is_new and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = saving.CONTENT_FIELDS
        with transaction.atomic():
            saving.prepare(self)
            super().save(*args, **kwargs)
            if is_new:
                Discussion.objects.create(article=self)
            saving.derive(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.status in {Status.PUBLISHED, Status.WITHDRAWN}:
            raise EverPublic
        with transaction.atomic():
            index.drop([self.pk])
            return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/news/{self.pk}/"

    def is_public(self, now: datetime) -> bool:
        """The same condition as ArticleQuerySet.public."""
        return self.status == Status.PUBLISHED and self.publish_at is not None and self.publish_at <= now

    def is_scheduled(self, now: datetime) -> bool:
        return self.status == Status.PUBLISHED and self.publish_at is not None and self.publish_at > now

    @property
    def is_published(self) -> bool:
        """Approved: out, or planned."""
        return self.status == Status.PUBLISHED

    @property
    def is_kept(self) -> bool:
        """Published, scheduled or withdrawn: a scheduled one must be taken from the plan before deletion."""
        return self.status in {Status.PUBLISHED, Status.WITHDRAWN}


class BylineQuerySet(models.QuerySet):
    def with_people(self) -> "BylineQuerySet":
        """With the reporters and their portraits, as a page shows them."""
        people = self.select_related("reporter__portrait")
        return people.defer(*(f"reporter__portrait__{name}" for name in ON_NO_PAGE))


class Byline(models.Model):
    """Who made it, in order, with name and title as they were when it was published."""

    class Role(models.TextChoices):
        WRITING = "writing", pgettext_lazy("part in a byline", "Text")
        PHOTO = "photo", _("Photos")
        VIDEO = "video", _("Video")
        EDITING = "editing", _("Editing")
        TRANSLATION = "translation", _("Translation")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    reporter = models.ForeignKey(
        Reporter, verbose_name=_("reporter"), on_delete=models.PROTECT, related_name="bylines"
    )
    role = models.CharField(_("part"), max_length=12, choices=Role.choices, default=Role.WRITING)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = LineField(_("name as published"), max_length=40, blank=True, editable=False)
    title = LineField(_("title as published"), max_length=20, blank=True, editable=False)
    # The article's own while it is published, else NULL: kept by triggers, as TaggedArticle's.
    publish_at = models.DateTimeField(null=True, editable=False)

    objects = BylineQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "reporter", "role"], name="byline_once_per_part")
        ]
        indexes = [
            models.Index(
                fields=["reporter", "-publish_at", "-article"],
                condition=Q(publish_at__isnull=False),
                name="article_newest_of_reporter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new byline, or one given to another reporter, takes name and title of this moment; so does approval."""
        if not self.name or self._has_another_reporter():
            self.take_name()
        super().save(*args, **kwargs)

    def _has_another_reporter(self) -> bool:
        return Byline.objects.filter(pk=self.pk).exclude(reporter_id=self.reporter_id).exists()

    def take_name(self) -> None:
        self.name, self.title = self.reporter.name, self.reporter.title
