"""Counts the comments' rows anew; the expected drift is 0."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.models import Discussion
from comments import recount


class Command(BaseCommand):
    help = "Compares every counter of the comments with the rows it counts and repairs what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("articles", nargs="*", type=int, help="numbers of articles (default: all)")
        parser.add_argument(
            "--check", action="store_true", help="only report; exit code 1 where there is drift"
        )

    def handle(self, *, articles: list[int], check: bool, **options: Any) -> None:
        known = Discussion.objects.order_by("pk").values_list("pk", flat=True)
        chosen = list(known.filter(pk__in=articles) if articles else known)
        total = 0
        for pk in chosen:
            for one in recount.drift(pk) if check else recount.repair(pk):
                total += 1
                self.stdout.write(
                    f"article {pk}: {one.what} of #{one.pk} is {one.stored}, counted {one.counted}"
                )
        self.stdout.write(f"drift: {total} in {len(chosen)} threads")
        if check and total:
            raise SystemExit(1)
