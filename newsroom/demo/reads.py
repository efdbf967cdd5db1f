"""The demo readers' readings of the last days, the same for every load at the same age of the paper."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from articles import reads
from articles.models import Article, DailyReads
from articles.models.article import Grade
from publication import clock

Say = Callable[[str], None]
SEED = 20230825
DAYS = 7
# Readings of an article on its first day; each day keeps a share of the one before.
FIRST_DAY = {Grade.HEADLINE: 5200, Grade.IMPORTANT: 2600, Grade.NORMAL: 1100}
KEPT_SHARE = (0.25, 0.55)


def load(say: Say) -> None:
    """A second run finds readings there and changes nothing."""
    if DailyReads.objects.exists():
        say("the demo's readings are there already")
        return
    dice = random.Random(SEED)  # noqa: S311 - the same numbers every time, no secret
    now = clock.now()
    today = timezone.localdate(now)
    readings: dict[tuple[int, date], int] = {}
    for article in Article.objects.public(now).order_by("pk"):
        number = FIRST_DAY[Grade(article.grade)] * dice.uniform(0.4, 1.6)
        share = dice.uniform(*KEPT_SHARE)
        day = timezone.localdate(article.publish_at)
        while day <= today:
            if number >= 1 and day > today - timedelta(days=DAYS):
                readings[article.pk, day] = round(number)
            number *= share
            day += timedelta(days=1)
    say(f"wrote {reads.store(readings)} readings")
