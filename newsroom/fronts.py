"""What stands on the front page: each article once, filled by query. (Slots pinned by the desk come later.)"""

from datetime import datetime
from typing import Any

from articles.models import Article, Section
from articles.models.article import Grade, Kind

# How many articles each part shows.
SECOND_ROW = 4
BLOCK = 4
OPINION = 4
PHOTO_STRIP = 6
# The newest articles the front is made of; older ones stand in their sections.
NEWEST = 120


def front_page(now: datetime) -> dict[str, Any]:
    """The context of newsroom/front.html: lead, second row, a block per section, opinion, photo strip."""
    newest = list(Article.objects.public(now).for_cards().newest()[:NEWEST])
    taken: set[int] = set()

    def take(articles: list[Article], count: int) -> list[Article]:
        chosen = [article for article in articles if article.pk not in taken][:count]
        taken.update(article.pk for article in chosen)
        return chosen

    graded = sorted(newest, key=lambda article: _weight(article, newest))
    lead = take([article for article in graded if article.kind != Kind.COLUMN], 1)
    second = take([article for article in graded if article.kind != Kind.COLUMN], SECOND_ROW)
    opinion = take([article for article in newest if article.kind == Kind.COLUMN], OPINION)
    strip = take(
        [article for article in newest if article.kind == Kind.PHOTO and article.lead_photo], PHOTO_STRIP
    )
    blocks = []
    for section in Section.objects.tree():
        ids = {section.pk, *(child.pk for child in section.subsections)}
        stories = [article for article in newest if article.kind != Kind.COLUMN]
        articles = take([article for article in stories if article.section_id in ids], BLOCK)
        if articles:
            blocks.append({"section": section, "articles": articles})
    return {
        "final_edit": max((_edited(article) for article in newest), default=None),
        "lead": lead[0] if lead else None,
        "second": second,
        "opinion": opinion,
        "photo_strip": strip,
        "blocks": blocks,
    }


def _weight(article: Article, newest: list[Article]) -> tuple[int, int]:
    """Headlines of the newest thirty first, then important ones, then the newest."""
    place = newest.index(article)
    rank = {Grade.HEADLINE: 0, Grade.IMPORTANT: 1}.get(article.grade, 2) if place < 30 else 3
    return rank, place


def _edited(article: Article) -> datetime:
    return max(article.publish_at, article.content_modified_at or article.publish_at)
