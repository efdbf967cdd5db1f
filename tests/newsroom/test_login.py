"""Log-in, log-out, passwords, addresses, the second factor: the ways in and what guards them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
ADDRESS = "/accounts/login/"


def log_in(client: Client, person: User | str, password: str = PASSWORD, **fields: str) -> HttpResponse:
    email = person if isinstance(person, str) else person.email
    return client.post(ADDRESS, {"login": email, "password": password, **fields})


def link(message: mail.EmailMessage) -> str:
    """The path of the one link in a mail."""
    return re.search(r"http://testserver(/accounts/\S+)", message.body)[1]


def code(secret: str) -> str:
    """What the authenticator app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def test_staff_go_to_the_newsroom_and_readers_to_their_account(
    as_user: SignIn, desk: User, reader: User
) -> None:
    assert log_in(Client(), desk)["Location"] == "/admin/"
    assert log_in(Client(), reader)["Location"] == "/accounts/"


def test_who_is_in_already_is_sent_on(as_user: SignIn, desk: User, reader: User) -> None:
    assert as_user(desk).get(ADDRESS)["Location"] == "/admin/"
    assert as_user(reader).get(ADDRESS)["Location"] == "/accounts/"


@pytest.mark.parametrize("path", ["/news/1/", "/accounts/email/", "/?q=한국", "/news/1/#comments"])
def test_log_in_leads_on_to_an_own_page(client: Client, reader: User, path: str) -> None:
    assert log_in(client, reader, next=path).url.split("#")[0] != "/accounts/"


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example/",
    "http://testserver/news/1/",
    "javascript:alert(1)",
    "evil.example",
    "%2F%2Fevil.example",
    "/" + "x" * 5000,
    " //evil.example",
    "\0",
]


@pytest.mark.parametrize("path", FOREIGN)
def test_log_in_leads_nowhere_else(client: Client, reader: User, path: str) -> None:
    assert log_in(client, reader, next=path)["Location"] == "/accounts/"


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/"])
def test_log_out_leads_nowhere_else(as_user: SignIn, reader: User, path: str) -> None:
    assert as_user(reader).post("/accounts/logout/", {"next": path})["Location"] == "/"


def test_a_line_break_in_next_makes_no_header(client: Client, reader: User) -> None:
    response = log_in(client, reader, next="/a\r\nSet-Cookie: x=1")
    assert "x" not in response.cookies
    assert "\n" not in response["Location"]


