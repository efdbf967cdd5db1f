"""The single truth of what a reader may see, at every public door, one second before and at its second."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles import workflow
from articles.models import Article, Reporter
from articles.models.article import Status
from tests.factories import make_article, make_published_article, make_reporter, make_section, make_series

pytestmark = pytest.mark.django_db

AT = datetime(2023, 8, 24, 6, 50, tzinfo=UTC)
TITLE = "강변의 느티나무 새로 서다"


@pytest.fixture
def person() -> Reporter:
    return make_reporter("홍길동")


@pytest.fixture
def article(person: Reporter) -> Article:
    """Stands at every public door, from AT on."""
    return make_published_article(
        at=AT,
        by=person,
        title=TITLE,
        section=make_section(parent=make_section()),
        series=make_series(),
        tags=("느티나무",),
    )


def list_doors(article: Article) -> list[str]:
    return [
        "/",
        article.section.get_absolute_url(),
        article.section.parent.get_absolute_url(),
        article.series.get_absolute_url(),
        article.bylines.get().reporter.get_absolute_url(),
        reverse("tag", args=[article.tags.get().slug]),
    ]


def shown_at(client: Client, article: Article) -> list[str]:
    return [door for door in list_doors(article) if TITLE in client.get(door).content.decode()]


def test_one_second_before_it_is_nowhere(client: Client, article: Article, frozen: Any) -> None:
    with frozen(AT - timedelta(seconds=1)):
        assert shown_at(client, article) == []
        assert client.get(article.url).status_code == 404
        assert client.get(f"{article.url}anything/").status_code == 404


def test_at_its_second_it_is_everywhere_with_no_worker_running(
    client: Client, article: Article, frozen: Any
) -> None:
    with frozen(AT):
        assert shown_at(client, article) == list_doors(article)
        assert client.get(article.url).status_code == 200


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED])
def test_what_was_never_published_is_unknown(client: Client, person: Reporter, status: str) -> None:
    article = make_article(
        by=person,
        title=TITLE,
        status=status,
        series=make_series(),
        tags=("느티나무",),
        section=make_section(),
    )
    assert client.get(article.url).status_code == 404
    doors = ["/", article.section.get_absolute_url(), person.get_absolute_url(), "/tag/느티나무/"]
    assert not any(TITLE in client.get(door).content.decode() for door in doors)


def test_what_was_withdrawn_is_gone_without_title_text_or_picture(
    client: Client, article: Article, desk: User
) -> None:
    workflow.withdraw(article, by=desk, reason="사실 확인")
    answer = client.get(article.url)
    assert answer.status_code == 410
    text = answer.content.decode()
    assert TITLE not in text
    assert "강물이" not in text
    assert "사실 확인" not in text
    assert shown_at(client, article) == []


def test_the_query_and_the_property_are_one_condition(article: Article, desk: User) -> None:
    moments = [AT - timedelta(microseconds=1), AT, AT + timedelta(days=1)]
    others = [make_article(status=status) for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)]
    gone = make_published_article(at=AT)
    workflow.withdraw(gone, by=desk, reason="확인")
    for moment in moments:
        public = set(Article.objects.public(moment))
        for one in [article, gone, *others]:
            assert (one in public) == one.is_public(moment)


def test_signed_in_staff_get_the_same_public_answers(
    as_user: Callable[[Any], Client], manager: User, article: Article, frozen: Any
) -> None:
    client = as_user(manager)
    with frozen(AT - timedelta(seconds=1)):
        assert client.get(article.url).status_code == 404
        assert shown_at(client, article) == []


def test_a_name_that_stands_on_drafts_only_is_nobodys_to_read(client: Client) -> None:
    draft = make_article(tags=("극비",), series=make_series())
    assert client.get("/tag/극비/").status_code == 404
    assert client.get(draft.series.get_absolute_url()).status_code == 404


def test_a_tag_of_signs_alone_breaks_no_page(client: Client) -> None:
    article = make_published_article(tags=("🔥", "%", "강"))
    page = client.get(article.url)
    assert page.status_code == 200
    assert "#강" in page.content.decode()


def test_whatever_follows_the_number_leads_to_the_article(client: Client, article: Article) -> None:
    for rest in ("anything/", "어떤-제목/", "a/b/c"):
        answer = client.get(f"{article.url}{rest}")
        assert (answer.status_code, answer["Location"]) == (301, article.url)
    assert client.get(f"{article.url}?utm_source=x").status_code == 200


def test_a_new_headline_breaks_no_link(client: Client, article: Article) -> None:
    article.title = "전혀 다른 제목"
    article.save()
    assert client.get(article.url).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/news/0/", "/news/999999/", "/news/99999999999999999999999/", "/section/none/", "/tag/none/", "/tag/%ED%95%9C/",
     "/series/none/", "/reporter/0/", "/reporter/99999999999999999999/", "/policy/none/", "/media/photos/ab/480.jpg",
     "/media/photos/../originals/x.jpg", "/media/brand/..%2f..%2fdb.sqlite3", "/nothing/"],
)  # fmt: skip
def test_unknown_addresses_are_404_and_never_500(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "cursor", ["", "x", "-", "1-", "-1", "zz-zz", "1-0", "f" * 39 + "-1", "1--1", "9" * 500, "0x1-1 "]
)
def test_a_forged_cursor_is_404(client: Client, article: Article, cursor: str) -> None:
    assert client.get(article.section.get_absolute_url(), {"before": cursor}).status_code == 404


def test_pages_of_a_list_lose_and_double_nothing_even_within_one_instant(client: Client, frozen: Any) -> None:
    section = make_section()
    articles = [make_published_article(at=AT, section=section) for _ in range(45)]
    seen: list[int] = []
    address, pages = section.get_absolute_url(), 0
    with frozen(AT):
        while address:
            answer = client.get(address)
            seen += [one.pk for one in answer.context["articles"]]
            cursor = answer.context["next_cursor"]
            address = f"{section.get_absolute_url()}?before={cursor}" if cursor else ""
            pages += 1
    assert pages == 3
    assert seen == sorted((one.pk for one in articles), reverse=True)


@pytest.mark.parametrize("count", [3, 30])
def test_the_pages_need_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any, count: int
) -> None:
    section, person = make_section(), make_reporter()
    articles = [make_published_article(section=section, by=person, tags=("강",)) for _ in range(count)]
    lists = ("/", section.get_absolute_url(), person.get_absolute_url(), "/tag/강/")
    # What is most read is found once for many pages.
    client.get("/")
    # What begins and ends the snapshot counts too, and the paper's own rows, which the running paper keeps; on
    # PostgreSQL the search by words sets its own bounds. Without these: tests/publication/test_furniture.py.
    most = 15 if connection.vendor == "postgresql" else 13
    for address, limit in [*((address, 10) for address in lists), (articles[0].url, most)]:
        with django_assert_max_num_queries(limit):
            client.get(address)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_reading_is_get_and_head_only(client: Client, article: Article, method: str) -> None:
    for address in (article.url, "/", article.section.get_absolute_url()):
        assert getattr(client, method)(address).status_code == 405
    assert client.head(article.url).status_code == 200
