"""Parts of a page that are the same on many pages, rendered once."""

from collections.abc import Hashable

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from publication.furniture import thing

register = template.Library()

# What context processors say of the paper, whatever the page.
PAPER = ("publication", "policy_pages", "sections", "site_url")


@register.simple_tag(takes_context=True)
def furniture(context: Context, name: str, **values: Hashable) -> SafeString:
    """A template that shows nothing but the paper and these values: rendered once for each set of them."""

    def render() -> SafeString:
        paper = {known: context[known] for known in PAPER if known in context}
        found = context.template.engine.get_template(name)
        return found.render(context.new({**paper, **values}))

    return thing(("html", get_language(), name, *sorted(values.items())), render)
