"""Where articles and comments meet: the article page asks for the thread in its template."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from articles.models import Article
from comments import markup, presenting, thread_markup
from comments.models import Comment

register = template.Library()


@register.simple_tag
def thread_of(article: Article) -> dict[str, Any]:
    """The context of comments/_thread.html: the first page of the default order."""
    return presenting.thread(article)


@register.simple_tag(takes_context=True)
def thread_html(context: Context, article: Article, thread: dict[str, Any]) -> SafeString:
    """A page of the thread: its head, its form, its comments."""
    return thread_markup.thread_html(article, thread, context)


@register.simple_tag
def comment_html(comment: Comment) -> SafeString:
    return markup.comment_html(comment)


@register.simple_tag
def reply_html(reply: Comment) -> SafeString:
    """An item of a list of replies."""
    return markup.reply_html(reply)


@register.simple_tag
def placeholder(comment: Comment) -> str:
    """The words in place of a comment that is not shown."""
    return markup.placeholder(comment)
