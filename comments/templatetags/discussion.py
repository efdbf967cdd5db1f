"""Where articles and comments meet: the article page asks for the thread in its template."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles.models import Article
from comments import markup, presenting
from comments.models import Comment
from comments.threads import Entry

register = template.Library()


@register.simple_tag
def thread_of(article: Article) -> dict[str, Any]:
    """The context of comments/_thread.html: the first page of the default order."""
    return presenting.thread(article)


@register.simple_tag
def comment_html(comment: Comment) -> SafeString:
    return markup.comment_html(comment)


@register.simple_tag
def entry_html(entry: Entry) -> SafeString:
    """A top-level comment of a page of the thread, with its first replies."""
    return markup.entry_html(entry)


@register.simple_tag
def reply_html(reply: Comment) -> SafeString:
    """An item of a list of replies."""
    return markup.reply_html(reply)


@register.simple_tag
def placeholder(comment: Comment) -> str:
    """The words in place of a comment that is not shown."""
    return markup.placeholder(comment)
