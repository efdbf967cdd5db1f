"""The tick's part: copies that show what was taken from readers leave this machine, whoever took it.

The verb itself removes them before it answers. This is for what a crash kept it from, for the copies of other
machines than the verb's, and for a Redis that did not answer just then.
"""

from datetime import timedelta

from publication import clock, versions
from publication.pagecache.levels import levels

# The tick comes every half minute; one that was late still finds what happened meanwhile.
LOOKS_BACK = timedelta(hours=1)


def sweep() -> int:
    """How many copies left, on all shelves."""
    removed = versions.removed_since(clock.now() - LOOKS_BACK)
    return sum(shelf.drop_below(removed) for shelf in levels().shelves)
