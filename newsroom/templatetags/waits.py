"""How long ago, or how long from now, in the two largest units that say enough at a desk."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def between(later: datetime | None, earlier: datetime | None) -> str:
    """The time from `earlier` to `later`: `40초`, `12분`, `3시간 12분`, `2일 4시간`; empty for None."""
    return span(later - earlier) if later and earlier else ""


def span(time: timedelta) -> str:
    """A duration in words; a negative one counts as none."""
    seconds = max(0, int(time.total_seconds()))
    if seconds < MINUTE:
        return _("{n} s").format(n=seconds)
    if seconds < HOUR:
        return _("{n} min").format(n=seconds // MINUTE)
    if seconds < DAY:
        return _two(_("{n} h"), seconds // HOUR, _("{n} min"), seconds % HOUR // MINUTE)
    return _two(_("{n} d"), seconds // DAY, _("{n} h"), seconds % DAY // HOUR)


def _two(large: str, many: int, small: str, few: int) -> str:
    """Both units, or the larger one alone where nothing is left of the smaller."""
    words = [large.format(n=many)] + ([small.format(n=few)] if few else [])
    return " ".join(words)
