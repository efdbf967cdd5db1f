"""The paper at any size: `manage.py demo --articles N --comments M`, all of it or nothing in one transaction."""

from collections.abc import Callable
from typing import TextIO

from django.db import transaction

from articles.search import filling
from newsroom.demo.bulk.progress import Progress
from newsroom.demo.bulk.stories import Stories
from newsroom.demo.bulk.talks import Talks
from publication import bulk, clock

# One comment in so many goes to the newest article where nothing else is asked for.
HOT_SHARE = 10


def fill(articles: int, comments: int, hot: int | None, say: Callable[[str], None], stream: TextIO) -> None:
    """So many articles more, and so many comments under them."""
    hot = min(comments, comments // HOT_SHARE if hot is None else hot)
    now = clock.now()
    with transaction.atomic():
        bulk.make_ready()
        with filling.index_built_after():
            stories = Stories(articles, now)
            made = stories.write(Progress("articles", articles, stream))
            largest = Talks(now).write(made, comments, hot, Progress("comments", comments, stream))
            say("building the search's index")
    say("looking at what is there now")
    bulk.take_stock()
    for pk, size in largest:
        say(f"a thread of {size:,} comments: /news/{pk}/")
