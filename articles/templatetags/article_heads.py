"""The heads of articles and lists, made of what the page's context holds already: no query of their own."""

from django import template
from django.template import Context
from django.utils.http import urlencode

from articles import heads
from publication.heads import Head

register = template.Library()

# What decides about a page of a thread.
THREAD_QUERY = ("sort", "parent", "after")


@register.simple_tag(takes_context=True)
def article_head(context: Context) -> Head:
    return heads.article_head(context["article"], context["publication"], context["policy_pages"])


@register.simple_tag(takes_context=True)
def thread_head(context: Context) -> Head:
    """The page is its order and its place in the thread; the view has refused what is neither."""
    asked = context["request"].GET
    query = urlencode({name: asked[name] for name in THREAD_QUERY if name in asked})
    return heads.thread_head(context["article"], context["publication"], query)


@register.simple_tag(takes_context=True)
def list_head(context: Context) -> Head:
    """Of articles/list.html: `address` is the page's one address, further pages have their own."""
    return heads.list_head(
        context["heading"],
        context["object"],
        context["address"],
        context["articles"],
        context["publication"],
    )
