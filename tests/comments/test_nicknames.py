"""Names that no reader may take, whether guest or member, wherever the name is chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from comments import nicknames
from comments.refusals import Refused
from publication.models import Publication
from tests.comments.cast import member, write
from tests.factories import PASSWORD, make_published_article, make_reporter

pytestmark = pytest.mark.django_db
PAPERS = ("관리자", "운 영 자", "ＡＤＭＩＮ", "시험신문", "홍길동 기자", "q" + "\u0323" * 5)


@pytest.fixture(autouse=True)
def paper(publication: Publication) -> None:
    make_reporter("홍길동")


@pytest.mark.parametrize("name", PAPERS)
def test_nobody_signs_up_under_the_papers_names(client: Client, name: str) -> None:
    sent = {"email": "new@home.test", "nickname": name, "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post("/accounts/signup/", sent)
    assert list(answer.context["form"].errors) == ["nickname"]
    assert not User.objects.filter(email="new@home.test").exists()


@pytest.mark.parametrize("name", PAPERS)
def test_no_member_takes_one_later(reader: User, as_user: Callable[[Any], Client], name: str) -> None:
    answer = as_user(reader).post("/accounts/", {"nickname": name})
    assert list(answer.context["form"].errors) == ["nickname"]


def test_staff_may_carry_them(reporter: User, as_user: Callable[[Any], Client]) -> None:
    as_user(reporter).post("/accounts/", {"nickname": "홍길동", "language": ""})
    reporter.refresh_from_db()
    assert reporter.nickname == "홍길동"
    assert write(make_published_article(), member(reporter)).is_staff


def test_a_name_that_became_the_papers_writes_no_more(reader: User) -> None:
    make_reporter(reader.nickname)
    with pytest.raises(Refused):
        write(make_published_article(), member(reader))


def test_a_blot_is_no_name() -> None:
    with pytest.raises(Refused):
        nicknames.accepted("가나" + "\u0301" * 5, nicknames.standing())
