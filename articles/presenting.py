"""What the article page shows, for readers and for the newsroom's preview alike."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from articles import kakao, popular, reading_time, related
from articles.models import Article
from articles.pages import article_stands_on, next_publication
from articles.sharing import share_picture
from publication import clock
from publication.standing import ends_at


def article_page(article: Article, *, is_preview: bool = False) -> dict[str, Any]:
    """The context of articles/article.html; the article comes from `for_page()`."""
    now = clock.now()
    article_stands_on(article)
    # An article that goes out by itself may become a neighbour, or related.
    ends_at(next_publication(now))
    bylines = list(article.bylines.all())
    reporters = {byline.reporter_id: byline.reporter for byline in bylines if byline.reporter.is_active}
    return {
        "article": article,
        "bylines": bylines,
        # Both were made by articles.rendering from sanitised text, the only maker of public HTML.
        "body": SafeString(article.body_html),
        "lead": SafeString(article.lead_html),
        # A tag of signs alone has no slug and so no page.
        "tags": [
            {"name": tag.name, "url": reverse("tag", args=[tag.slug])}
            for tag in article.tags.all()
            if tag.slug
        ],
        "reporters": list(reporters.values()),
        "series_neighbours": related.series_neighbours(article, now),
        "related": related.related(article, now),
        "is_preview": is_preview,
        "comment_count": article.comment_count,
        "share": {"url": settings.SITE_URL + article.get_absolute_url(), "title": article.title},
        "reading_minutes": reading_time.minutes(article.body),
        # The providers whose boxes the page's script may open.
        "embeds": " ".join(settings.EMBEDS) if "data-embed=" in article.body_html else "",
        "kakao": kakao.button(),
        "share_picture": share_picture(article),
        "most_read": [] if is_preview else popular.most_read(clock.now(), beside=article),
    }
