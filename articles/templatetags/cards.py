"""Cards and small pictures in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles import markup
from articles.models import Article
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
