"""The edges: methods, NUL, proxies, hosts, languages, the second factor."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from newsroom import environment
from newsroom.middleware import trusted_proxies

SignIn = Callable[[Any], Client]


@pytest.fixture
def behind(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site behind one proxy of its own and a network of them."""
    monkeypatch.setenv("TRUSTED_PROXIES", "192.0.2.10,10.0.0.0/8,2001:db8:1::/48")
    settings.TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")


def seen(remote: str, **headers: str) -> tuple[str, str, list[str]]:
    """Address, scheme, and what is left of forwarded headers, as a view sees them."""
    found: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request)
        return HttpResponse()

    trusted_proxies(view)(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))
    request = found[0]
    return request.META["REMOTE_ADDR"], request.scheme, [name for name in request.META if "FORWARDED" in name]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "BREW"])
@pytest.mark.parametrize("path", ["/", "/healthz", "/accounts/login/", "/admin/", "/nowhere/"])
@pytest.mark.django_db
def test_unknown_methods_are_refused_everywhere(client: Client, method: str, path: str) -> None:
    response = client.generic(method, path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    "path", ["/\0", "/section/a%00b/", "/?q=a%00", "/accounts/login/?next=/%00", "/admin/?%00"]
)
@pytest.mark.django_db
def test_nul_in_an_address_is_a_malformed_request(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    ("chain", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:41234", "203.0.113.7"),
        ("2001:db8:9::7", "2001:db8:9::7"),
        ("[2001:db8:9::7]:41234", "2001:db8:9::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 10.1.1.1", "203.0.113.7"),
        ("203.0.113.7,10.1.1.1 , 2001:db8:1::5", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
        ("10.1.1.1, 10.1.1.2", "10.1.1.1"),
        ("garbage, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, garbage", "192.0.2.10"),
        ("203.0.113.7, garbage, 10.1.1.1", "10.1.1.1"),
        ("<script>", "192.0.2.10"),
        ("203.0.113.7,", "192.0.2.10"),
        ("", "192.0.2.10"),
    ],
)
@pytest.mark.usefixtures("behind")
def test_the_client_is_the_nearest_address_that_is_no_proxy_of_ours(chain: str, client: str) -> None:
    assert seen("192.0.2.10", **{"X-Forwarded-For": chain})[0] == client


@pytest.mark.parametrize(
    "remote", ["203.0.113.7", "192.0.2.11", "2001:db8:2::1", "", "unix:", "not an address"]
)
@pytest.mark.usefixtures("behind")
def test_nobody_else_is_believed(remote: str) -> None:
    headers = {
        "X-Forwarded-For": "10.1.1.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "for=10.1.1.1",
    }
    assert seen(remote, **headers) == (remote, "http", [])


@pytest.mark.parametrize("remote", ["192.0.2.10", "::ffff:192.0.2.10", "10.200.1.1", "2001:db8:1:5::1"])
@pytest.mark.usefixtures("behind")
def test_a_proxy_of_ours_names_the_scheme_and_never_the_host(remote: str) -> None:
    headers = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "HTTPS",
        "X-Forwarded-Host": "evil.example",
    }
    assert seen(remote, **headers) == ("203.0.113.7", "https", [])


@pytest.mark.django_db
@pytest.mark.usefixtures("behind", "publication")
def test_a_proxy_of_ours_keeps_a_public_page_for_the_rest_of_the_second(client: Client, frozen: Any) -> None:
    with frozen("2026-07-01T00:00:00.999Z"):
        ours = {path: client.get(path, REMOTE_ADDR="192.0.2.10") for path in ("/", "/accounts/login/")}
        anybody = client.get("/", REMOTE_ADDR="198.51.100.1")
    assert ours["/"]["X-Accel-Expires"] == "@1782864000"
    assert "X-Accel-Expires" not in ours["/accounts/login/"]
    assert "X-Accel-Expires" not in anybody


@pytest.mark.parametrize("scheme", ["", "ftp", "https,http", "https\0", "javascript"])
@pytest.mark.usefixtures("behind")
def test_a_scheme_that_is_none_changes_nothing(scheme: str) -> None:
    assert seen("192.0.2.10", **{"X-Forwarded-Proto": scheme})[1] == "http"


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/admin/"])
@pytest.mark.django_db
def test_a_foreign_host_gets_nothing_and_is_not_reflected(client: Client, path: str) -> None:
    response = client.get(path, headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


@pytest.mark.django_db
def test_a_forwarded_host_is_not_reflected(client: Client) -> None:
    response = client.get("/accounts/login/", headers={"X-Forwarded-Host": "evil.example"})
    assert response.status_code == 200
    assert b"evil.example" not in response.content


def language(page: bytes) -> str:
    return re.search(r'<html[^>]*\blang="(\w+)', page.decode())[1]


@pytest.mark.parametrize("path", ["/accounts/", "/admin/"])
def test_staff_read_admin_and_account_in_their_own_language(as_user: SignIn, desk: User, path: str) -> None:
    assert language(as_user(desk).get(path).content) == "ko"
    desk.language = "en"
    desk.save()
    assert language(as_user(desk).get(path).content) == "en"


def test_public_pages_have_the_papers_language_for_everybody(as_user: SignIn, desk: User) -> None:
    desk.language = "en"
    desk.save()
    assert language(as_user(desk).get("/", headers={"Accept-Language": "en"}).content) == "ko"


def test_a_second_factor_is_asked_of_staff_only_by_a_setting(as_user: SignIn, desk: User) -> None:
    assert as_user(desk).get("/admin/").status_code == 200


@pytest.fixture
def second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.usefixtures("second_factor")
def test_staff_without_a_second_factor_are_sent_to_set_it_up(as_user: SignIn, desk: User) -> None:
    client = as_user(desk)
    response = client.get("/admin/articles/article/", follow=True)
    assert response.redirect_chain == [("/accounts/2fa/", 302)]
    assert "2단계 인증이 필요합니다" in response.content.decode()


@pytest.mark.usefixtures("second_factor")
def test_staff_with_a_second_factor_go_in(as_user: SignIn, desk: User) -> None:
    TOTP.activate(desk, generate_totp_secret())
    assert as_user(desk).get("/admin/").status_code == 200


@pytest.mark.usefixtures("second_factor")
def test_the_second_factor_is_nothing_to_guests_and_readers(
    client: Client, as_user: SignIn, reader: User
) -> None:
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert as_user(reader).get("/admin/", follow=True).status_code == 403
    assert as_user(reader).get("/accounts/").status_code == 200
