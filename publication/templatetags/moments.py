"""Points in time as a reader sees them and as machines read them."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def stamp(moment: datetime | None) -> str:
    """`2023.08.24 15:50` in the paper's time zone; empty for None."""
    return f"{timezone.localtime(moment):%Y.%m.%d %H:%M}" if moment else ""


@register.filter
def machine_time(moment: datetime | None) -> str:
    """`2023-08-24T15:50:00+09:00`: to seconds, with the offset, as `<time datetime>` wants it; empty for None."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


@register.simple_tag
def time_element(moment: datetime | None) -> SafeString | str:
    """`<time>` with both forms; empty for None."""
    if not moment:
        return ""
    # A page holds dozens, of digits and signs only: what `stamp` and `machine_time` say, taken from one text.
    machine = moment.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")
    year, month, day, clock = machine[:4], machine[5:7], machine[8:10], machine[11:16]
    return SafeString(f'<time datetime="{machine}">{year}.{month}.{day} {clock}</time>')
