"""The newest few stories, for pages that did not have what a reader came for."""

from datetime import datetime

from articles import pages
from articles.models import Article
from publication import versions
from publication.standing import ends_at, stands_on

# One row of cards.
SHOWN = 4


def stories(now: datetime) -> list[Article]:
    """The newest public articles, loaded for cards; the page they stand on ends when the next one goes out."""
    stands_on(versions.FRONT)
    ends_at(pages.next_publication(now))
    return list(Article.objects.public(now).for_cards().newest()[:SHOWN])
