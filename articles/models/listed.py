"""A tag on an article, in the order in which the tag's list shows them."""

from django.db import models
from django.db.models import Q
from taggit.models import ItemBase, Tag


class TaggedArticle(ItemBase):
    # Both are looked up by the indexes below.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles", db_index=False)
    content_object = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="tagged",
        db_column="article_id",
        db_index=False,
    )
    # The article's own while it is published, else NULL: kept by the triggers of migration 0007_lists, for the
    # list of a tag can be read along an index only if that index knows the time.
    publish_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_tagged_once")]
        indexes = [
            models.Index(
                fields=["tag", "-publish_at", "-content_object"],
                condition=Q(publish_at__isnull=False),
                name="article_newest_of_tag",
            )
        ]
