"""The heads of the pages that belong to the paper itself."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from publication import head_markup, heads

register = template.Library()


@register.simple_tag(takes_context=True)
def front_head(context: Context) -> heads.Head:
    return heads.front_head(context["publication"], context["policy_pages"])


@register.simple_tag(takes_context=True)
def page_head(context: Context, title: str, path: str = "", description: str = "") -> heads.Head:
    """Of any other public page; without a path it is the page's own, without its query."""
    return heads.page_head(context["publication"], title, path or context["request"].path, description)


@register.simple_tag(takes_context=True)
def policy_head(context: Context) -> heads.Head:
    return heads.policy_head(context["publication"], context["page"])


@register.simple_tag
def head_html(head: heads.Head) -> SafeString:
    return head_markup.head_html(head)
