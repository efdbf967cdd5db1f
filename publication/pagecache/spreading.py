"""What a committed change does at once: in this process, on the shelves, at the edges."""

from collections.abc import Set

from django.conf import settings

from publication.pagecache import purging
from publication.pagecache.levels import levels
from publication.pagecache.pulse import own_changes


def changed(keys: Set[str], *, removing: bool) -> None:
    """Called after the commit. What was taken from readers is off every shelf when this returns."""
    own_changes.number += 1
    if not settings.PAGE_CACHE:
        return
    if removing:
        for shelf in levels().shelves:
            shelf.drop(keys)
    purging.tell(keys)