def test_the_admins_log_in_is_the_papers(client: Client) -> None:
    response = client.get("/admin/articles/article/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/articles/article/"
    assert response.templates[0].name == "account/login.html"


def test_who_has_no_role_is_told_so_and_not_sent_in_circles(as_user: SignIn, reader: User) -> None:
    response = as_user(reader).get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1
    assert log_in(Client(), reader, next="/admin/")["Location"] == "/admin/"


def test_an_address_logs_in_in_any_case(client: Client) -> None:
    make_user("Kim@Paper.Test")
    assert log_in(client, "KIM@paper.TEST").status_code == 302


def test_the_session_is_a_new_one_after_log_in(client: Client, reader: User) -> None:
    session = client.session
    session["typed"] = "before"
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    log_in(client, reader)
    assert client.session.session_key != before


def test_the_browser_forgets_unless_it_is_asked_to_remember(client: Client, reader: User) -> None:
    assert not log_in(client, reader).cookies["session"]["max-age"]
    assert log_in(Client(), reader, remember="on").cookies["session"]["max-age"] > 24 * 3600


def test_a_closed_account_is_told_so_only_with_the_right_password(client: Client) -> None:
    gone = make_user(is_active=False)
    assert log_in(client, gone)["Location"] == "/accounts/inactive/"
    assert log_in(Client(), gone, "wrong").context["form"].non_field_errors()
    assert client.get("/accounts/inactive/").status_code == 200
    assert client.get("/accounts/").status_code == 302


def test_known_and_unknown_addresses_get_one_answer(client: Client, reader: User) -> None:
    known, unknown = (
        log_in(Client(), address, "wrong").content.decode().replace(address, "")
        for address in (reader.email, "nobody@home.test")
    )
    hide = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert hide.sub("", known) == hide.sub("", unknown)


def test_known_and_unknown_addresses_cost_one_hash_each(
    client: Client, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    log_in(client, reader, "wrong one")
    log_in(client, "nobody@home.test", "wrong two")
    assert hashed == ["wrong one", "wrong two"]


def test_after_five_wrong_passwords_the_account_waits(client: Client, reader: User) -> None:
    for _ in range(5):
        assert "맞지 않습니다" in log_in(client, reader, "wrong").content.decode()
    response = log_in(client, reader)
    assert response.status_code == 200
    assert "5분 뒤에" in response.content.decode()
    assert log_in(Client(REMOTE_ADDR="192.0.2.9"), reader).status_code == 200


def test_an_address_that_asks_too_often_gets_429(client: Client) -> None:
    answers = [log_in(client, f"nobody{number}@home.test", "").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]


def test_the_limit_is_the_clients_not_the_proxys(client: Client) -> None:
    """Nobody's X-Forwarded-For is believed, so writing one makes no new client."""
    answers = [
        client.post(ADDRESS, {}, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(31)
    ]
    assert answers[-1] == 429


@pytest.mark.parametrize("typed", ["\0", "x" * 300, "🍎", "no address", "a@b.c\0"])
def test_whatever_is_typed_at_log_in_gets_the_form_back(client: Client, typed: str) -> None:
    assert log_in(client, typed, typed).status_code == 200


def test_log_out_asks_first_and_is_done_by_post(as_user: SignIn, reader: User) -> None:
    client = as_user(reader)
    assert "로그아웃하시겠습니까" in client.get("/accounts/logout/").content.decode()
    assert client.get("/accounts/").status_code == 200
    response = client.post("/accounts/logout/")
    assert response["Location"] == "/"
    assert client.get("/accounts/").status_code == 302


def test_a_forgotten_password_is_set_anew_by_mail(client: Client, reader: User) -> None:
    client.post("/accounts/password/reset/", {"email": reader.email})
    form = client.get(link(mail.outbox[0]), follow=True)
    new = "a new and long password"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert log_in(Client(), reader, new).status_code == 302
    assert "새 링크" in client.get(link(mail.outbox[0])).content.decode()


def test_a_password_for_an_unknown_address_answers_alike_and_says_so_in_the_mail_only(
    client: Client, reader: User
) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": address})["Location"]
        for address in (reader.email, "nobody@home.test")
    ]
    assert answers[0] == answers[1] == "/accounts/password/reset/done/"
    assert [message.to for message in mail.outbox] == [[reader.email], ["nobody@home.test"]]


def test_mail_names_the_paper_and_leads_to_its_address_whatever_host_was_asked(
    client: Client, reader: User, publication: Any, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "backend.internal"]
    client.post("/accounts/password/reset/", {"email": reader.email}, headers={"Host": "backend.internal"})
    message = mail.outbox[0]
    assert message.subject == "[시험신문] 비밀번호 새로 설정"
    assert "http://testserver/accounts/" in message.body
    assert "backend.internal" not in message.body


@pytest.mark.parametrize("key", ["1-abc", "zzz-set-password", "1-" + "x" * 3000])
def test_a_made_up_link_for_a_new_password_opens_nothing(client: Client, key: str) -> None:
    response = client.get(f"/accounts/password/reset/key/{key}/")
    assert "password1" not in response.content.decode()
    assert response.status_code == 200


def test_a_changed_password_ends_every_other_session(as_user: SignIn, reader: User) -> None:
    here, elsewhere = as_user(reader), as_user(reader)
    new = "a new and long password"
    response = here.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response["Location"] == "/accounts/"
    assert "비밀번호를 변경했습니다" in here.get("/accounts/").content.decode()
    assert elsewhere.get("/accounts/").status_code == 302


def ask(client: Client, address: str) -> HttpResponse:
    """Asks for another address, with the password on the way."""
    asked = client.post("/accounts/email/", {"email": address, "action_add": ""})
    return client.post(asked["Location"], {"password": PASSWORD}, follow=True)


@pytest.fixture
def home(reader: User) -> Client:
    """The reader's browser, logged in as people do it."""
    client = Client()
    log_in(client, reader)
    return client


def test_another_address_counts_once_it_is_confirmed(home: Client, reader: User) -> None:
    ask(home, "other@home.test")
    reader.refresh_from_db()
    assert reader.email == "reader@home.test"
    assert home.get(link(mail.outbox[-1])).status_code == 200
    done = home.post(link(mail.outbox[-1]), follow=True)
    assert "이메일 주소를 확인했습니다: other@home.test" in done.content.decode()
    reader.refresh_from_db()
    assert reader.email == "other@home.test"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("other@home.test", True)]


def test_a_second_thought_takes_the_place_of_the_first(home: Client, reader: User) -> None:
    ask(home, "other@home.test")
    ask(home, "third@home.test")
    assert set(EmailAddress.objects.values_list("email", flat=True)) == {reader.email, "third@home.test"}
    home.post("/accounts/email/", {"email": "third@home.test", "action_remove": ""})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [reader.email]


def test_the_address_in_use_cannot_be_removed(home: Client, reader: User) -> None:
    ask(home, "other@home.test")
    home.post("/accounts/email/", {"email": reader.email, "action_remove": ""})
    reader.refresh_from_db()
    assert reader.email == "reader@home.test"
    assert EmailAddress.objects.filter(email=reader.email).exists()


@pytest.mark.parametrize(
    "typed", ["", "no address", "a\0@b.test", "x" * 300 + "@home.test", "reader@home.test"]
)
def test_an_address_that_is_none_or_ones_own_is_refused(home: Client, typed: str) -> None:
    response = home.post("/accounts/email/", {"email": typed, "action_add": ""})
    assert response.context["form"].errors["email"]


def test_the_address_of_another_account_is_refused(home: Client, stranger: User) -> None:
    response = home.post("/accounts/email/", {"email": stranger.email.upper(), "action_add": ""})
    assert "이미 가입된" in response.context["form"].errors["email"][0]


def test_an_address_taken_meanwhile_is_not_taken_over(home: Client, reader: User) -> None:
    ask(home, "other@home.test")
    make_user("other@home.test")
    done = home.post(link(mail.outbox[-1]), follow=True)
    assert "다른 계정에서 쓰고 있는 주소" in done.content.decode()
    reader.refresh_from_db()
    assert reader.email == "reader@home.test"


def test_an_important_change_asks_for_the_password_again(as_user: SignIn, reader: User) -> None:
    response = as_user(reader).post("/accounts/email/", {"email": "other@home.test", "action_add": ""})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not mail.outbox


@pytest.mark.parametrize("key", ["abc", "MQ:1:2", "x" * 500])
def test_a_made_up_link_confirms_nothing(client: Client, key: str) -> None:
    response = client.get(f"/accounts/confirm-email/{key}/")
    assert response.status_code == 200
    assert "기한이 지났거나" in response.content.decode()
    assert client.post(f"/accounts/confirm-email/{key}/").status_code == 404


def test_a_second_factor_guards_the_log_in(client: Client, desk: User) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(desk, secret)
    assert log_in(client, desk, next="/admin/articles/article/")["Location"].startswith(
        "/accounts/2fa/authenticate/"
    )
    assert client.get("/admin/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "맞지 않거나" in wrong.content.decode()
    assert (
        client.post("/accounts/2fa/authenticate/", {"code": code(secret)})["Location"]
        == "/admin/articles/article/"
    )


def test_a_second_factor_is_set_up_and_switched_off_by_its_owner(
    home: Client, reader: User, publication: Any
) -> None:
    EmailAddress.objects.filter(user=reader).update(verified=True)
    activate = "/accounts/2fa/totp/activate/"
    home.post(home.get(activate)["Location"], {"password": PASSWORD})
    page = home.get(activate)
    assert "issuer=%EC%8B%9C%ED%97%98%EC%8B%A0%EB%AC%B8" in page.context["totp_url"]
    assert "맞지 않거나" in home.post(activate, {"code": "x"}).content.decode()
    secret = home.get(activate).context["form"].secret
    done = home.post(activate, {"code": code(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == "/accounts/2fa/recovery-codes/"
    assert len(re.findall(r"<li><code>", done.content.decode())) == 10
    assert home.get("/accounts/2fa/recovery-codes/download/")["Content-Type"] == "text/plain"
    assert home.get("/accounts/2fa/recovery-codes/generate/").status_code == 200
    assert home.get("/accounts/2fa/totp/deactivate/").status_code == 200
    assert home.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert "설정되어 있지 않습니다" in home.get("/accounts/2fa/").content.decode()


def test_a_second_factor_needs_a_confirmed_address(home: Client, reader: User) -> None:
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True)
    response = home.get("/accounts/2fa/totp/activate/", follow=True)
    assert "먼저 이메일 주소를 확인" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_plain_words(reader: User) -> None:
    response = log_in(Client(enforce_csrf_checks=True), reader)
    assert response.status_code == 403
    assert response.templates[0].name == "403_csrf.html"
