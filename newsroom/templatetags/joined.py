"""The tags that put the joined style sheet and script into a page (newsroom/staticfiles.py)."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from newsroom import staticfiles

register = template.Library()


@register.simple_tag
def public_styles() -> SafeString:
    """The `<link>` of the one public style sheet, or of its sources where nothing is collected."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        ((url,) for url in staticfiles.links(staticfiles.PUBLIC_CSS)),
    )


@register.simple_tag
def page_script() -> SafeString:
    """The `<script>` of the one page script, or of its sources where nothing is collected."""
    return format_html_join(
        "\n",
        '<script type="module" src="{}"></script>',
        ((url,) for url in staticfiles.links(staticfiles.PAGE_SCRIPT)),
    )
