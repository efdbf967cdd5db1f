"""The tags that put the joined style sheet and script into a page (newsroom/staticfiles.py)."""

from django import template
from django.utils.html import format_html, format_html_join
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
    """The `<script>` of the one page script, or of its sources where nothing is collected.

    Its first source sets the reader's text size, and the first paint waits for it (as it does for the style sheet,
    which is larger and comes at the same time): otherwise the text would jump.
    """
    first, *others = staticfiles.links(staticfiles.PAGE_SCRIPT)
    early = format_html('<script type="module" src="{}" async blocking="render"></script>', first)
    return format_html("{}\n{}", early, _modules(others)) if others else early


@register.simple_tag
def comments_script() -> SafeString:
    """The `<script>` of the one module of comments, or of the source that imports the others."""
    return _modules(staticfiles.links(staticfiles.COMMENTS_SCRIPT))


def _modules(urls: list[str]) -> SafeString:
    return format_html_join("\n", '<script type="module" src="{}"></script>', ((url,) for url in urls))
