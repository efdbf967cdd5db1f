"""Articles that share telling words with another one's headline and tags."""

from collections.abc import Collection
from datetime import datetime

from articles.models import Article


def similar(article: Article, now: datetime, limit: int, exclude_ids: Collection[int] = ()) -> list[int]:
    """Ids of public articles, those that share the most first, then the newest; never the article itself."""
    return []
