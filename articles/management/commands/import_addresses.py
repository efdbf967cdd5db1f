"""Loads the addresses that articles had in the system the paper moved in from."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.address_import import BATCH, Import, Tally, Unreadable

# Batches between two lines of progress.
PROGRESS_EVERY = 50


class Command(BaseCommand):
    help = (
        "Loads old addresses from a CSV file (old address, article number; UTF-8 or CP949), so that they lead "
        "to the articles. Bad lines are listed and left out, and the exit code is 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="two columns: the old address, the article's number")
        parser.add_argument("--dry-run", action="store_true", help="check the file and store nothing")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="lead addresses that are known already to the file's articles",
        )

    def handle(self, *, file: Path, dry_run: bool, replace: bool, **options: Any) -> None:
        run = Import(file, self.refuse, self.progress, dry_run=dry_run, replace=replace)
        try:
            tally = run.run()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except Unreadable as error:
            raise CommandError(f"{file} is neither UTF-8 nor CP949; nothing was stored") from error
        done = "would be stored" if dry_run else "stored"
        self.stdout.write(
            f"{tally.lines} lines: {tally.added} {done}, {tally.moved} moved, "
            f"{tally.unchanged} known already, {tally.refused} refused"
        )
        if tally.refused:
            raise CommandError(f"{tally.refused} of {tally.lines} lines were refused")

    def refuse(self, line: int, reason: str) -> None:
        self.stderr.write(f"line {line}: {reason}")

    def progress(self, tally: Tally) -> None:
        if tally.lines % (BATCH * PROGRESS_EVERY) == 0:
            self.stdout.write(f"{tally.lines} lines")
            self.stdout.flush()
