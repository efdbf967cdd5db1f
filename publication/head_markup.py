"""A Head as HTML: the only maker of what stands in a public page's `<head>` for machines.

Written here and not in a template because every page that is made anew has two dozen such lines.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from publication.heads import Head, SharePicture

_META = '<meta name="{}" content="{}">\n'
_PROPERTY = '<meta property="{}" content="{}">\n'


def head_html(head: Head) -> SafeString:
    description, title, canonical = escape(head.short_description), escape(head.title), escape(head.canonical)
    parts = [
        _META.format("description", description) if description else "",
        f'<link rel="canonical" href="{canonical}">\n'
        f'<meta property="og:type" content="{head.type}">\n'
        f'<meta property="og:site_name" content="{escape(head.publication.name)}">\n'
        f'<meta property="og:locale" content="{escape(head.locale)}">\n'
        f'<meta property="og:title" content="{title}">\n',
        _PROPERTY.format("og:description", description) if description else "",
        _PROPERTY.format("og:url", escape(head.share_url)),
        _picture(head.picture),
        _META.format("twitter:site", escape(head.x_account)) if head.x_account else "",
        *(_PROPERTY.format(name, escape(value)) for name, value in head.properties),
        head.structured_data,
    ]
    return SafeString("".join(parts))


def _picture(picture: SharePicture | None) -> str:
    if picture is None:
        return _META.format("twitter:card", "summary")
    parts = [_PROPERTY.format("og:image", escape(picture.url))]
    if picture.width:
        parts.append(_PROPERTY.format("og:image:width", picture.width))
        parts.append(_PROPERTY.format("og:image:height", picture.height))
    if picture.alt:
        alt = escape(picture.alt)
        parts.append(_PROPERTY.format("og:image:alt", alt))
        parts.append(_META.format("twitter:image:alt", alt))
    parts.append(_META.format("twitter:card", "summary_large_image"))
    return "".join(parts)
