"""One comment's own page, votes, reports and deletion: what each visitor may do, and what happens then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Discussion
from comments import moderation
from comments.models import Comment, Report, Vote
from comments.recount import drift
from comments.writers import COOKIE
from publication.models import Audit, Publication
from tests.comments.cast import guest, member, token, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def article(publication: Publication) -> Article:
    return make_published_article()


@pytest.fixture
def other(article: Article) -> Comment:
    return write(article, guest("other"), "남의 글", nickname="다른이")


@pytest.fixture
def mine(client: Client, article: Article) -> Comment:
    sent = {"body": "내 글", "nickname": "손님하나", "token": token()}
    client.post(f"/news/{article.pk}/comments/write/", sent)
    return Comment.objects.get(body="내 글")


def at(comment: Comment, verb: str = "") -> str:
    return f"/comments/{comment.pk}/{verb + '/' if verb else ''}"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def test_a_visitor_may_reply_vote_and_report(client: Client, other: Comment) -> None:
    text = page(client, at(other))
    for verb in ("vote", "report"):
        assert at(other, verb) in text
    assert f"?parent={other.pk}" in text
    for verb in ("edit", "delete"):
        assert at(other, verb) not in text


def test_the_writer_may_edit_and_delete(client: Client, mine: Comment) -> None:
    text = page(client, at(mine))
    for verb in ("edit", "delete"):
        assert at(mine, verb) in text
    for verb in ("vote", "report"):
        assert at(mine, verb) not in text
    assert "수정 가능 5" in text
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    assert at(mine, "edit") not in page(client, at(mine))


def test_a_moderator_may_delete_and_not_edit(
    other: Comment, moderator: User, reporter: User, desk: User, as_user: Callable[[Any], Client]
) -> None:
    text = page(as_user(moderator), at(other))
    assert at(other, "delete") in text
    assert at(other, "edit") not in text
    for person in (reporter, desk):
        assert at(other, "delete") not in page(as_user(person), at(other))


def test_a_closed_thread_leaves_reporting(client: Client, other: Comment, moderator: User) -> None:
    moderation.set_discussion(other.article, by=moderator, is_open=False, is_frozen=False)
    text = page(client, at(other))
    assert at(other, "report") in text
    assert at(other, "vote") not in text
    assert client.post(at(other, "vote"), {"value": "1"}).status_code == 403


@pytest.mark.parametrize("state", ["held", "hidden"])
def test_what_is_not_visible_is_unknown_to_others(client: Client, other: Comment, state: str) -> None:
    Comment.objects.update(state=state)
    for verb in ("", "delete", "report", "edit"):
        assert client.get(at(other, verb)).status_code == 404
    assert client.post(at(other, "vote"), {"value": "1"}).status_code == 404
    assert client.post(at(other, "report"), {"reason": "spam"}).status_code == 404


def test_under_an_article_that_is_gone_only_the_writer_knows(
    client: Client, mine: Comment, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(status="withdrawn", withdrawn_at=timezone.now())
    text = page(client, at(mine))
    assert "공개되지 않은 기사" in text
    assert article.title not in text
    assert "내 글" in text
    assert Client().get(at(mine)).status_code == 404
    answer = client.post(at(mine, "delete"))
    assert (answer.status_code, answer["Location"]) == (303, "/comments/mine/")
    assert not Comment.objects.exists()


# Votes


def test_a_vote_is_set_and_withdrawn(client: Client, other: Comment) -> None:
    for value, up, down in (("1", 1, 0), ("1", 1, 0), ("-1", 0, 1), ("0", 0, 0)):
        answer = client.post(at(other, "vote"), {"value": value})
        assert (answer.status_code, answer["Location"]) == (303, at(other))
        other.refresh_from_db()
        assert (other.up, other.down) == (up, down)
    assert drift(other.article_id) == []


def test_a_vote_shows_as_pressed_to_its_voter_only(client: Client, other: Comment) -> None:
    client.post(at(other, "vote"), {"value": "1"})
    assert 'value="0" aria-pressed="true">추천 1<' in page(client, at(other))
    assert 'value="1" aria-pressed="false">추천 1<' in page(Client(), at(other))


def test_two_first_clicks_of_one_browser_are_one_vote(client: Client, other: Comment) -> None:
    page(client, at(other))
    for _ in range(2):
        client.cookies.pop(COOKIE, None)
        client.post(at(other, "vote"), {"value": "1"})
    assert Vote.objects.count() == 1


@pytest.mark.parametrize("value", ["", "2", "x", "1\0", "１"])
def test_a_vote_for_nothing_is_refused(client: Client, other: Comment, value: str) -> None:
    assert client.post(at(other, "vote"), {"value": value}).status_code == 422
    assert COOKIE not in client.cookies


def test_a_vote_by_reading_is_none(client: Client, other: Comment) -> None:
    assert client.get(at(other, "vote"), {"value": "1"}).status_code == 200
    assert not Vote.objects.exists()


def test_nobody_votes_on_his_own(client: Client, mine: Comment) -> None:
    answer = client.post(at(mine, "vote"), {"value": "1"})
    assert answer.status_code == 403
    assert "자신의 댓글에는" in answer.content.decode()


def test_the_script_gets_the_counters(client: Client, other: Comment) -> None:
    told = client.post(at(other, "vote"), {"value": "-1"}, headers=JSON).json()
    assert told == {"id": other.pk, "up": 0, "down": 1, "vote": -1}
    assert COOKIE in client.cookies


def test_too_many_votes_say_when_to_come_back(client: Client, other: Comment, settings: Any) -> None:
    settings.COMMENTS = {"votes_per_day": 1}
    client.post(at(other, "vote"), {"value": "1"})
    answer = client.post(at(other, "vote"), {"value": "0"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


# Reports


def test_a_report_is_taken_once_and_acknowledged(client: Client, other: Comment) -> None:
    text = page(client, at(other, "report"))
    for reason in ("욕설·비하", "개인정보", "명예훼손", "광고·도배", "음란·불법", "기타"):
        assert reason in text
    for _ in range(2):
        answer = client.post(at(other, "report"), {"reason": "spam"})
        assert (answer.status_code, answer["Location"]) == (303, at(other))
    assert Report.objects.count() == 1
    assert "신고가 접수되었습니다." in page(client, at(other))
    assert "신고가 접수되었습니다." not in page(Client(), at(other))


def test_the_third_report_takes_the_words_away_and_still_thanks(article: Article, other: Comment) -> None:
    readers = [Client() for _ in range(3)]
    for reader in readers:
        reader.post(at(other, "report"), {"reason": "abuse"})
    text = page(readers[2], at(other))
    assert "신고가 접수되었습니다." in text
    assert "검토 중인 댓글입니다." in text
    assert "남의 글" not in text
    assert Client().get(at(other)).status_code == 404
    assert Discussion.objects.get(pk=article.pk).visible_count == 0


@pytest.mark.parametrize("reason", ["", "because", "spam\0"])
def test_a_report_without_a_reason_is_refused(client: Client, other: Comment, reason: str) -> None:
    answer = client.post(at(other, "report"), {"reason": reason})
    assert answer.status_code == 422
    assert "신고 사유를 골라 주세요." in answer.content.decode()


def test_nobody_reports_his_own(client: Client, mine: Comment) -> None:
    assert client.post(at(mine, "report"), {"reason": "spam"}).status_code == 403
    assert "신고할 수 없습니다" in page(client, at(mine, "report"))


# Deletion


def test_deletion_asks_first_and_happens_by_post(client: Client, mine: Comment) -> None:
    text = page(client, at(mine, "delete"))
    for words in ("댓글삭제", "삭제한 댓글은 다시 복구할 수 없습니다.", "그래도 삭제하시겠습니까?", "취소"):
        assert words in text
    assert Comment.objects.exists()
    for _ in range(2):
        answer = client.post(at(mine, "delete"))
        assert (answer.status_code, answer["Location"]) == (303, f"/news/{mine.article_id}/comments/")
    assert not Comment.objects.exists()
    assert client.get(at(mine)).status_code == 404


def test_a_tombstone_is_told_to_the_script(client: Client, mine: Comment, article: Article) -> None:
    write(article, guest("r"), "답글", answers=mine)
    told = client.post(at(mine, "delete"), headers=JSON).json()
    assert "삭제된 댓글입니다." in told["html"]
    assert (told["count"], told["message"]) == (1, "삭제되었습니다.")
    again = client.post(at(mine, "delete"), headers=JSON)
    assert (again.status_code, again.json()["count"]) == (200, 1)


def test_others_delete_nothing(
    other: Comment, reporter: User, desk: User, reader: User, as_user: Callable[[Any], Client]
) -> None:
    for visitor in (Client(), as_user(reporter), as_user(desk), as_user(reader)):
        assert visitor.get(at(other, "delete")).status_code == 404
        assert visitor.post(at(other, "delete")).status_code == 404
    assert Comment.objects.filter(pk=other.pk).exists()


def test_a_moderators_deletion_is_audited_without_words(
    other: Comment, moderator: User, as_user: Callable[[Any], Client]
) -> None:
    assert as_user(moderator).post(at(other, "delete")).status_code == 303
    row = Audit.objects.get()
    assert row.verb == "delete"
    assert "남의 글" not in str(vars(row))
    assert "다른이" not in str(vars(row))


def test_a_moderators_second_press_finds_it_done(
    other: Comment, moderator: User, as_user: Callable[[Any], Client]
) -> None:
    moderators = as_user(moderator)
    for _press in range(2):
        assert moderators.post(at(other, "delete")).status_code == 303
    assert Audit.objects.count() == 1


def test_a_member_deletes_from_everywhere(
    article: Article, reader: User, stranger: User, as_user: Callable[[Any], Client]
) -> None:
    comment = write(article, member(reader))
    assert as_user(stranger).post(at(comment, "delete")).status_code == 404
    assert as_user(reader).post(at(comment, "delete")).status_code == 303


@pytest.mark.parametrize("verb", ["", "edit", "delete", "vote", "report", "at"])
def test_an_unknown_comment_is_unknown_everywhere(client: Client, verb: str) -> None:
    for pk in (999_999, 10**30):
        address = f"/comments/{pk}/{verb + '/' if verb else ''}"
        assert client.get(address).status_code == 404
        if verb not in {"", "at"}:
            sent = {"body": "글", "value": "1", "reason": "spam"}
            assert client.post(address, sent).status_code == 404
