"""Parts of a page that are the same on many pages, rendered once."""

from collections.abc import Hashable

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from publication.patterns import part

register = template.Library()


@register.simple_tag(takes_context=True)
def furniture(context: Context, name: str, **values: Hashable) -> SafeString:
    """A template that shows nothing but the paper and these values: rendered once for each set of them."""
    return part(name, context, **values)
