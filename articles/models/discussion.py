"""An article's thread as lists join it: its counters, and whether it is open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Discussion(models.Model):
    """The thread's own row: comments writes it, lists join it, and no article form touches it."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="discussion"
    )
    visible_count = models.PositiveIntegerField(_("visible comments"), default=0)
    reads = models.PositiveBigIntegerField(_("reads"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    ranking_frozen = models.BooleanField(_("ranking frozen"), default=False)

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        indexes = [
            models.Index(fields=["-article"], condition=Q(state="closed"), name="discussion_closed"),
            models.Index(fields=["-article"], condition=Q(ranking_frozen=True), name="discussion_frozen"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
