"""The one table of page versions: a counter for each thing that stands on public pages.

A verb that changes a page raises the counters of what it changed in its own transaction. Pages kept
anywhere are kept under these numbers, so an old page can never be taken for a new one. A verb that takes
something from readers says `removing`: pages of before are then not even served while a new one is made,
and copies that were kept for a day without database are gone before the verb's answer goes out.
"""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction

from publication import clock
from publication.models import Version
from publication.pagecache import spreading
from publication.prepared import Among, Prepared

FRONT = "front"
PUBLICATION = "publication"

# One statement on either database, whether the keys were ever raised or not. Rows are locked in their order.
RAISE = """
    INSERT INTO publication_version (key, number, floor, removed_at) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET number = publication_version.number + 1{floor}
"""
ROW = "(%s, 1, %s, %s)"
FLOOR = ", floor = publication_version.number + 1, removed_at = EXCLUDED.removed_at"

NUMBERS = Prepared(
    lambda keys: Version.objects.filter(Among("key", keys)).values_list("key", "number", "floor"), keys=[str]
)


class Numbers(NamedTuple):
    """A key's number, and the number below which a page shows what was taken from readers."""

    number: int
    floor: int


def bump(*keys: str, removing: bool = False) -> None:
    """Raises each key's number by one, in sorted order, so that two verbs cannot deadlock."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("versions.bump() belongs into the change's transaction")
    if not keys:
        return
    ordered = sorted(set(keys))
    first = [1, connection.ops.adapt_datetimefield_value(clock.now())] if removing else [0, None]
    sql = RAISE.format(rows=", ".join([ROW] * len(ordered)), floor=FLOOR if removing else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for key in ordered for value in (key, *first)])
    transaction.on_commit(partial(spreading.changed, frozenset(keys), removing=removing))


def current(*keys: str) -> dict[str, Numbers]:
    """Each key's numbers in one query; zeros for a key that was never raised."""
    known = {key: Numbers(number, floor) for key, number, floor in NUMBERS.rows(keys=keys)}
    return {key: known.get(key, Numbers(0, 0)) for key in keys}


def removed_since(moment: datetime) -> dict[str, int]:
    """Keys from which something was removed since, with their floors."""
    return dict(Version.objects.filter(removed_at__gte=moment).values_list("key", "floor"))


def numbers(*keys: str) -> dict[str, int]:
    """The keys' numbers alone."""
    return {key: found.number for key, found in current(*keys).items()}
