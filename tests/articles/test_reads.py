"""Readings are counted once, by people, exactly, and without a word about who read."""

import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles import reads, workflow
from articles.models import Article, DailyReads
from newsroom.management.commands import tick
from tests.factories import make_article, make_published_article

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
KAKAO = BROWSER + " KAKAOTALK/25.1 (INAPP)"


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A buffer and a memory of this test's own."""
    monkeypatch.setattr(reads, "buffer", reads.Buffer())
    monkeypatch.setattr(reads, "repeats", reads.Repeats())


@pytest.fixture
def article() -> Article:
    return make_published_article(at=datetime(2026, 1, 2, tzinfo=UTC))


def read(article: Article, address: str = "203.0.113.7", agent: str = BROWSER, **headers: str) -> None:
    answer = Client(REMOTE_ADDR=address).post(
        f"/news/{article.pk}/read/", headers={"user-agent": agent, **headers}
    )
    assert (answer.status_code, answer.content) == (204, b"")


def counted(article: Article) -> int:
    """What stands in the database; the day's numbers and the sum must agree."""
    days = sum(DailyReads.objects.filter(article=article).values_list("reads", flat=True))
    article.discussion.refresh_from_db()
    assert article.discussion.reads == days
    return days


def test_a_reading_is_counted_when_the_buffer_is_flushed(article: Article) -> None:
    read(article)
    assert counted(article) == 0
    assert reads.buffer.flush() == 1
    assert counted(article) == 1
    assert reads.buffer.flush() == 0


def test_no_article_row_is_touched(article: Article) -> None:
    before = Article.objects.values().get(pk=article.pk)
    read(article)
    reads.buffer.flush()
    assert Article.objects.values().get(pk=article.pk) == before


def test_the_answer_is_private_and_sets_no_cookie(client: Client, article: Article) -> None:
    answer = client.post(f"/news/{article.pk}/read/", b"anything", content_type="text/plain")
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies


def test_a_hit_asks_the_database_nothing(article: Article, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        read(article)


def test_it_needs_no_token(article: Article) -> None:
    client = Client(enforce_csrf_checks=True, headers={"user-agent": BROWSER})
    assert client.post(f"/news/{article.pk}/read/").status_code == 204
    assert len(reads.buffer) == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_address_counts_nothing(method: str, article: Article) -> None:
    client = Client(headers={"user-agent": BROWSER})
    assert getattr(client, method)(f"/news/{article.pk}/read/").status_code == 405
    assert len(reads.buffer) == 0


def test_what_is_not_public_is_not_counted(reporter: User, desk: User) -> None:
    draft = make_article()
    scheduled = make_published_article(at=timezone.now() + timedelta(hours=1))
    withdrawn = make_published_article()
    workflow.withdraw(withdrawn, by=desk, reason="오보")
    for article in (draft, scheduled, withdrawn):
        read(article)
    assert reads.buffer.flush() == 0
    assert not DailyReads.objects.exists()


@pytest.mark.parametrize("number", [0, 999_999, 2**63 - 1, 2**63, 10**30])
def test_an_unknown_number_answers_the_same(number: int) -> None:
    client = Client(headers={"user-agent": BROWSER})
    assert client.post(f"/news/{number}/read/").status_code == 204
    assert reads.buffer.flush() == 0


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/spd)",
        "facebookexternalhit/1.1; kakaotalk-scrap/1.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36",
        "curl/8.5.0",
        "python-requests/2.32",
    ],
)
def test_programs_do_not_read(article: Article, agent: str) -> None:
    read(article, agent=agent)
    assert len(reads.buffer) == 0


@pytest.mark.parametrize(
    "agent", [BROWSER, KAKAO, "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) Safari/537.36"]
)
def test_people_read(article: Article, agent: str) -> None:
    read(article, agent=agent)
    assert len(reads.buffer) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_what_was_fetched_ahead_or_by_another_site_is_not_read(
    article: Article, headers: dict[str, str]
) -> None:
    read(article, **headers)
    assert len(reads.buffer) == 0


def test_a_reload_is_no_second_reading(article: Article, frozen: Any) -> None:
    with frozen("2026-11-02T12:00:00+09:00") as time:
        read(article)
        time.shift(reads.REPEAT_SECONDS - 0.001)
        read(article)
        assert reads.buffer.flush() == 1
        time.shift(0.001)
        read(article)
        assert reads.buffer.flush() == 1


def test_other_articles_and_other_addresses_are_other_readings(article: Article) -> None:
    read(article)
    read(article, address="203.0.113.8")
    read(make_published_article())
    assert reads.buffer.flush() == 3


def test_an_ipv6_household_is_one_address(article: Article) -> None:
    read(article, address="2001:db8:0:1::1")
    read(article, address="2001:db8:0:1:ffff::2")
    read(article, address="2001:db8:0:2::1")
    assert reads.buffer.flush() == 2


