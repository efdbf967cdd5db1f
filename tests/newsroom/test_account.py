"""My account: what it shows, and what can be changed there."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from newsroom.account import ProfileForm
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
ADDRESS = "/accounts/"


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_the_account_is_for_who_is_logged_in(client: Client) -> None:
    assert client.get(ADDRESS)["Location"] == "/accounts/login/?next=/accounts/"
    assert client.post(ADDRESS, {"nickname": "아무개"})["Location"].startswith("/accounts/login/")


def test_the_page_says_what_the_paper_knows(as_user: SignIn, reader: User) -> None:
    page = text(as_user(reader).get(ADDRESS))
    for known in (reader.email, reader.nickname, "확인 전", "가입일", f"{reader.date_joined:%Y}"):
        assert known in page
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True)
    assert "확인 전" not in text(as_user(reader).get(ADDRESS))


def test_the_page_leads_to_every_way_of_changing_it(as_user: SignIn, reader: User) -> None:
    client = as_user(reader)
    page = text(client.get(ADDRESS))
    for path in ("/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200


def test_only_staff_see_the_way_to_the_newsroom_and_a_language(
    as_user: SignIn, reader: User, desk: User
) -> None:
    for person, seen in ((reader, False), (desk, True)):
        page = text(as_user(person).get(ADDRESS))
        assert ('href="/admin/"' in page) is seen
        assert ('name="language"' in page) is seen


def test_a_nickname_is_changed_and_the_page_says_so(as_user: SignIn, reader: User) -> None:
    client = as_user(reader)
    response = client.post(ADDRESS, {"nickname": " 새벽\u00a0독자 "})
    assert (response.status_code, response["Location"]) == (303, ADDRESS)
    reader.refresh_from_db()
    assert reader.nickname == "새벽 독자"
    assert "저장했습니다" in text(client.get(ADDRESS))
    assert "저장했습니다" not in text(client.get(ADDRESS))


@pytest.mark.parametrize("typed", ["", "한", "한" * 21, "x" * 300, "\0", "지나가던이", "지나가던-이", "🍎🍏"])
def test_a_refused_nickname_stays_in_the_form_and_changes_nothing(
    as_user: SignIn, reader: User, stranger: User, typed: str
) -> None:
    response = as_user(reader).post(ADDRESS, {"nickname": typed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["nickname"]
    assert response.context["form"]["nickname"].value() == typed
    reader.refresh_from_db()
    assert reader.nickname == "한강독자"


def test_ones_own_nickname_may_be_written_otherwise(as_user: SignIn, reader: User) -> None:
    typed = unicodedata.normalize("NFD", "한강-독자")
    assert as_user(reader).post(ADDRESS, {"nickname": typed}).status_code == 303


def test_a_nickname_taken_in_this_very_moment_gets_the_form_back(
    as_user: SignIn, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = ProfileForm.stored

    def late(form: ProfileForm) -> bool:
        make_user(nickname="새벽독자")
        return stored(form)

    monkeypatch.setattr(ProfileForm, "stored", late)
    response = as_user(reader).post(ADDRESS, {"nickname": "새벽독자"})
    assert list(response.context["form"].errors) == ["nickname"]


def test_staff_without_a_nickname_need_none(as_user: SignIn, desk: User) -> None:
    assert as_user(desk).post(ADDRESS, {"nickname": "", "language": "en"}).status_code == 303


def test_staff_choose_their_language_and_the_answer_speaks_it(as_user: SignIn, desk: User) -> None:
    client = as_user(desk)
    client.post(ADDRESS, {"nickname": "", "language": "en"})
    page = text(client.get(ADDRESS))
    assert "Your changes are saved." in page
    assert '<html lang="en">' in page
    client.post(ADDRESS, {"nickname": "", "language": ""})
    assert "저장했습니다" in text(client.get(ADDRESS))


@pytest.mark.parametrize("language", ["fr", "\0", "x" * 300])
def test_a_language_that_is_not_offered_is_refused(as_user: SignIn, desk: User, language: str) -> None:
    response = as_user(desk).post(ADDRESS, {"nickname": "", "language": language})
    assert list(response.context["form"].errors) == ["language"]


def test_readers_change_nothing_but_their_nickname(as_user: SignIn, reader: User) -> None:
    forged = {"language": "en", "email": "evil@home.test", "is_superuser": "1", "groups": "1", "name": "x"}
    as_user(reader).post(ADDRESS, {"nickname": "새벽독자", **forged})
    reader.refresh_from_db()
    assert (reader.language, reader.email, reader.is_superuser, reader.is_staff) == (
        "",
        "reader@home.test",
        False,
        False,
    )


def test_the_page_takes_a_bounded_number_of_queries(
    as_user: SignIn, manager: User, django_assert_max_num_queries: Any
) -> None:
    client = as_user(manager)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


PAGES = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "confirm-email/",
    "inactive/",
    "3rdparty/login/error/",
    "3rdparty/login/cancelled/",
    "",
    "email/",
    "password/change/",
    "logout/",
    "reauthenticate/",
    "2fa/",
    "3rdparty/",
]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_the_papers_own_in_both_languages(
    as_user: SignIn, client: Client, desk: User, publication: Any, settings: Any, path: str, language: str
) -> None:
    settings.LANGUAGE_CODE = language
    is_open = PAGES.index(path) < PAGES.index("")
    page = text((client if is_open else as_user(desk)).get(ADDRESS + path))
    assert '<body class="page page-account">' in page
    assert page.count("<h1>") == 1
    assert '<meta name="robots" content="noindex">' in page
    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    assert any("가" <= letter <= "힣" for letter in heading) is (language == "ko")
    assert heading in page.partition("<title>")[2].partition("</title>")[0]
