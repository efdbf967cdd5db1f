"""An article's page, put together."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from articles import page_markup

register = template.Library()


@register.simple_tag(takes_context=True)
def article_html(context: Context) -> SafeString:
    """The whole page; `discussion` is what stands under it."""
    return page_markup.article_html(context, context.get("discussion", ""))
