"""Which page versions an article's change raises."""

from datetime import datetime

from articles.models import Article
from publication import versions


def changed(article: Article, *, removing: bool = False) -> None:
    """Raises the versions of every page this article stands on; called in the change's transaction.

    `removing`: it is taken from readers, and so at once from everywhere a page is kept.
    """
    keys = [versions.FRONT, f"article:{article.pk}"]
    if article.section is not None:
        keys += [f"section:{pk}" for pk in (article.section_id, article.section.parent_id) if pk]
    if article.series_id:
        keys.append(f"series:{article.series_id}")
    keys += [f"reporter:{pk}" for pk in article.bylines.values_list("reporter_id", flat=True)]
    keys += [f"tag:{pk}" for pk in article.tags.values_list("pk", flat=True)]
    versions.bump(*keys, removing=removing)


def next_publication(now: datetime) -> datetime | None:
    """When the next scheduled article goes out, whichever it is: lists it may enter are fresh until then."""
    return Article.objects.scheduled(now).order_by("publish_at").values_list("publish_at", flat=True).first()
