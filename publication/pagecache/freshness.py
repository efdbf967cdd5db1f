"""Is a kept page still true? The version rows decide, and for pages that change by themselves, the clock."""

from enum import Enum, auto

from publication import versions
from publication.pagecache.page import Page


class Freshness(Enum):
    FRESH = auto()
    # Something was changed: the page may be shown while a new one is made.
    STALE = auto()
    # Something was taken from readers: the page is shown to nobody any more.
    GONE = auto()


def of(page: Page) -> Freshness:
    """One query."""
    found = versions.current(*page.numbers)
    if any(found[key].floor > number for key, number in page.numbers.items()):
        return Freshness.GONE
    if any(found[key].number != number for key, number in page.numbers.items()):
        return Freshness.STALE
    return Freshness.FRESH
