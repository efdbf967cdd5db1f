"""Whether this process may be sent readers: what /readyz answers."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from newsroom.outage import is_away
from publication.models import Heartbeat
from publication.pagecache.levels import levels

# Seconds; what the probe leaves in the cache is gone soon. How long a cache may take is its own setting.
PROBE_KEPT = 10
PROBE_KEY = "readiness-probe"

logger = logging.getLogger(__name__)


class _Schema:
    """Reading all migrations takes longer than a page: once they are applied, this process remembers it.

    A migration to come arrives with new code, and so with a new process.
    """

    def __init__(self) -> None:
        self.is_known_migrated = False

    def is_migrated(self) -> bool:
        if not self.is_known_migrated:
            executor = MigrationExecutor(connection)
            self.is_known_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self.is_known_migrated


schema = _Schema()


def state() -> dict[str, bool]:
    """{"database", "migrations", "tick", "cache"}: whether each is well."""
    return {**_database_state(), "cache": _cache_answers()}


def _database_state() -> dict[str, bool]:
    """Once it is known to be away nobody waits for it: a thread of the page cache asks when it is back."""
    without = {"database": False, "migrations": False, "tick": False}
    if levels().outage.is_on:
        return without
    try:
        migrated = schema.is_migrated()
        beat = Heartbeat.objects.filter(name="tick").first() if migrated else None
    except DatabaseError as error:
        if settings.PAGE_CACHE and is_away(error):
            levels().begin_outage()
        return without
    return {"database": True, "migrations": migrated, "tick": beat is not None and not beat.is_late}


def _cache_answers() -> bool:
    """Writes and reads one small value. Each cache has exceptions of its own, so all of them count."""
    try:
        cache.set(PROBE_KEY, True, PROBE_KEPT)
        return cache.get(PROBE_KEY) is True
    except Exception:
        logger.exception("the cache does not answer")
        return False
