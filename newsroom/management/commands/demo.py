"""Loads the demo paper: about forty articles of a fictional newspaper, with pictures drawn on the spot.

With --articles and --comments as many more as one likes, to see the paper at its later size.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from accounts.models import User
from newsroom import demo
from newsroom.demo import bulk, loading

# What SQLite is asked to hold, at most.
SQLITE_ARTICLES, SQLITE_COMMENTS = 100_000, 1_000_000


class Command(BaseCommand):
    help = "Loads the demo paper with its five log-ins. Refuses without DEMO=1 when DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="one width of each picture; a worker makes the others"
        )
        parser.add_argument(
            "--renditions", action="store_true", help="only make the missing widths of the pictures"
        )
        parser.add_argument(
            "--articles", type=int, default=0, metavar="N", help="so many made-up articles more"
        )
        parser.add_argument(
            "--comments", type=int, default=0, metavar="M", help="so many comments under these articles"
        )
        parser.add_argument(
            "--hot", type=int, metavar="M", help="of them under the newest article (default: a tenth)"
        )

    def handle(self, *, quick: bool, renditions: bool, verbosity: int, **options: Any) -> None:
        articles, comments, hot = (options.get(name) or 0 for name in ("articles", "comments", "hot"))
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("The demo has log-ins whose passwords everybody knows. Set DEMO=1 to load it.")
        if User.objects.exclude(email__endswith="@example.com").exists():
            raise CommandError(
                "There are people in this database who are not the demo's; nothing was loaded."
            )
        self.check_size(articles, comments, hot)
        if not renditions:
            loading.load(self.say)
        if not quick:
            loading.make_renditions(self.say)
        if articles:
            bulk.fill(articles, comments, options.get("hot"), self.say, self.stdout)
        if verbosity:
            for line in demo.logins():
                self.say(f"log in as {line}")

    def check_size(self, articles: int, comments: int, hot: int) -> None:
        if min(articles, comments, hot) < 0 or hot > comments or (comments and not articles):
            raise CommandError("--comments stand under --articles, and --hot is a part of them.")
        if connection.vendor == "sqlite" and (articles > SQLITE_ARTICLES or comments > SQLITE_COMMENTS):
            raise CommandError(
                f"SQLite is for {SQLITE_ARTICLES:,} articles and {SQLITE_COMMENTS:,} comments at most;"
                " for more, set DATABASE_URL to PostgreSQL."
            )

    def say(self, line: str) -> None:
        self.stdout.write(f"demo: {line}")
        self.stdout.flush()
