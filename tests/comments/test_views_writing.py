"""Writing through its page: every refusal has its status, and gives the typed text back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments import deleting, moderation
from comments.models import Ban, BlockedWord, Comment, Posting
from comments.rules import REQUEST_MAX
from comments.writers import COOKIE, HINT_COOKIE
from publication.models import Publication
from tests.comments.cast import guest, token, write
from tests.factories import make_article, make_published_article

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def article(publication: Publication) -> Article:
    return make_published_article()


def address(article: Article, parent: Comment | int | None = None) -> str:
    end = "" if parent is None else f"?parent={getattr(parent, 'pk', parent)}"
    return f"/news/{article.pk}/comments/write/{end}"


def form(body: str = "댓글입니다", **fields: str) -> dict[str, str]:
    return {"body": body, "nickname": "손님하나", "token": token()} | fields


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_form_tells_the_rules_and_carries_a_token(client: Client, article: Article) -> None:
    answer = client.get(address(article))
    page = text(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in page
    for words in (
        "0 / 400",
        "댓글 수정은 작성 후 1분내에만 가능합니다.",
        "이 브라우저에서만",
        "csrfmiddlewaretoken",
    ):
        assert words in page
    assert "maxlength" not in page.partition("</header>")[2]
    assert text(client.get(address(article))).count(answer.context["typed"].token) == 0
    assert COOKIE not in client.cookies


def test_a_posted_comment_is_led_to_by_303(client: Client, article: Article) -> None:
    answer = client.post(address(article), form("첫 줄\r\n둘째 줄"))
    comment = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/comments/{comment.pk}/")
    assert comment.body == "첫 줄\n둘째 줄"
    assert "등록되었습니다." in text(client.get(answer["Location"]))
    assert client.cookies[COOKIE]["httponly"]
    assert client.cookies[COOKIE]["samesite"] == "Lax"
    assert not client.cookies[HINT_COOKIE]["httponly"]
    assert "등록되었습니다." not in text(Client().get(answer["Location"]))


def test_a_guests_comment_costs_eight_statements_however_many_there_are(
    client: Client, article: Article, django_assert_max_num_queries: Any
) -> None:
    client.get(address(article))
    for number in range(3):
        write(article, guest(f"g{number}"))
        BlockedWord.objects.create(word=f"나쁜말{number}", skeleton=f"나쁜말{number}")
    with django_assert_max_num_queries(8):
        told = client.post(address(article), form(), headers=JSON).json()
    assert told["count"] == 4
    assert told["seconds"] in {59, 60}


def test_a_held_comment_says_so_to_its_writer_only(client: Client, article: Article) -> None:
    BlockedWord.objects.create(word="나쁜말", skeleton="나쁜말")
    answer = client.post(address(article), form("이건 나 쁜 말"))
    page = text(client.get(answer["Location"]))
    assert "검토 후 게시됩니다." in page
    assert "나쁜말" not in page.replace("나 쁜 말", "")
    assert Client().get(answer["Location"]).status_code == 404


def test_the_same_form_sixteen_times_is_one_comment(client: Client, article: Article) -> None:
    client.get(address(article))
    sent = form()
    places = set()
    for _ in range(16):
        # As browsers do that press twice before the first answer, and its cookie, has come.
        client.cookies.pop(COOKIE, None)
        answer = client.post(address(article), sent)
        assert answer.status_code == 303
        places.add(answer["Location"])
    assert places == {f"/comments/{Comment.objects.get().pk}/"}


def test_a_retry_after_deletion_brings_nothing_back(client: Client, article: Article) -> None:
    sent = form()
    client.post(address(article), sent)
    deleting.delete(Comment.objects.get().pk)
    answer = client.post(address(article), sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/news/{article.pk}/comments/")
    assert client.post(address(article), sent, headers=JSON).json()["state"] == "deleted"
    assert not Comment.objects.exists()


def test_anothers_token_is_refused(client: Client, article: Article) -> None:
    sent = form()
    client.post(address(article), sent)
    other = Client()
    answer = other.post(address(article), sent)
    assert answer.status_code == 422
    assert "댓글입니다" in text(answer)
    # The form that comes back carries a token of its own, so that it can be sent.
    assert sent["token"] not in text(answer)
    fresh = other.post(address(article), sent, headers=JSON).json()["token"]
    assert other.post(address(article), sent | {"token": fresh}).status_code == 303


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("가" * 401, "지금은 401자입니다."),
        ("  \u3164 \u2800", "내용을 입력해 주세요."),
        ("q" + "\u0323" * 5, "결합 문자가 너무"),
        ("\u0301" * 2000, "400자까지 쓸 수 있습니다."),
    ],
)
def test_a_refused_text_comes_back_with_its_count(
    client: Client, article: Article, body: str, words: str
) -> None:
    sent = form(body)
    answer = client.post(address(article), sent)
    assert answer.status_code == 422
    assert words in text(answer)
    typed = answer.context["typed"]
    assert (typed.body, typed.nickname, typed.token) == (body, "손님하나", sent["token"])
    assert f"{typed.count} / 400" in text(answer)
    assert body in text(answer)
    assert COOKIE not in client.cookies


@pytest.mark.parametrize("nickname", ["", "운 영-자", "시험신문", "ＡＤＭＩＮ", "가" * 21, "\u202e.."])
def test_a_refused_nickname_keeps_the_text(client: Client, article: Article, nickname: str) -> None:
    answer = client.post(address(article), form("잃지 말 것", nickname=nickname))
    assert answer.status_code == 422
    assert "잃지 말 것" in text(answer)


@pytest.mark.parametrize("bad", ["", "short", "a\0" * 10, "x" * 65, "' OR 1=1 --aaaaaaaa"])
def test_a_form_without_its_token_gets_a_new_one(client: Client, article: Article, bad: str) -> None:
    answer = client.post(address(article), form("잃지 말 것", token=bad))
    assert answer.status_code == 422
    again = client.post(address(article), form("잃지 말 것", token=answer.context["typed"].token))
    assert again.status_code == 303


def test_control_characters_are_dropped_and_break_nothing(client: Client, article: Article) -> None:
    # A lone half of a pair arrives as three bytes that are no UTF-8.
    nickname = quote("손\0님")
    raw = f"body=a%00b{quote(chr(0x202E))}%ED%A0%BD&nickname={nickname}&token={token()}"
    answer = client.post(address(article), raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    comment = Comment.objects.get()
    assert (comment.body.rstrip("\ufffd"), comment.nickname) == ("ab", "손님")


def test_too_soon_says_when(client: Client, article: Article) -> None:
    client.post(address(article), form("하나"))
    answer = client.post(address(article), form("둘"))
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 10
    assert ">\n둘</textarea>" in text(answer)


def test_a_body_beyond_the_bound_is_too_large(client: Client, article: Article) -> None:
    answer = client.post(address(article), form("a" * REQUEST_MAX))
    assert answer.status_code == 413
    assert "private" in answer["Cache-Control"]


def test_a_stale_csrf_token_keeps_the_text(article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = form("<b>잃지</b> 말 것", csrfmiddlewaretoken="x" * 64)
    answer = client.post(address(article), sent)
    page = text(answer)
    assert answer.status_code == 403
    assert "&lt;b&gt;잃지&lt;/b&gt; 말 것" in page
    assert sent["token"] in page
    sent["csrfmiddlewaretoken"] = str(answer.context["csrf_token"])
    assert client.post(address(article), sent).status_code == 303


def test_a_stale_csrf_token_is_renewed_for_the_script(article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(address(article), form(), headers=JSON)
    assert answer.status_code == 403
    again = client.post(address(article), form(), headers={**JSON, "X-CSRFToken": answer.json()["csrf"]})
    assert again.status_code == 200


def test_a_login_form_never_gives_a_password_back() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/accounts/login/", {"login": "a@b.c", "password": "geheim"}
    )
    assert answer.status_code == 403
    assert "geheim" not in text(answer)
    assert "a@b.c" not in text(answer)


def test_only_public_articles_take_comments(client: Client, publication: Publication) -> None:
    planned = make_published_article(at=timezone.now() + timedelta(hours=1), title="아직 비밀")
    gone = make_published_article(status="withdrawn", withdrawn_at=timezone.now(), title="아직 비밀")
    for article in (make_article(title="아직 비밀"), planned, gone):
        for answer in (client.get(address(article)), client.post(address(article), form("잃지 말 것"))):
            assert answer.status_code == 404
            assert "아직 비밀" not in text(answer)
        assert "잃지 말 것" in text(answer)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("fields", [{"token": ""}, {"token": "x" * 20, "body": "x" * 500}])
def test_a_broken_form_tells_nothing_of_an_article_that_is_not_public(
    client: Client, publication: Publication, fields: dict[str, str]
) -> None:
    answer = client.post(address(make_article()), form("잃지 말 것") | fields)
    assert answer.status_code == 404


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_article_has_is_unknown(
    client: Client, publication: Publication, number: int
) -> None:
    for place in (f"/news/{number}/comments/write/", f"/news/{number}/comments/write/?parent=3"):
        assert client.get(place).status_code == 404
        assert client.post(place, form()).status_code == 404


def test_a_closed_thread_takes_none(client: Client, article: Article, moderator: User) -> None:
    moderation.set_discussion(article, by=moderator, is_open=False, is_frozen=False)
    answer = client.post(address(article), form("잃지 말 것"))
    assert answer.status_code == 403
    assert "잃지 말 것" in text(answer)
    assert client.get(address(article)).status_code == 403


def test_guests_are_asked_to_log_in_where_the_paper_wants_members(
    client: Client, article: Article, settings: Any
) -> None:
    settings.COMMENTS = {"guests_write": False}
    answer = client.post(address(article), form("잃지 말 것"))
    assert answer.status_code == 403
    assert "잃지 말 것" in text(answer)
    assert f"/accounts/login/?next={address(article)}" in text(answer)


def test_a_banned_browser_is_told(client: Client, article: Article) -> None:
    client.post(address(article), form("하나"))
    Ban.objects.create(kind=Ban.Kind.GUEST, target=Posting.objects.get().writer, why="도배")
    answer = client.post(address(article), form("둘"))
    assert answer.status_code == 403
    assert "지금은 댓글을 쓸 수 없습니다." in text(answer)
    assert "도배" not in text(answer)


def test_a_reply_stands_under_what_it_answers(client: Client, article: Article) -> None:
    top = write(article, guest("a"), "윗글", nickname="윗사람")
    page = text(client.get(address(article, top)))
    assert "윗사람" in page
    assert f'action="{address(article, top)}"' in page
    client.post(address(article, top), form())
    assert Comment.objects.get(body="댓글입니다").parent == top


@pytest.mark.parametrize("parent", ["0", "x", "", "999999", "9" * 30, "-1"])
def test_a_forged_parent_is_unknown_and_the_text_comes_back(
    client: Client, article: Article, parent: str
) -> None:
    place = f"{address(article)}?parent={parent}"
    assert client.get(place).status_code == 404
    answer = client.post(place, form("잃지 말 것"))
    assert answer.status_code == 404
    assert "잃지 말 것" in text(answer)


def test_another_writers_token_under_a_parent_that_is_gone_gives_the_text_back(
    client: Client, article: Article, reader: User
) -> None:
    top, sent = write(article, guest("a")), form("잃지 말 것")
    assert client.post(address(article, top), sent).status_code == 303
    deleting.delete(Comment.objects.get(body="잃지 말 것").pk)
    deleting.delete(top.pk)
    client.force_login(reader)
    answer = client.post(address(article, top), sent)
    assert answer.status_code == 422
    assert "잃지 말 것" in text(answer)
    assert f'action="{address(article)}"' in text(answer)
    assert sent["token"] not in text(answer)


def test_a_parent_of_another_article_is_unknown(client: Client, article: Article) -> None:
    elsewhere = write(make_published_article(), guest("a"))
    assert client.post(address(article, elsewhere), form()).status_code == 404


@pytest.mark.parametrize("with_reply", [True, False])
def test_a_parent_that_is_gone_offers_an_ordinary_comment(
    client: Client, article: Article, with_reply: bool
) -> None:
    top = write(article, guest("a"))
    if with_reply:
        write(article, guest("b"), answers=top)
    deleting.delete(top.pk)
    sent = form("잃지 말 것")
    answer = client.post(address(article, top), sent)
    assert answer.status_code == 409
    assert "답글을 달려던 댓글이 삭제되었습니다." in text(answer)
    assert "잃지 말 것" in text(answer)
    assert f'action="{address(article)}"' in text(answer)
    assert client.post(address(article), sent).status_code == 303


def test_a_retried_reply_finds_its_comment_though_the_parent_is_gone(
    client: Client, article: Article
) -> None:
    top = write(article, guest("a"))
    sent = form()
    first = client.post(address(article, top), sent)
    deleting.delete(top.pk)
    assert client.post(address(article, top), sent)["Location"] == first["Location"]


def test_a_member_writes_without_a_nickname_field(
    article: Article, reader: User, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(reader)
    page = text(client.get(address(article)))
    assert "한강독자 이름으로 씁니다." in page
    assert 'name="nickname"' not in page
    client.post(address(article), form(nickname="관리자"))
    comment = Comment.objects.get()
    assert (comment.nickname, comment.user, comment.guest) == ("한강독자", reader, "")
    assert COOKIE not in client.cookies


def test_the_script_gets_the_comment_as_it_stands(client: Client, article: Article) -> None:
    answer = client.post(address(article), form("<i>글</i>"), headers=JSON)
    told = answer.json()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert told["id"] == Comment.objects.get().pk
    assert (told["state"], told["message"], told["count"]) == ("visible", "등록되었습니다.", 1)
    assert "&lt;i&gt;글&lt;/i&gt;" in told["html"]
    assert 50 <= told["seconds"] <= 60
    refused = client.post(address(article), form("가" * 401), headers=JSON)
    assert (refused.status_code, refused.json()["count"]) == (422, 401)
