"""Attributes that let the style sheet crop a picture around its focal point without an inline style."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_PERCENT = re.compile(r"\d+(?:\.\d+)?(?=%)")
# cards.css knows the focal point in steps of ten per cent; the middle needs no attribute.
_MIDDLE = 5


@register.simple_tag
def focus(position: str) -> SafeString | str:
    """` data-x="3" data-y="7"` for an `object-position` such as `32% 68%`; nothing for the middle."""
    steps = [min(10, round(float(number) / 10)) for number in _PERCENT.findall(position or "")]
    if len(steps) != 2 or steps == [_MIDDLE, _MIDDLE]:
        return ""
    return format_html(' data-x="{}" data-y="{}"', *steps)
