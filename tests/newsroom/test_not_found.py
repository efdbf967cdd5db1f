"""Wrong addresses and withdrawn articles: a search box and the newest stories instead of a dead end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles import fresh, workflow
from articles.models import Article
from publication.models import Publication
from publication.standing import collected
from tests.factories import make_article, make_published_article
from tests.page import Page

pytestmark = pytest.mark.django_db

WRONG = ["/nowhere/", "/news/999999/", "/section/nowhere/", "/policy/nowhere/", "/news/999999/2/3"]


def page(client: Client, address: str, status: int = 404) -> Page:
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.content.decode())


def stories(found: Page) -> list[str]:
    return [title.text for title in found.all("h3", of_class="card-title")]


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_address_offers_search_and_the_newest_stories(
    client: Client, publication: Publication, address: str
) -> None:
    now = timezone.now()
    for number in range(fresh.SHOWN + 2):
        make_published_article(title=f"소식 {number}", at=now - timedelta(hours=number + 1))
    make_published_article(title="내일 소식", at=now + timedelta(days=1))
    make_article(title="쓰는 중")
    found = page(client, address)
    assert stories(found) == [f"소식 {number}" for number in range(fresh.SHOWN)]
    assert [form["action"] for form in found.all("form") if form.attributes.get("role") == "search"] == [
        "/search/"
    ]


def test_an_empty_paper_offers_search_alone(client: Client, publication: Publication) -> None:
    found = page(client, "/nowhere/")
    assert stories(found) == []
    assert "새로 나온 기사" not in found.text


def test_a_wrong_address_costs_few_queries(
    client: Client, publication: Publication, django_assert_max_num_queries: Any
) -> None:
    for _number in range(fresh.SHOWN):
        make_published_article()
    with django_assert_max_num_queries(9):
        page(client, "/nowhere/")


def test_a_wrong_address_is_told_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    found = Page(answer.content.decode())
    assert found.one("h1").text == found.one("title").text == "페이지를 찾을 수 없습니다"
    assert found.all("header") == found.all("form") == []
    assert "away" not in answer.content.decode()


def test_it_is_the_same_for_everybody_and_kept_nowhere(
    client: Client, as_user: Callable[[Any], Client], manager: User, publication: Publication
) -> None:
    make_published_article()
    answers = [visitor.get("/nowhere/") for visitor in (client, as_user(manager))]
    assert answers[0].content == answers[1].content
    assert [answer["Cache-Control"] for answer in answers] == ["private, no-store"] * 2


@pytest.mark.parametrize("tail", ["", "comments/"])
def test_a_withdrawn_article_leaves_no_word_and_offers_others(
    client: Client, manager: User, publication: Publication, tail: str
) -> None:
    gone = make_published_article(title="물러난 기사", body="<p>물러난 본문</p>")
    make_published_article(title="남은 기사")
    workflow.withdraw(gone, by=manager, reason="물러난 까닭")
    found = page(client, f"/news/{gone.pk}/{tail}", 410)
    assert stories(found) == ["남은 기사"]
    assert "물러난" not in found.text
    assert "물러난" not in found.one("title").text


def test_the_newest_stories_stand_on_the_front_and_end_with_the_next(publication: Publication) -> None:
    now = timezone.now()
    coming = make_published_article(at=now + timedelta(hours=1))
    with collected() as standing:
        assert fresh.stories(now) == []
    assert "front" in standing.keys
    assert standing.end == Article.objects.get(pk=coming.pk).publish_at
