"""The tick's part: copies that show what was taken from readers leave this machine, whoever took it.

The verb itself removes them before it answers. This is for what a crash kept it from, and for the copies of
other machines than the verb's.
"""

from datetime import timedelta

from publication import clock, versions
from publication.pagecache.levels import levels

# The tick comes every half minute; one that was late still finds what happened meanwhile.
LOOKS_BACK = timedelta(hours=1)


def sweep() -> int:
    """How many copies left."""
    copies = levels().copies
    removed = versions.removed_since(clock.now() - LOOKS_BACK)
    names = {name for key, floor in removed.items() for name in copies.names_below(key, floor)}
    copies.forget(names)
    return len(names)
