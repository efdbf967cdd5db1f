"""What has to happen by itself: each job on its own, idempotent, with a heartbeat."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from articles import cards, photos, reads
from articles.feeds import websub
from comments import keeping, moderation
from publication import clock
from publication.models import Heartbeat
from publication.pagecache import sweeping

logger = logging.getLogger(__name__)


def checkpoint() -> None:
    """On SQLite: moves the write-ahead log into the file, so that deleted words leave it too."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def tidy_tasks() -> None:
    """Finished tasks, after the days that django-tasks-db keeps them."""
    call_command("prune_db_task_results", verbosity=0)


def tidy_sessions() -> None:
    """Expired sessions."""
    call_command("clearsessions", verbosity=0)


JOBS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("claims", moderation.end_claims),
    ("renditions", photos.make_left_renditions),
    ("cards", cards.draw_left),
    ("tasks", tidy_tasks),
    ("sessions", tidy_sessions),
    ("comments", keeping.drop_old),
    ("copies", sweeping.sweep),
    ("reads", reads.drop_old),
    # Last of those that take time: a hub may be slow to answer.
    ("hub", websub.tell_hub),
    ("checkpoint", checkpoint),
)


def run() -> list[str]:
    """Runs every job, writes the heartbeat, returns the names of the jobs that failed."""
    failed, error = [], ""
    for name, job in JOBS:
        try:
            job()
        except Exception as problem:  # one broken job must not keep the others from running
            logger.exception("tick: %s failed", name)
            failed.append(name)
            error = f"{name}: {type(problem).__name__}"
    Heartbeat.objects.update_or_create(
        name="tick", defaults={"at": clock.now(), "failed": len(failed), "error": error[:300]}
    )
    return failed


class Command(BaseCommand):
    help = "Runs every periodic job once, or again and again with --every=30; `make run` and the services do."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, default=0, metavar="SECONDS", help="run until stopped")

    def handle(self, *, every: int, **options: Any) -> None:
        self.tick()
        while every:
            close_old_connections()
            time.sleep(every)
            self.tick()

    def tick(self) -> None:
        try:
            failed = run()
        except DatabaseError as problem:  # it is away; the next tick finds it again, and /readyz tells
            failed = [type(problem).__name__]
        if failed:
            self.stderr.write(f"tick: failed: {', '.join(failed)}")
