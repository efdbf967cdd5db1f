"""The last step of a first log-in with a provider, which has just said who somebody is."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.kakao.provider import KakaoProvider
from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import User
from newsroom import environment
from newsroom.login import AccountAdapter
from tests.factories import make_user

# Whole transactions: on PostgreSQL a refused row would end the one around the test.
pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/accounts/3rdparty/signup/"


@pytest.fixture
def newcomer(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody whom the provider has named and the paper does not know."""
    monkeypatch.setenv("KAKAO_LOGIN", "an-id:a-secret")
    settings.SOCIALACCOUNT_PROVIDERS = environment.login_providers()
    monkeypatch.setitem(registry.provider_map, "kakao", KakaoProvider)
    login = SocialLogin(
        user=User(email="new@kakao.test"),
        account=SocialAccount(provider="kakao", uid="77", extra_data={}),
        provider=KakaoProvider(HttpRequest(), app=SocialApp(provider="kakao", client_id="an-id")),
    )
    session = client.session
    session["socialaccount_sociallogin"] = login.serialize()
    session.save()
    client.cookies["session"] = session.session_key
    return client


def sign_up(client: Client, nickname: str) -> HttpResponse:
    return client.post(ADDRESS, {"email": "new@kakao.test", "nickname": nickname})


def test_nobody_gets_there_without_a_provider(client: Client) -> None:
    assert client.get(ADDRESS)["Location"] == "/accounts/login/"


def test_the_form_asks_for_address_and_nickname_and_for_no_password(newcomer: Client) -> None:
    assert list(newcomer.get(ADDRESS).context["form"].fields) == ["email", "nickname"]


def test_the_account_is_opened_with_its_nickname(newcomer: Client) -> None:
    assert sign_up(newcomer, "카카오독자")["Location"] == "/accounts/"
    reader = User.objects.get(email="new@kakao.test")
    assert (reader.nickname, reader.has_usable_password()) == ("카카오독자", False)
    assert newcomer.get("/accounts/").status_code == 200


def test_a_taken_nickname_gets_the_form_back(newcomer: Client, reader: User) -> None:
    assert list(sign_up(newcomer, "한강-독자").context["form"].errors) == ["nickname"]
    assert sign_up(newcomer, "카카오독자").status_code == 302


def test_a_nickname_taken_in_this_very_moment_gets_the_form_back(
    newcomer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_user = AccountAdapter.save_user

    def late(adapter: AccountAdapter, request: HttpRequest, *args: object, **kwargs: object) -> User:
        monkeypatch.setattr(AccountAdapter, "save_user", save_user)
        make_user(nickname="카카오독자")
        return save_user(adapter, request, *args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "save_user", late)
    assert list(sign_up(newcomer, "카카오독자").context["form"].errors) == ["nickname"]
    assert sign_up(newcomer, "카카오손님").status_code == 302
