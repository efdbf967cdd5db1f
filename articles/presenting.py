"""What the article page shows, for readers and for the newsroom's preview alike."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.safestring import SafeString
from taggit.models import Tag

from articles import kakao, reading_time, related
from articles.models import Article
from articles.pages import article_stands_on
from articles.sharing import share_picture
from publication import clock

# RFC 3986: what a part of a path may hold beside letters and digits.
SIGNS = "!$&'()*+,;=/~:@"


def article_page(article: Article, *, is_preview: bool = False) -> dict[str, Any]:
    """The context of articles/article.html; the article comes from `for_page()`."""
    now = clock.now()
    article_stands_on(article)
    beside = related.beside(article, now, is_preview=is_preview)
    bylines = list(article.bylines.all())
    reporters = {byline.reporter_id: byline.reporter for byline in bylines if byline.reporter.is_active}
    return {
        "article": article,
        "bylines": bylines,
        # Both were made by articles.rendering from sanitised text, the only maker of public HTML.
        "body": SafeString(article.body_html),
        "lead": SafeString(article.lead_html),
        # A tag of signs alone has no slug and so no page.
        "tags": [{"name": tag.name, "url": tag_address(tag)} for tag in article.tags.all() if tag.slug],
        "reporters": list(reporters.values()),
        "beside": beside,
        "related": beside.related,
        "is_preview": is_preview,
        "comment_count": article.comment_count,
        "share": {"url": settings.SITE_URL + article.get_absolute_url(), "title": article.title},
        "reading_minutes": reading_time.minutes(article.body),
        # The providers whose boxes the page's script may open.
        "embeds": " ".join(settings.EMBEDS) if "data-embed=" in article.body_html else "",
        "kakao": kakao.button(),
        "share_picture": share_picture(article),
        "most_read": beside.most_read,
    }


def tag_address(tag: Tag) -> str:
    """As Django's reverse quotes it."""
    return f"/tag/{quote(tag.slug, safe=SIGNS)}/"
