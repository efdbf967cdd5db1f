"""Makes the pages that readers ask for most, so that they are kept before a database goes away."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError, CommandParser
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from newsroom.warming import ARTICLES, ARTICLES_MAX, DatabaseAway, Warmer

AWAY = "the database does not answer; readers get what is kept already"


class Command(BaseCommand):
    help = (
        "After a deploy: makes the front page, the sections and the newest articles with the new code, "
        "so that they are kept for readers and for a day without database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--articles",
            type=int,
            default=ARTICLES,
            metavar="N",
            help=f"the newest N, {ARTICLES_MAX} at most",
        )

    def handle(self, *, articles: int, **options: Any) -> None:
        if not settings.PAGE_CACHE:
            raise CommandError("no pages are kept with DEBUG=1")
        try:
            kept, failed = Warmer().warm(max(articles, 0))
        except (DatabaseError, DatabaseAway) as error:
            raise CommandError(AWAY) from error
        self.stdout.write(f"newsroom: {kept} pages are kept")
        if failed:
            raise CommandError(f"pages that were not answered: {failed}; the log says why")
