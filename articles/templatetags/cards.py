"""Cards and small pictures in templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles import markup
from articles.models import Article, Reporter
from articles.models.shown import Thumbnail

register = template.Library()


@register.simple_tag
def card(article: Article, **options: Any) -> SafeString:
    """`{% card article level=3 sizes="7.5rem" with_summary=True %}`: as articles.markup.card_html."""
    return markup.card_html(article, **options)


@register.simple_tag
def thumbnail(picture: Thumbnail | None, sizes: str) -> SafeString | str:
    """The picture, or nothing."""
    return markup.thumbnail_html(picture, sizes) if picture else ""


@register.simple_tag
def ranking(articles: Iterable[Article], *, with_count: bool = False) -> SafeString:
    """`{% ranking popular.discussed with_count=True %}`."""
    return markup.ranking_html(articles, with_count=with_count)


@register.simple_tag
def portrait(reporter: Reporter) -> SafeString:
    return markup.portrait_html(reporter)
