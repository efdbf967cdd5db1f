"""Editing through its page: in time or not, by whom, and the typed text comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from comments.models import Comment
from publication.models import Publication
from tests.comments.cast import age_postings, member, token, write
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(publication: Publication) -> Article:
    return make_published_article()


def text(answer: Any) -> str:
    return answer.content.decode()


def edit(comment: Comment) -> str:
    return f"/comments/{comment.pk}/edit/"


@pytest.fixture
def mine(client: Client, article: Article) -> Comment:
    sent = {"body": "처음 글", "nickname": "손님하나", "token": token()}
    client.post(f"/news/{article.pk}/comments/write/", sent)
    return Comment.objects.get(body="처음 글")


def test_the_writer_edits_within_the_minute(client: Client, mine: Comment) -> None:
    page = text(client.get(edit(mine)))
    assert "댓글수정" in page
    assert "댓글 수정은 작성 후 1분내에만 가능합니다." in page
    assert "4 / 400" in page
    answer = client.post(edit(mine), {"body": "고친\r\n글", "version": "0"})
    assert (answer.status_code, answer["Location"]) == (303, f"/comments/{mine.pk}/")
    page = text(client.get(answer["Location"]))
    assert "수정되었습니다." in page
    assert "(수정됨)" in page
    mine.refresh_from_db()
    assert mine.body == "고친\n글"


def test_after_the_minute_the_typed_text_comes_back(client: Client, mine: Comment) -> None:
    Comment.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    assert client.get(edit(mine)).status_code == 409
    answer = client.post(edit(mine), {"body": "늦은 글", "version": "0"})
    assert answer.status_code == 409
    assert "수정 기한이 지났습니다." in text(answer)
    assert "늦은 글" in text(answer)
    mine.refresh_from_db()
    assert mine.body == "처음 글"


def test_an_edit_of_what_was_edited_elsewhere_is_a_conflict(client: Client, mine: Comment) -> None:
    client.post(edit(mine), {"body": "한 탭", "version": "0"})
    answer = client.post(edit(mine), {"body": "다른 탭", "version": "0"})
    assert answer.status_code == 409
    assert "이미 수정되었습니다." in text(answer)
    assert "다른 탭" in text(answer)
    assert client.post(edit(mine), {"body": "다른 탭", "version": "1"}).status_code == 303


def test_an_edit_sent_twice_is_done_once(client: Client, mine: Comment) -> None:
    for _press in range(2):
        answer = client.post(edit(mine), {"body": " 고친 글 ", "version": "0"})
        assert (answer.status_code, answer["Location"]) == (303, f"/comments/{mine.pk}/")
    mine.refresh_from_db()
    assert (mine.body, mine.version) == ("고친 글", 1)


def test_nobody_else_learns_that_it_can_be_edited(
    mine: Comment, moderator: User, as_user: Callable[[Any], Client]
) -> None:
    for other in (Client(), as_user(moderator)):
        assert other.get(edit(mine)).status_code == 404
        answer = other.post(edit(mine), {"body": "남의 손", "version": "0"})
        assert answer.status_code == 404
        assert "남의 손" in text(answer)


@pytest.mark.parametrize(("state", "status"), [("held", 409), ("hidden", 404)])
def test_what_is_under_review_cannot_be_edited(
    client: Client, mine: Comment, state: str, status: int
) -> None:
    Comment.objects.update(state=state)
    assert client.get(edit(mine)).status_code == status
    assert client.post(edit(mine), {"body": "고침", "version": "0"}).status_code == status


def test_an_edit_passes_the_checks_of_posting(client: Client, mine: Comment) -> None:
    answer = client.post(edit(mine), {"body": "가" * 401, "version": "0"})
    assert answer.status_code == 422
    assert "401 / 400" in text(answer)
    answer = client.post(edit(mine), {"body": "보세요 www.example.com", "version": "0"})
    assert answer.status_code == 303
    assert "검토 후 게시됩니다." in text(client.get(answer["Location"]))


@pytest.mark.parametrize("version", ["x", "-1", "9" * 30])
def test_a_forged_version_is_no_error(client: Client, mine: Comment, version: str) -> None:
    assert client.post(edit(mine), {"body": "고침", "version": version}).status_code in {303, 409}


def test_a_member_edits_from_everywhere(
    article: Article, reader: User, as_user: Callable[[Any], Client]
) -> None:
    comment = write(article, member(reader))
    age_postings(member(reader))
    assert as_user(reader).post(edit(comment), {"body": "다른 기기"}).status_code == 303
