"""`manage.py reindex`: takes up every article into the search anew, while the paper runs."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.models import Article
from articles.search import index
from articles.search.engines import engine


class Command(BaseCommand):
    help = (
        "Writes the search's index anew, a batch of articles at a time; may run while the paper is read and "
        "written, and again after it was stopped. Needed once after an upgrade that says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from-nothing",
            action="store_true",
            help="empty the index first, if it is damaged: until the command ends readers find less",
        )

    def handle(self, *args: Any, from_nothing: bool, **options: Any) -> None:
        if from_nothing:
            engine().empty()
        total, done, began = Article.objects.count(), 0, time.monotonic()
        for number in index.put_each(Article.objects.all(), anew=True, locked=True):
            done += number
            rate = done / max(time.monotonic() - began, 0.001)
            self.stdout.write(f"{done} of {max(total, done)} articles, {rate:.0f} a second")
        self.stdout.write(self.style.SUCCESS(f"The search knows {done} articles."))
