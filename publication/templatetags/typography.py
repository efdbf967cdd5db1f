"""How Korean headlines break into lines."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()

# Chromium breaks a line between a closing mark and the particle after it, in spite of `keep-all`:
# ‘먼지 없는 교실’ | 로. After a closing mark come particles; a new word has a space before it. It knows `<`,
# `>`, `%` and units like ㎞ as signs and breaks beside them too.
_CLOSED = re.compile(r"[가-힣]?&lt;[가-힣]{1,8}(?:&gt;[가-힣]?)?|(?:[’”)\]」』〉》%℃㎀-㏟]|&gt;)+[가-힣]")


@register.filter
def bound(text: str) -> SafeString:
    """The text, escaped, with a closing quotation mark or bracket, or `<`, kept with what follows it."""
    escaped = conditional_escape(text)
    return SafeString(_CLOSED.sub(r'<span class="bound">\g<0></span>', escaped))