def test_what_is_remembered_holds_no_address_and_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "REPEATS_MAX", 3)
    repeats = reads.Repeats()
    assert all(repeats.is_first(f"203.0.113.{n}", 1) for n in range(5))
    assert len(repeats._seen) == 3
    assert not any(b"203.0" in mark for mark in repeats._seen)
    assert not repeats.is_first("203.0.113.4", 1)
    assert repeats.is_first("203.0.113.0", 1)


def test_the_day_is_the_papers_own(article: Article, frozen: Any) -> None:
    with frozen("2026-11-02T23:59:59+09:00") as time:
        read(article)
        time.shift(1)
        read(article, address="203.0.113.9")
        reads.buffer.flush()
    rows = dict(DailyReads.objects.values_list("day", "reads"))
    assert rows == {date(2026, 11, 2): 1, date(2026, 11, 3): 1}


def test_days_beyond_the_retention_leave_with_the_tick(article: Article, frozen: Any) -> None:
    today = date(2026, 11, 2)
    days = [today - reads.RETENTION - timedelta(days=1), today - reads.RETENTION, today]
    DailyReads.objects.bulk_create(DailyReads(article=article, day=day, reads=1) for day in days)
    assert ("reads", reads.drop_old) in tick.JOBS
    with frozen("2026-11-02T00:00:00+09:00"):
        assert reads.drop_old() == 1
        assert reads.drop_old() == 0
    assert set(DailyReads.objects.values_list("day", flat=True)) == set(days[1:])


# The database away, and other processes beside


def test_readings_wait_while_the_database_is_away(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(readings: reads.Readings) -> int:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(reads, "store", away)
        read(article)
        with pytest.raises(OperationalError):
            reads.buffer.flush()
        read(article, address="203.0.113.8")
        with pytest.raises(OperationalError):
            reads.buffer.flush()
    assert reads.buffer.flush() == 2
    assert counted(article) == 2


def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "KEPT_MAX", 2)
    day = date(2026, 11, 2)
    for pk in (1, 2, 3, 1):
        reads.buffer.add(pk, day)
    assert dict(reads.buffer._waiting) == {(1, day): 2, (2, day): 1}


def test_more_than_one_batch_is_written_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "BATCH", 2)
    articles = [make_published_article() for _ in range(5)]
    for article in articles:
        read(article)
    assert reads.buffer.flush() == 5
    assert [counted(article) for article in articles] == [1] * 5


@pytest.mark.django_db(transaction=True)
def test_parallel_flushes_are_exact() -> None:
    """Eight processes' buffers, as it were, each on a connection of its own, write the same articles at once."""
    articles = [make_published_article() for _ in range(4)]
    barrier, today = Barrier(8), timezone.localdate()

    def process(number: int) -> int:
        buffer, written = reads.Buffer(), 0
        barrier.wait(timeout=60)
        for turn in range(6):
            for article in articles if (number + turn) % 2 else reversed(articles):
                buffer.add(article.pk, today, number + 1)
            written += buffer.flush()
        connection.close()
        return written

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(process, range(8))) == 4 * 6 * 36
    assert [counted(article) for article in articles] == [6 * 36] * 4


@pytest.mark.django_db(transaction=True)
def test_readings_are_written_by_themselves(article: Article, settings: Any) -> None:
    settings.READS_FLUSH_SECONDS = 0.05
    read(article)
    thread = reads.buffer._thread
    assert thread is not None
    assert thread.daemon
    wait_until(lambda: DailyReads.objects.filter(article=article, reads=1).exists())
    read(article, address="203.0.113.8")
    assert reads.buffer._thread is thread
    wait_until(lambda: DailyReads.objects.filter(article=article, reads=2).exists())
    settings.READS_FLUSH_SECONDS = 0
    thread.join(60)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_an_error_in_the_thread_is_logged_and_keeps_the_readings(
    article: Article, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(readings: reads.Readings) -> int:
        raise OperationalError

    monkeypatch.setattr(reads, "store", away)
    read(article)
    assert reads.buffer._flush_or_log() is False
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert len(reads.buffer) == 1


# What a server's worker does: a forked process that ends by itself, then the process that forked it.
WORKER = """
import datetime, multiprocessing, sys
import django
django.setup()
from django.db import connection
from articles import reads
connection.settings_dict["NAME"] = sys.argv[1]
def work():
    reads.buffer.add(int(sys.argv[2]), datetime.date.fromisoformat(sys.argv[3]))
worker = multiprocessing.get_context("fork").Process(target=work)
work()
worker.start()
worker.join()
sys.exit(worker.exitcode)
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_writes_what_it_has(article: Article, settings: Any) -> None:
    told = [str(connection.settings_dict["NAME"]), str(article.pk), "2026-11-02"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-Wignore::DeprecationWarning", "-c", WORKER, *told],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert counted(article) == 2


def test_a_forked_process_does_not_write_its_parents_readings(article: Article) -> None:
    read(article)
    reads.buffer.forget()
    assert reads.buffer.flush() == 0


def wait_until(is_so: Any, seconds: float = 60) -> None:
    end = timezone.now() + timedelta(seconds=seconds)
    while not is_so():
        assert timezone.now() < end
