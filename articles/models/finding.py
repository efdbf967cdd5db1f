"""What leads readers to an article: picks of the desk, its reads, and where it stood before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class RelatedPick(models.Model):
    """A related article picked by hand; what is missing to a full list is found by tags and words."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="related_picks")
    related = models.ForeignKey(
        Article, verbose_name=_("related article"), on_delete=models.CASCADE, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="related_pick_once"),
            models.CheckConstraint(condition=~Q(article=F("related")), name="related_pick_is_another"),
        ]

    def __str__(self) -> str:
        return str(self.related)


class DailyReads(models.Model):
    """How often an article was read on one day (the paper's own), without a word about by whom."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="daily_reads", db_index=False)
    day = models.DateField()
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="reads_once_a_day")]
        indexes = [models.Index(fields=["day", "-reads"], name="reads_most_of_a_day")]

    def __str__(self) -> str:
        return f"#{self.article_id} {self.day}: {self.reads}"


class OldAddress(models.Model):
    """Where an article stood in the system that the paper moved in from; answers 301."""

    # Path and query as the old system wrote them, host left out, query sorted: articles.old_addresses.canonical.
    address = models.CharField(_("old address"), max_length=500, unique=True)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="old_addresses"
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.CheckConstraint(condition=Q(address__startswith="/"), name="old_address_is_local")
        ]

    def __str__(self) -> str:
        return self.address
