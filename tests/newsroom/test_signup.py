"""Opening an account: what is asked, what is refused, what happens to two at once."""

import unicodedata
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import User
from newsroom.login import AccountAdapter
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/signup/"


def sign_up(client: Client, **fields: str) -> HttpResponse:
    filled = {"email": "new@home.test", "nickname": "새독자", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(ADDRESS, filled | fields)


def errors(response: HttpResponse) -> dict[str, list[str]]:
    assert response.status_code == 200
    return response.context["form"].errors


def test_a_form_asks_for_address_nickname_and_password_twice(client: Client) -> None:
    assert list(client.get(ADDRESS).context["form"].fields) == ["email", "nickname", "password1", "password2"]


def test_an_account_is_opened_and_the_reader_is_in(client: Client) -> None:
    response = sign_up(client)
    assert response["Location"] == "/accounts/"
    reader = User.objects.get(email="new@home.test")
    assert reader.nickname == "새독자"
    assert not reader.is_staff
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_a_link_to_confirm_the_address_is_sent_but_not_waited_for(client: Client) -> None:
    sign_up(client)
    assert client.get("/accounts/").status_code == 200
    assert mail.outbox[0].to == ["new@home.test"]
    assert not EmailAddress.objects.get(email="new@home.test").verified


def test_after_sign_up_the_reader_goes_on_to_an_own_page(client: Client) -> None:
    assert sign_up(client, next="/policy/terms/")["Location"] == "/policy/terms/"
    client.logout()
    assert (
        sign_up(client, email="b@home.test", nickname="둘째", next="//evil.example")["Location"]
        == "/accounts/"
    )


@pytest.mark.parametrize("address", ["taken@home.test", "TAKEN@HOME.TEST", " Taken@home.test "])
def test_an_address_has_one_account_in_any_case(client: Client, address: str) -> None:
    make_user("taken@home.test")
    assert "이미 가입된" in errors(sign_up(client, email=address))["email"][0]


def test_an_address_is_stored_in_small_letters(client: Client) -> None:
    sign_up(client, email="New@Home.TEST")
    assert User.objects.get().email == "new@home.test"


@pytest.mark.parametrize(
    "twin", ["한강독자", "한 강 독 자", "한강-독자", unicodedata.normalize("NFD", "한강독자")]
)
def test_a_nickname_that_looks_like_anothers_is_refused(client: Client, reader: User, twin: str) -> None:
    assert "비슷해" in errors(sign_up(client, nickname=twin))["nickname"][0]


HOSTILE = [
    "한",
    "한" * 21,
    "x" * 300,
    "\0\0\0",
    "관\0",
    "🍎🍏🍊",
    "\u200b\u200b",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("nickname", HOSTILE)
def test_a_nickname_that_is_none_is_refused_and_everything_typed_is_kept(
    client: Client, nickname: str
) -> None:
    response = sign_up(client, nickname=nickname)
    assert list(errors(response)) == ["nickname"]
    assert response.context["form"]["nickname"].value() == nickname
    assert 'value="new@home.test"' in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "new",
        "new@",
        "a\0@home.test",
        "x" * 300 + "@home.test",
        "한글@홈",
        "a@b.c\r\nBcc: x@y.test",
        "🍎@home.test",
    ],
)
def test_an_address_that_is_none_is_refused(client: Client, address: str) -> None:
    assert list(errors(sign_up(client, email=address))) == ["email"]


def test_an_address_longer_than_the_database_holds_is_refused_not_cut(client: Client) -> None:
    address = "a@" + ".".join(["x" * 60] * 4) + ".home.test"
    assert 254 < len(address) <= 320
    assert "254" in errors(sign_up(client, email=address))["email"][0]


@pytest.mark.parametrize("password", ["short", "password", "12345678", "x\0yzxyzxyz", "새독자"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    assert "password1" in errors(sign_up(client, password1=password, password2=password))


def test_the_two_passwords_must_be_one(client: Client) -> None:
    assert list(errors(sign_up(client, password2="something else"))) == ["password2"]


def test_passwords_are_never_written_back_into_the_page(client: Client) -> None:
    assert PASSWORD not in sign_up(client, nickname="한").content.decode()


def test_a_nickname_may_be_typed_as_macos_does(client: Client) -> None:
    sign_up(client, nickname=unicodedata.normalize("NFD", "한강독자" * 5))
    assert User.objects.get().nickname == "한강독자" * 5


def test_no_field_is_cut_by_the_browser(client: Client) -> None:
    nickname = client.get(ADDRESS).context["form"]["nickname"].as_widget()
    assert "maxlength" not in nickname


@pytest.mark.parametrize(
    ("rival", "field"),
    [({"nickname": "새-독자"}, "nickname"), ({"email": "new@home.test", "nickname": "다른독자"}, "email")],
)
def test_of_two_at_once_the_second_gets_the_form_back(
    client: Client, monkeypatch: pytest.MonkeyPatch, rival: dict[str, str], field: str
) -> None:
    """The rival's row comes between the check and the write."""
    new_user = AccountAdapter.new_user

    def late(adapter: AccountAdapter, request: HttpRequest) -> User:
        make_user(**rival)
        return new_user(adapter, request)

    monkeypatch.setattr(AccountAdapter, "new_user", late)
    response = sign_up(client)
    assert list(errors(response)) == [field]
    assert User.objects.count() == 1


class BrokenMail(BaseEmailBackend):
    def send_messages(self, messages: list[Any]) -> int:
        raise ConnectionRefusedError


def test_an_account_is_opened_though_mail_is_broken(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    assert sign_up(client).status_code == 302
    assert User.objects.filter(email="new@home.test").exists()


def test_an_address_that_signs_up_too_often_has_to_wait(client: Client) -> None:
    answers = [sign_up(client, nickname="한") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert "요청" in answers[-1].content.decode()
