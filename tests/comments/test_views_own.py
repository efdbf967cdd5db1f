"""What belongs to one browser or account: 내 댓글 모음, and its part of a public page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments import voting
from comments.models import Comment
from comments.writers import COOKIE, HINT_COOKIE
from publication.models import Publication
from tests.comments.cast import guest, member, token, write
from tests.factories import PASSWORD, make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(publication: Publication) -> Article:
    return make_published_article()


def post(client: Client, article: Article, body: str) -> Comment:
    sent = {"body": body, "nickname": "손님하나", "token": token()}
    assert client.post(f"/news/{article.pk}/comments/write/", sent).status_code == 303
    return Comment.objects.get(body=body)


def mine(client: Client, query: str = "") -> str:
    answer = client.get(f"/comments/mine/{query}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def me(client: Client, **query: Any) -> dict[str, Any]:
    answer = client.get("/comments/me.json", query)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return answer.json()


def test_a_stranger_has_written_nothing(client: Client, article: Article) -> None:
    write(article, guest("a"), "남의 글")
    text = mine(client)
    assert "내 댓글 모음" in text
    assert "남의 글" not in text
    assert "noindex" in text
    assert COOKIE not in client.cookies


def test_own_comments_over_all_articles_newest_first(client: Client, article: Article, settings: Any) -> None:
    settings.COMMENTS = {"pause_seconds": 0}
    other = make_published_article()
    first, second = post(client, article, "먼저 쓴 글"), post(client, other, "나중에 쓴 글")
    text = mine(client)
    assert text.index("나중에 쓴 글") < text.index("먼저 쓴 글")
    assert article.title in text
    assert other.title in text
    for comment in (first, second):
        assert f"/comments/{comment.pk}/delete/" in text


def test_a_title_that_is_not_public_is_not_told(client: Client, article: Article) -> None:
    post(client, article, "내 글")
    Article.objects.filter(pk=article.pk).update(status="withdrawn", withdrawn_at=timezone.now())
    text = mine(client)
    assert "공개되지 않은 기사" in text
    assert article.title not in text
    assert "내 글" in text


def test_pages_go_on_after_an_id(reader: User, article: Article, as_user: Callable[[Any], Client]) -> None:
    for number in range(21):
        Comment.objects.create(article=article, user=reader, nickname="한강독자", body=f"글 {number}번")
    client = as_user(reader)
    text = mine(client)
    assert "글 1번" in text
    assert "글 0번" not in text
    rest = mine(client, f"?after={Comment.objects.get(body='글 1번').pk}")
    assert "글 0번" in rest
    assert "글 1번" not in rest
    assert client.get("/comments/mine/?after=x").status_code == 400


def test_queries_do_not_grow_with_what_one_wrote(
    reader: User, article: Article, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(reader)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            mine(client)
        return len(captured)

    Comment.objects.create(article=article, user=reader, nickname="한강독자", body="글")
    few = count()
    for number in range(20):
        another = make_published_article(section=article.section)
        Comment.objects.create(article=another, user=reader, nickname="한강독자", body=f"글 {number}")
    assert count() == few


def test_me_tells_a_stranger_how_to_write_and_nothing_else(client: Client, article: Article) -> None:
    comment = write(article, guest("a"))
    told = me(client, article=article.pk, ids=comment.pk)
    assert told["csrf"]
    assert told["token"]
    assert told["write"]
    rest = {name: told[name] for name in ("member", "name", "known", "mine", "votes")}
    assert rest == {"member": False, "name": "", "known": False, "mine": {}, "votes": {}}
    assert COOKIE not in client.cookies


def test_me_tells_what_is_mine_and_how_i_voted(
    reader: User, article: Article, as_user: Callable[[Any], Client]
) -> None:
    own, other = write(article, member(reader)), write(article, guest("a"))
    voting.set_vote(other.pk, by=member(reader), value=-1)
    told = me(as_user(reader), article=article.pk, ids=f"{own.pk},{other.pk},x,{9**40},")
    assert list(told["mine"]) == [str(own.pk)]
    assert 50 <= told["mine"][str(own.pk)]["seconds"] <= 60
    assert told["mine"][str(own.pk)]["version"] == 0
    assert told["votes"] == {str(other.pk): -1}
    assert (told["member"], told["name"]) == (True, "한강독자")


def test_me_remembers_a_guests_name(client: Client, article: Article) -> None:
    post(client, article, "글")
    assert me(client)["name"] == "손님하나"
    assert 'value="손님하나"' in client.get(f"/news/{article.pk}/comments/write/").content.decode()


@pytest.mark.parametrize("article_id", ["", "x", "0", "999999", "9" * 30])
def test_me_of_an_unknown_article_says_why_not(client: Client, article_id: str) -> None:
    told = me(client, article=article_id)
    assert (told["write"], told["why"]) == (False, "그런 기사가 없습니다.")


def test_me_is_answered_in_few_queries(
    reader: User, article: Article, as_user: Callable[[Any], Client], django_assert_max_num_queries: Any
) -> None:
    ids = ",".join(str(write(article, guest(f"g{number}")).pk) for number in range(12))
    client = as_user(reader)
    with django_assert_max_num_queries(7):
        me(client, article=article.pk, ids=ids)


def test_a_session_leaves_a_hint_for_the_script_and_takes_it_away(client: Client, reader: User) -> None:
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    assert client.cookies[HINT_COOKIE].value == "1"
    client.post("/accounts/logout/")
    assert client.cookies[HINT_COOKIE].value == ""


def test_the_hint_stays_with_a_guest_who_logs_out(client: Client, article: Article, reader: User) -> None:
    post(client, article, "글")
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    client.post("/accounts/logout/")
    assert client.cookies[HINT_COOKIE].value == "1"


def test_a_forged_guest_cookie_is_nobody(client: Client, article: Article) -> None:
    post(client, article, "글")
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-2] + "xx"
    assert "글</p>" not in mine(client)
    for bad in ("", "x", "a:b:c", "é:\u0000"):
        client.cookies[COOKIE] = bad
        assert mine(client)
