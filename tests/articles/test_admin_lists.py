"""The newsroom's lists and forms: what they show, what they find, and in how many queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles import workflow
from articles.models import Article, Byline
from publication.models import Publication
from tests.factories import (
    make_article,
    make_photo,
    make_published_article,
    make_reporter,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
# Session, user, roles, Django's own permissions, the paper's facts, whether the list is long, and what the page
# itself asks.
LIST_QUERIES = 12
# With one byline and the related articles; each further byline looks its reporter up.
FORM_QUERIES = 18


@pytest.fixture
def newsroom(as_user: Callable[[Any], Client], manager: User, publication: Publication) -> Client:
    return as_user(manager)


def found(client: Client, query: str) -> list[str]:
    return sorted(article.title for article in client.get(f"{LIST}?{query}").context["cl"].result_list)


def test_articles_are_found_by_headline_subtitle_and_reporter(newsroom: Client) -> None:
    make_article(title="강이 얼었다", subtitle="가", by=make_reporter("홍길동"))
    make_article(title="산이 젖었다", subtitle="얼음이 녹은 자리", by=make_reporter("성춘향"))
    assert found(newsroom, "q=강이") == ["강이 얼었다"]
    assert found(newsroom, "q=얼음이") == ["산이 젖었다"]
    assert found(newsroom, "q=홍길동") == ["강이 얼었다"]


def test_an_article_of_two_reporters_is_listed_once(newsroom: Client) -> None:
    article = make_article(title="둘이 썼다", by=make_reporter("홍길동"))
    Byline.objects.create(article=article, reporter=make_reporter("홍길순"))
    assert found(newsroom, "q=홍길") == ["둘이 썼다"]


def test_scheduled_and_published_are_told_apart(newsroom: Client) -> None:
    now = timezone.now()
    make_published_article(title="나갔다", at=now - timedelta(hours=1))
    make_published_article(title="나갈 것이다", at=now + timedelta(hours=1))
    make_article(title="쓰는 중")
    assert found(newsroom, "state=published") == ["나갔다"]
    assert found(newsroom, "state=scheduled") == ["나갈 것이다"]
    assert found(newsroom, "state=draft") == ["쓰는 중"]
    page = newsroom.get(LIST).content.decode()
    assert 'class="state state-scheduled">예약<' in page
    assert 'class="state state-published">출고<' in page


def test_a_section_is_filtered_with_what_stands_below_it(newsroom: Client) -> None:
    society = make_section("사회", "society")
    make_article(title="사회 글", section=society)
    make_article(title="교육 글", section=make_section("교육", "education", parent=society))
    make_article(title="체육 글", section=make_section("스포츠", "sports"))
    assert found(newsroom, f"section={society.pk}") == ["교육 글", "사회 글"]


@pytest.mark.parametrize("query", ["section=x", "section=99999999999999999999", "state=none", "mine=7"])
def test_a_filter_that_nobody_offers_filters_nothing(newsroom: Client, query: str) -> None:
    make_article(title="글")
    assert found(newsroom, query) == ["글"]


def test_only_managers_are_offered_the_exceptions(
    newsroom: Client, as_user: Callable[[Any], Client], desk: User
) -> None:
    assert "exception=1" in newsroom.get(LIST).content.decode()
    assert "exception=1" not in as_user(desk).get(LIST).content.decode()


def test_the_history_of_an_article_is_its_audit_in_words(
    newsroom: Client, reporter: User, desk: User
) -> None:
    article = make_article(owner=reporter)
    workflow.submit(article, by=reporter)
    workflow.return_to_reporter(article, by=desk, note="출처가 필요합니다.")
    page = newsroom.get(f"{LIST}{article.pk}/history/").content.decode()
    assert "<td>송고</td>" in page
    assert "<td>반려</td><td>출처가 필요합니다.</td>" in page
    audit = newsroom.get("/admin/publication/audit/?verb=return").content.decode()
    assert "반려" in audit
    assert f'<a href="{LIST}{article.pk}/change/">기사 “{article}”</a>' in audit


def test_the_form_names_what_is_still_missing_with_a_link_to_its_field(
    as_user: Callable[[Any], Client], desk: User, reporter: User
) -> None:
    article = Article.objects.create(title="제목뿐", owner=reporter)
    page = as_user(desk).get(f"{LIST}{article.pk}/change/").content.decode()
    assert '<a href="#field-section">섹션이 없습니다.</a>' in page
    assert '<a href="#bylines-group">바이라인이 없습니다.' in page
    assert '<a href="#field-body">본문이 비어 있습니다.' in page


def test_a_refused_form_sums_up_its_errors_with_links(newsroom: Client) -> None:
    data = {"title": "가" * 300, "kind": "article", "grade": "normal", "ai_use": "none"}
    forms = {"bylines-TOTAL_FORMS": 0, "bylines-INITIAL_FORMS": 0}
    page = newsroom.post(f"{LIST}add/", data | forms).content.decode()
    assert "아직 저장되지 않았습니다." in page
    assert '<a href="#field-title">제목</a>' in page
    assert 'id="field-title"' in page


def test_a_returned_article_opens_with_the_desks_note(
    as_user: Callable[[Any], Client], reporter: User
) -> None:
    article = make_article(owner=reporter, status="returned", return_note="둘째 문단을 줄여 주세요.")
    page = as_user(reporter).get(f"{LIST}{article.pk}/change/").content.decode()
    assert "데스크가 반려했습니다" in page
    assert "둘째 문단을 줄여 주세요." in page


def test_a_desk_without_a_byline_of_its_own_may_save_without_one(
    as_user: Callable[[Any], Client], desk: User
) -> None:
    client = as_user(desk)
    assert 'name="bylines-TOTAL_FORMS" value="1"' in client.get(f"{LIST}add/").content.decode()
    data = {
        "title": "아직 쓴 사람 없음",
        "kind": "article",
        "grade": "normal",
        "ai_use": "none",
        "related_picks-TOTAL_FORMS": 0,
        "related_picks-INITIAL_FORMS": 0,
        "bylines-TOTAL_FORMS": 1,
        "bylines-INITIAL_FORMS": 0,
        "bylines-0-reporter": "",
        "bylines-0-role": "writing",
        "bylines-0-order": 0,
    }
    assert client.post(f"{LIST}add/", data).status_code == 302
    assert not Article.objects.get().bylines.exists()


def test_the_time_of_publication_says_its_zone(as_user: Callable[[Any], Client], desk: User) -> None:
    article = make_article(status="submitted")
    page = as_user(desk).get(f"{LIST}{article.pk}/change/").content.decode()
    assert "신문의 시간대 기준: Asia/Seoul" in page


# Queries


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_articles_is_bounded(
    newsroom: Client, reporter: User, django_assert_max_num_queries: Any, number: int
) -> None:
    for _number in range(number):
        make_published_article(owner=reporter)
    with django_assert_max_num_queries(LIST_QUERIES):
        assert newsroom.get(LIST).status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_form_of_an_article_is_bounded(
    newsroom: Client, reporter: User, django_assert_max_num_queries: Any, number: int
) -> None:
    section = make_section()
    for _number in range(number):
        make_section(parent=section)
        make_series()
    article = make_article(
        owner=reporter, section=section, lead_photo=make_photo(by=reporter), tags=("강", "산")
    )
    for _number in range(2):
        Byline.objects.create(article=article, reporter=make_reporter())
    with django_assert_max_num_queries(FORM_QUERIES + 2):
        assert newsroom.get(f"{LIST}{article.pk}/change/").status_code == 200


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_of_photos_is_bounded(
    newsroom: Client, reporter: User, django_assert_max_num_queries: Any, number: int
) -> None:
    for _number in range(number):
        make_photo(by=reporter)
    with django_assert_max_num_queries(LIST_QUERIES):
        assert newsroom.get("/admin/articles/photo/").status_code == 200


@pytest.mark.parametrize(
    "address", ["articles/reporter", "publication/audit", "articles/section", "accounts/user"]
)
@pytest.mark.parametrize("number", [1, 20])
def test_other_lists_are_bounded(
    newsroom: Client, django_assert_max_num_queries: Any, address: str, number: int
) -> None:
    for _number in range(number):
        make_reporter()
        make_section(parent=make_section())
    with django_assert_max_num_queries(LIST_QUERIES):
        assert newsroom.get(f"/admin/{address}/").status_code == 200
