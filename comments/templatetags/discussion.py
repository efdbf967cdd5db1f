"""Where articles and comments meet: the article page asks for the thread in its template."""

from typing import Any

from django import template

from articles.models import Article
from comments import presenting

register = template.Library()


@register.simple_tag
def thread_of(article: Article) -> dict[str, Any]:
    """The context of comments/_thread.html: the first page of the default order."""
    return presenting.thread(article)
