"""Loads the demo paper: about forty articles of a fictional newspaper, with pictures drawn on the spot."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from newsroom import demo
from newsroom.demo import loading


class Command(BaseCommand):
    help = "Loads the demo paper with its five log-ins. Refuses without DEMO=1 when DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="one width of each picture; a worker makes the others"
        )
        parser.add_argument(
            "--renditions", action="store_true", help="only make the missing widths of the pictures"
        )

    def handle(self, *, quick: bool, renditions: bool, verbosity: int, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("The demo has log-ins whose passwords everybody knows. Set DEMO=1 to load it.")
        if User.objects.exclude(email__endswith="@example.com").exists():
            raise CommandError(
                "There are people in this database who are not the demo's; nothing was loaded."
            )
        if not renditions:
            loading.load(self.say)
        if not quick:
            loading.make_renditions(self.say)
        if verbosity:
            for line in demo.logins():
                self.say(f"log in as {line}")

    def say(self, line: str) -> None:
        self.stdout.write(f"demo: {line}")
        self.stdout.flush()
