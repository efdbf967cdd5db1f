"""Most read and most discussed: in order, public at this very moment, and found with few queries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles import kept, popular, workflow
from articles.models import Article, DailyReads, Discussion
from articles.related import beside
from publication import clock
from publication.standing import collected
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db

# Nine in the evening in Seoul.
NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)
TODAY = date(2026, 11, 4)


def published(hours_ago: float = 5, **fields: Any) -> Article:
    return make_published_article(at=NOW - timedelta(hours=hours_ago), **fields)


def read(article: Article, number: int, days_ago: int = 0) -> Article:
    DailyReads.objects.create(article=article, day=TODAY - timedelta(days=days_ago), reads=number)
    return article


def discuss(article: Article, number: int) -> Article:
    Discussion.objects.filter(pk=article.pk).update(visible_count=number)
    return article


def shown(now: datetime = NOW) -> popular.Popular:
    cache.clear()
    return popular.popular(now)


def test_the_most_read_of_today_stand_in_order() -> None:
    articles = [read(published(), number) for number in (3, 9, 1, 7, 5, 2)]
    assert [article.pk for article in shown().today] == [articles[n].pk for n in (1, 3, 4, 0, 5)]


def test_of_equally_read_ones_the_newer_stands_first() -> None:
    articles = [read(published(), 3) for _ in range(3)]
    assert shown().today == articles[::-1]


def test_the_week_is_the_sum_of_its_seven_days() -> None:
    today = read(published(), 50)
    all_week = [read(published(), 1, days_ago=6) for _ in range(2)]
    for article in all_week:
        read(article, 60, days_ago=3)
    eighth_day = read(published(), 1000, days_ago=7)
    week = shown().week
    assert week == [*all_week[::-1], today]
    assert eighth_day not in week


def test_the_week_stands_only_where_it_differs_from_today() -> None:
    for number in (3, 2, 1):
        read(published(), number)
    lists = shown()
    assert len(lists.today) == 3
    assert lists.week == []


def test_while_the_day_is_young_yesterdays_follow_todays() -> None:
    yesterday = [read(published(), number, days_ago=1) for number in (500, 400)]
    today = read(published(), 2)
    assert shown().today == [today, *yesterday]
    day_before = [read(published(), 900, days_ago=2) for _ in range(3)]
    assert not set(day_before) & set(shown().today)


def test_the_most_discussed_are_of_the_last_three_days() -> None:
    at_the_edge = popular.DISCUSSED.total_seconds() / 3600
    too_old = discuss(published(at_the_edge), 99)
    just_in = discuss(published(at_the_edge - 0.001), 50)
    others = [discuss(published(), number) for number in (2, 3)]
    silent = published()
    discussed = shown().discussed
    assert discussed == [just_in, others[1], others[0]]
    assert discussed[0].comment_count == 50
    assert not {too_old, silent} & set(discussed)


@pytest.mark.parametrize("count", range(popular.FEWEST))
def test_too_few_make_no_list(client: Client, count: int) -> None:
    for number in range(count):
        discuss(read(published(), number + 1), 1)
    assert shown() == popular.Popular([], [], [])
    assert 'class="popular"' not in client.get("/").content.decode()


def test_a_withdrawn_article_is_gone_at_once_and_another_follows(desk: User) -> None:
    articles = [discuss(read(published(), 10 - n), 10 - n) for n in range(popular.SHOWN + 1)]
    assert shown().today == articles[:-1]
    workflow.withdraw(articles[0], by=desk, reason="오보")
    lists = popular.popular(NOW)
    assert lists.today == lists.discussed == articles[1:]


def test_an_order_is_kept_for_some_minutes(frozen: Any) -> None:
    articles = [read(published(), number) for number in (3, 2, 1)]
    with frozen(NOW) as time:
        assert popular.popular(clock.now()).today == articles
        DailyReads.objects.filter(article=articles[2]).update(reads=9)
        time.shift(popular.FOUND_SECONDS - 1)
        assert popular.popular(clock.now()).today == articles
        time.shift(1)
        assert popular.popular(clock.now()).today == [articles[2], articles[0], articles[1]]


def test_a_page_stands_on_what_it_names_and_ends_in_time() -> None:
    articles = [discuss(read(published(), number), number) for number in (3, 2, 1)]
    with collected() as standing:
        shown()
    keys = {f"{what}:{article.pk}" for what in ("article", "comments") for article in articles}
    assert standing.keys == keys
    assert standing.end == NOW + popular.OLDEST
    with collected() as standing:
        popular.popular(NOW + timedelta(seconds=200))
    assert standing.end == NOW + popular.OLDEST


def test_a_page_ends_with_the_papers_day() -> None:
    with collected() as standing:
        shown(datetime(2026, 11, 4, 14, 55, tzinfo=UTC))
    assert standing.end == datetime(2026, 11, 4, 15, tzinfo=UTC)


def test_the_number_of_queries_is_fixed() -> None:
    for number in range(popular.KEPT + 5):
        article = discuss(read(published(number + 1), number + 1), number)
        read(article, 3, days_ago=number % 6 + 1)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as cold:
        popular.popular(NOW)
    with CaptureQueriesContext(connection) as warm:
        for article in popular.popular(NOW).discussed:
            assert article.title
            assert article.comment_count
    assert (len(cold), len(warm)) == (3, 1)


def test_a_cache_that_is_away_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise ConnectionError

    for number in (3, 2, 1):
        read(published(), number)
    monkeypatch.setattr(kept.cache, "get", away)
    monkeypatch.setattr(kept.cache, "set", away)
    assert len(popular.popular(NOW).today) == 3


def test_the_articles_page_names_the_others(client: Client, frozen: Any) -> None:
    articles = [read(published(), number) for number in (4, 3, 2, 1)]
    with frozen(NOW):
        page = client.get(articles[0].url).content.decode()
        assert [article.pk for article in beside(articles[0], NOW).most_read] == [
            article.pk for article in articles[1:]
        ]
    assert "많이 본 기사" in page
    assert page.count('class="ranking"') == 1
