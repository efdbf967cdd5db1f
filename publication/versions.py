"""The one table of page versions: a counter for each thing that stands on public pages.

A verb that changes a page raises the counters of what it changed in its own transaction. Pages kept
anywhere are keyed by these numbers, so an old page can never be taken for a new one.
"""

from django.db import connection, transaction
from django.db.models import F

from publication.models import Version

FRONT = "front"
PUBLICATION = "publication"


def bump(*keys: str) -> None:
    """Raises each key's number by one, in sorted order, so that two verbs cannot deadlock."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("versions.bump() belongs into the change's transaction")
    for key in sorted(set(keys)):
        if not Version.objects.filter(key=key).update(number=F("number") + 1):
            Version.objects.bulk_create([Version(key=key, number=0)], ignore_conflicts=True)
            Version.objects.filter(key=key).update(number=F("number") + 1)


def numbers(*keys: str) -> dict[str, int]:
    """The keys' numbers in one query; 0 for a key that was never raised."""
    known = dict(Version.objects.filter(key__in=keys).values_list("key", "number"))
    return {key: known.get(key, 0) for key in keys}
