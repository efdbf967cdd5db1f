"""The archive goes by the Seoul day, on both sides of its midnight and of publication."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from articles import archive
from articles.paging import PAGE_SIZE
from tests.factories import make_published_article
from tests.page import Page

pytestmark = pytest.mark.django_db

# 2023-08-24 00:00 in Seoul.
MIDNIGHT = datetime(2023, 8, 23, 15, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = "/archive/2023/08/24/"
DAY_BEFORE = "/archive/2023/08/23/"


def shown(client: Client, address: str) -> list[int]:
    return [article.pk for article in client.get(address).context["articles"]]


def links(client: Client, address: str) -> list[str]:
    """Into the archive, from the page's own part."""
    found = [link["href"] for link in main(client, address).all("a")]
    return [address for address in found if address.startswith("/archive/")]


def main(client: Client, address: str) -> Page:
    html = client.get(address).content.decode()
    return Page(html[html.index("<main") : html.index("</main>")] + "</main>")


@pytest.mark.parametrize(
    ("at", "address"),
    [
        (MIDNIGHT - SECOND, DAY_BEFORE),
        (MIDNIGHT, DAY),
        (MIDNIGHT + timedelta(hours=9) - SECOND, DAY),
        (MIDNIGHT + timedelta(hours=24) - SECOND, DAY),
        (MIDNIGHT + timedelta(hours=24), "/archive/2023/08/25/"),
    ],
)
def test_an_article_stands_on_its_seoul_day(client: Client, at: datetime, address: str) -> None:
    make_published_article(at=MIDNIGHT - timedelta(days=30))
    article = make_published_article(at=at)
    for day in (DAY_BEFORE, DAY, "/archive/2023/08/25/"):
        assert shown(client, day) == ([article.pk] if day == address else [])
    assert address in links(client, "/archive/2023/08/")


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2023, 8, 31, 14, 59, 59, tzinfo=UTC), "/archive/2023/08/"),
        (datetime(2023, 8, 31, 15, 0, tzinfo=UTC), "/archive/2023/09/"),
        (datetime(2023, 12, 31, 15, 0, tzinfo=UTC), "/archive/2024/01/"),
    ],
)
def test_an_article_stands_in_its_seoul_month_and_year(client: Client, at: datetime, month: str) -> None:
    make_published_article(at=at)
    assert links(client, "/archive/") == [month[:14], month]
    assert client.get(month[:14]).status_code == 200
    assert client.get(month).context["total"] == 1


def test_a_month_counts_its_days(client: Client) -> None:
    for hours in (-1, 0, 1, 2, 24):
        make_published_article(at=MIDNIGHT + timedelta(hours=hours))
    page = main(client, "/archive/2023/08/")
    told = {link["href"]: link.text for link in page.all("a") if link["href"].count("/") == 5}
    assert told == {DAY_BEFORE: "23 1건", DAY: "24 3건", "/archive/2023/08/25/": "25 1건"}
    assert [field.text for field in page.all("th")] == ["일", "월", "화", "수", "목", "금", "토"]


def test_days_and_months_lead_to_their_nearest_neighbours_with_articles(client: Client) -> None:
    for days in (-40, 0, 3):
        make_published_article(at=MIDNIGHT + timedelta(days=days))
    assert links(client, DAY) == [
        "/archive/",
        "/archive/2023/08/",
        "/archive/2023/07/15/",
        "/archive/2023/08/27/",
    ]
    assert "/archive/2023/07/" in links(client, "/archive/2023/08/")
    assert "/archive/2023/08/" in links(client, "/archive/2023/07/")


def test_one_second_before_it_is_in_no_archive(client: Client, frozen: Any) -> None:
    make_published_article(at=MIDNIGHT - timedelta(hours=5))
    article = make_published_article(at=MIDNIGHT + timedelta(hours=5))
    with frozen(article.publish_at - SECOND):
        assert shown(client, DAY) == []
        assert DAY not in links(client, DAY_BEFORE) + links(client, "/archive/2023/08/")
    with frozen(article.publish_at):
        assert shown(client, DAY) == [article.pk]
        assert DAY in links(client, DAY_BEFORE)
        assert DAY in links(client, "/archive/2023/08/")


