"""Choosing reporters and tags: by name, by initials, by whoever may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from taggit.models import Tag

from accounts.models import User
from articles.admin import pickers
from articles.admin.forms import ArticleForm
from publication.models import Publication
from tests.factories import make_article, make_reporter, make_section, make_series

pytestmark = pytest.mark.django_db

SUGGEST = "/admin/taggit/tag/suggest/"
AUTOCOMPLETE = "/admin/autocomplete/"
BYLINE = {"app_label": "articles", "model_name": "byline", "field_name": "reporter"}
ODD = ["(", "[", "\\", "a{9}", "%", "_", '"', "ㅏ", "ㅋ" * 500, " ", "🎈", "\u1100", "가" * 10_000]


@pytest.fixture
def newsroom(as_user: Callable[[Any], Client], reporter: User, publication: Publication) -> Client:
    return as_user(reporter)


def picked(client: Client, term: str) -> list[str]:
    answer = client.get(AUTOCOMPLETE, BYLINE | {"term": term})
    assert answer.status_code == 200
    return [one["text"] for one in answer.json()["results"]]


def suggested(client: Client, text: str) -> list[str]:
    answer = client.get(SUGGEST, {"q": text})
    assert answer.status_code == 200
    return answer.json()["tags"]


@pytest.mark.parametrize("term", ["ㄱㄱㅁ", "구과", "구광모", "ㄱㅁ", "광모", "kkm@", " 구광모 "])
def test_a_reporter_is_picked_by_name_initials_or_address(newsroom: Client, term: str) -> None:
    make_reporter("구광모", email="kkm@paper.test")
    make_reporter("홍길동", email="hong@paper.test")
    assert picked(newsroom, term) == ["구광모 기자"]


def test_who_begins_with_it_comes_first(newsroom: Client) -> None:
    for name in ("가나민", "나민가", "민나라"):
        make_reporter(name)
    assert picked(newsroom, "ㅁ") == ["민나라 기자", "가나민 기자", "나민가 기자"]


def test_who_left_the_paper_is_not_offered(newsroom: Client) -> None:
    make_reporter("구광모", is_active=False)
    assert picked(newsroom, "ㄱㄱㅁ") == []


@pytest.mark.parametrize("term", ODD)
def test_odd_terms_are_looked_for_and_nothing_more(newsroom: Client, term: str) -> None:
    make_reporter("홍길동")
    assert picked(newsroom, term) in ([], ["홍길동 기자"])
    assert suggested(newsroom, term) == []


def test_lists_find_by_initials_too(as_user: Callable[[Any], Client], manager: User) -> None:
    client = as_user(manager)
    make_reporter("구광모")
    make_section("문화", "culture")
    make_series("강을 건너는 사람들", "river")
    Tag.objects.create(name="국민연금", slug="pension")
    for address, query in [
        ("articles/reporter", "ㄱㄱㅁ"),
        ("articles/section", "ㅁㅎ"),
        ("articles/series", "ㅅㄹㄷ"),
        ("taggit/tag", "ㄱㅁㅇㄱ"),
    ]:
        assert client.get(f"/admin/{address}/?q={query}").context["cl"].result_count == 1


# Tags


def test_tags_are_suggested_by_their_beginning_first_and_by_use(newsroom: Client) -> None:
    make_article(tags=("철도", "서울 지하철", "지방선거"))
    make_article(tags=("지하철", "지방선거"))
    assert suggested(newsroom, "지") == ["지방선거", "지하철", "서울 지하철"]
    assert suggested(newsroom, "ㅈㅎㅊ") == ["지하철", "서울 지하철"]
    assert suggested(newsroom, "철도 ") == ["철도"]
    assert suggested(newsroom, "") == suggested(newsroom, "없다") == []


def test_suggestions_are_few_and_so_are_queries(newsroom: Client, django_assert_num_queries: Any) -> None:
    Tag.objects.bulk_create(Tag(name=f"가{n}", slug=f"t{n}") for n in range(pickers.TAGS_LOOKED_AT + 50))
    with django_assert_num_queries(2):
        found = pickers.suggested_tags("ㄱ")
    assert len(found) == pickers.TAGS_SHOWN


@pytest.mark.parametrize("role", ["moderator", "reader"])
def test_tags_are_suggested_to_whoever_writes_articles(
    role: str, request: Any, client: Client, as_user: Callable[[Any], Client]
) -> None:
    Tag.objects.create(name="비밀", slug="secret")
    for visitor in (client, as_user(request.getfixturevalue(role))):
        answer = visitor.get(SUGGEST, {"q": "비밀"})
        assert (answer.status_code, answer.json()) == (403, {"tags": []})


def test_suggestions_are_asked_for_and_kept_nowhere(newsroom: Client) -> None:
    assert newsroom.post(SUGGEST).status_code == 405
    assert "no-store" in newsroom.get(SUGGEST, {"q": "가"})["Cache-Control"]


def test_the_line_of_tags_knows_where_to_ask_and_stays_a_line_of_text() -> None:
    html = str(ArticleForm(initial={"tags": []})["tags"])
    assert f'data-tags="{SUGGEST}"' in html
    assert html.startswith('<input type="text" name="tags"')
