"""How often articles are read, counted without touching an article's row and without a word about by whom.

The page's script (static/js/public/reads.js) reports one reading, once the page has really been seen. Readings
are gathered in this process's memory and written in batches: what a batch holds is exact, whatever other
processes write beside it, and a process that is killed outright loses no more than its last seconds.
"""

import logging
import os
import re
import secrets
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import blake2b
from itertools import takewhile
from multiprocessing.util import Finalize
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from articles.models import Article, DailyReads
from publication import clock
from publication.addresses import network_of

logger = logging.getLogger(__name__)

# So many articles with readings are written at once, without waiting for the next turn.
BATCH = 200
# While the database is away, readings of so many articles and days are kept; a further article's are lost.
KEPT_MAX = 10_000
# Seconds in which the same address reads the same article once: a reload is no second reading.
REPEAT_SECONDS = 30
# So many addresses with articles are remembered for that; beyond them the oldest are forgotten early.
REPEATS_MAX = 50_000
# How long the numbers of single days are kept; an article's sum stays.
RETENTION = timedelta(days=400)
# Rows that leave in one go of the tick.
DROPPED_AT_ONCE = 1000
# Database numbers have 63 bits.
ID_MAX = 2**63 - 1

# Programs that say so; Cubot makes telephones.
BOTS = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|yeti|daum(?!apps)|scrap|preview|headless|lighthouse|monitor|fetch"
    r"|facebookexternalhit|curl|wget|python|java/|go-http|okhttp|libwww|axios|undici",
    re.IGNORECASE,
)

ADD_TO_DAY = (
    "INSERT INTO articles_dailyreads (article_id, day, reads) VALUES (%s, %s, %s)"
    " ON CONFLICT (article_id, day) DO UPDATE SET reads = articles_dailyreads.reads + excluded.reads"
)
ADD_TO_SUM = "UPDATE articles_discussion SET reads = reads + %s WHERE article_id = %s"

# (article's number, the paper's day) -> readings
Readings = Mapping[tuple[int, date], int]


def is_reader(headers: Mapping[str, str]) -> bool:
    """Whether the headers speak of a person who looks at a page of ours, not of a program or another site."""
    agent = headers.get("User-Agent", "")
    if not agent or BOTS.search(agent):
        return False
    if "prefetch" in (headers.get("Sec-Purpose") or headers.get("Purpose") or ""):
        return False
    return headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def count(article_id: int, address: str) -> None:
    """One reading of an article that may or may not exist; what is not public is dropped when it is written."""
    if 0 < article_id <= ID_MAX and repeats.is_first(address, article_id):
        buffer.add(article_id, timezone.localdate(clock.now()))


def store(readings: Readings) -> int:
    """Adds readings of public articles to their days and sums, in one transaction; returns how many it added.

    The only writer of DailyReads and of Discussion.reads.
    """
    ids = {pk for pk, _day in readings}
    public = set(Article.objects.public(clock.now()).filter(pk__in=ids).values_list("pk", flat=True))
    # In order, so that two batches at once lock the same rows in the same order.
    rows = [(pk, day, number) for (pk, day), number in sorted(readings.items()) if pk in public]
    sums: Counter[int] = Counter()
    for pk, _day, number in rows:
        sums[pk] += number
    adapted = connection.ops.adapt_datefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        if rows:
            cursor.executemany(ADD_TO_DAY, [(pk, adapted(day), number) for pk, day, number in rows])
            cursor.executemany(ADD_TO_SUM, [(number, pk) for pk, number in sums.items()])
    return sums.total()


def drop_old() -> int:
    """Days beyond the retention, some of them at a time; returns how many rows went. The tick runs it."""
    old = DailyReads.objects.filter(day__lt=timezone.localdate(clock.now()) - RETENTION).order_by("day")
    return DailyReads.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:DROPPED_AT_ONCE])
    ).delete()[0]


class Repeats:
    """Who has just read what: keyed hashes in memory, under a key that nobody knows and that ends with the process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        # In the order in which they came, so that the oldest stand first.
        self._seen: dict[bytes, float] = {}

    def is_first(self, address: str, article_id: int) -> bool:
        """Whether this address has not read this article for REPEAT_SECONDS; remembers that it has now."""
        told = f"{article_id} {network_of(address)}".encode()
        mark = blake2b(told, key=self._key, digest_size=12).digest()
        now = clock.now().timestamp()
        with self._lock:
            for old, _at in list(takewhile(lambda seen: now - seen[1] >= REPEAT_SECONDS, self._seen.items())):
                del self._seen[old]
            if now - self._seen.get(mark, 0) < REPEAT_SECONDS:
                return False
            self._seen.pop(mark, None)
            if len(self._seen) >= REPEATS_MAX:
                del self._seen[next(iter(self._seen))]
            self._seen[mark] = now
            return True


class Buffer:
    """Readings that are not written yet, and the thread that writes them."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew, with nothing: a forked process must not write its parent's readings again."""
        self._waiting: Counter[tuple[int, date]] = Counter()
        self._lock = Lock()
        self._writing = Lock()
        self._is_due = Event()
        self._thread: Thread | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, article_id: int, day: date, number: int = 1) -> None:
        """Keeps readings for the next flush, and sees to it that there is one."""
        with self._lock:
            self._keep((article_id, day), number)
        if settings.READS_FLUSH_SECONDS:
            self._see_to_writing()

    def flush(self) -> int:
        """Writes what is waiting, in short transactions; returns how many readings were written.

        OperationalError and InterfaceError while the database is away: what is not written then goes on waiting.
        """
        written = 0
        with self._writing:
            with self._lock:
                taken, self._waiting = sorted(self._waiting.items()), Counter()
            while taken:
                try:
                    written += store(dict(taken[:BATCH]))
                except (OperationalError, InterfaceError):
                    with self._lock:
                        for key, number in taken:
                            self._keep(key, number)
                    raise
                except DatabaseError:  # it would fail for ever, and keep all that come after it waiting
                    logger.exception("a batch of readings is lost")
                taken = taken[BATCH:]
        return written

    def _keep(self, key: tuple[int, date], number: int) -> None:
        if key in self._waiting or len(self._waiting) < KEPT_MAX:
            self._waiting[key] += number

    def _see_to_writing(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                # A server's workers end without atexit, but not without multiprocessing's own.
                Finalize(None, self._flush_or_log, exitpriority=0)
                self._thread = Thread(target=self._write_on, name="reads", daemon=True)
                self._thread.start()
        if len(self._waiting) >= BATCH:
            self._is_due.set()

    def _write_on(self) -> None:
        while seconds := settings.READS_FLUSH_SECONDS:
            self._is_due.wait(seconds)
            self._is_due.clear()
            if not self._flush_or_log():
                time.sleep(seconds)

    def _flush_or_log(self) -> bool:
        """False while the database is away; in a thread and at a process's end nobody could catch an error."""
        if not self._waiting:
            return True
        try:
            self.flush()
        except DatabaseError as problem:
            logger.warning("%s readings wait: %s", sum(self._waiting.values()), type(problem).__name__)
            return False
        finally:
            connection.close()
        return True


repeats = Repeats()
buffer = Buffer()
os.register_at_fork(after_in_child=buffer.forget)