def test_tomorrow_begins_at_seouls_midnight(client: Client, frozen: Any) -> None:
    make_published_article(at=MIDNIGHT - timedelta(days=2))
    with frozen(MIDNIGHT - SECOND):
        assert client.get(DAY).status_code == 404
    with frozen(MIDNIGHT):
        assert client.get(DAY).status_code == 200


def test_next_month_begins_at_seouls_midnight(client: Client, frozen: Any) -> None:
    make_published_article(at=MIDNIGHT - timedelta(days=2))
    september = datetime(2023, 8, 31, 15, 0, tzinfo=UTC)
    for moment, status in ((september - SECOND, 404), (september, 200)):
        with frozen(moment):
            assert client.get("/archive/2023/09/").status_code == status


@pytest.mark.parametrize(
    "address",
    ["2023/02/29/", "2023/13/01/", "2023/00/", "2023/13/", "2023/08/00/", "2023/08/32/", "0000/01/01/", "0001/01/",
     "0001/01/01/", "9999/12/", "9999/12/31/", "2023/8/24/", "2023/08/4/", "20230/08/24/", "2022/", "0000/", "x/",
     "２０２３/08/24/", "1700/01/01/", "-2023/08/24/"],
)  # fmt: skip
def test_days_that_do_not_exist_are_unknown(client: Client, address: str) -> None:
    make_published_article(at=MIDNIGHT)
    assert client.get(f"/archive/{address}").status_code == 404


def test_before_the_first_article_there_was_no_paper(client: Client) -> None:
    make_published_article(at=MIDNIGHT)
    for address in (DAY_BEFORE, "/archive/2023/07/"):
        assert client.get(address).status_code == 404


def test_a_day_without_articles_says_so_and_is_kept_from_search_engines(client: Client) -> None:
    for days in (0, 2):
        make_published_article(at=MIDNIGHT + timedelta(days=days))
    page = client.get("/archive/2023/08/25/").content.decode()
    assert "기사가 없습니다" in page
    assert '<meta name="robots" content="noindex">' in page


def test_an_empty_paper_has_an_empty_archive(client: Client) -> None:
    page = client.get("/archive/")
    assert page.status_code == 200
    assert links(client, "/archive/") == []


def test_a_long_day_has_pages(client: Client) -> None:
    for minute in range(PAGE_SIZE + 1):
        make_published_article(at=MIDNIGHT + timedelta(minutes=minute))
    older = client.get(DAY).context["older_url"]
    assert len(shown(client, DAY)) == PAGE_SIZE
    assert len(shown(client, older)) == 1
    assert client.get(older).context["newer_url"] == DAY


@pytest.mark.parametrize("count", [1, 40])
def test_the_pages_need_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_published_article(at=MIDNIGHT - timedelta(days=20 * number))
    for address in ("/archive/", "/archive/2023/", "/archive/2023/08/", DAY):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


def test_archives_stand_on_the_front_and_end_with_the_next_article(client: Client) -> None:
    make_published_article(at=MIDNIGHT)
    later = make_published_article(at=datetime(2126, 1, 1, tzinfo=UTC))
    for address in ("/archive/", "/archive/2023/08/", DAY):
        made = client.get(address).standing
        assert {"front", "publication"} <= made.keys
        assert made.end is not None
        assert made.end <= later.publish_at


def test_years_without_articles_are_left_out(frozen: Any) -> None:
    for year in (2020, 2023):
        make_published_article(at=datetime(year, 5, 5, tzinfo=UTC))
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert archive.years(now) == [2023, 2020]
    assert archive.months(2020, now) == [date(2020, 5, 1)]
