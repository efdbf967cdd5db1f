"""Where an article stands in the sitemaps, whatever number the database has given it."""

from articles import sitemaps
from articles.models import Article


def address_of_map(article: Article) -> str:
    return f"/sitemap-articles-{article.pk // sitemaps.CHUNK}.xml"
