"""What the search knows of an article, whatever database it stands in."""

from django.db import models
from django.db.models import F


class SearchEntry(models.Model):
    """One article as the search reads it; written by articles.search.index in the transaction of every change.

    The database's own index of terms stands beside it (migration 0005_search) and only finds candidates:
    whether an article holds a word is decided by `words`, in the same way on every database.
    """

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    # The article's own while it is published, else NULL: what is not published never stands in a reader's list.
    publish_at = models.DateTimeField(null=True)
    # What readers filter by: " section:3 reporter:17 ".
    labels = models.TextField()
    # The headline, and all there is to read, as articles.search.tokens.line writes it, one line for each part.
    title = models.TextField()
    words = models.TextField()

    class Meta:
        indexes = [models.Index(F("publish_at").desc(), F("article_id").desc(), name="search_entry_newest")]

    def __str__(self) -> str:
        return f"#{self.pk}"
