"""What the environment may say, and what it gets for an answer where it is wrong."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from articles import embeds
from newsroom import environment

LONG = "k" * environment.SECRET_MIN_LENGTH


def secret(kept_in: Path, *, debug: bool = False, demo: bool = False) -> str:
    return environment.secret_key(debug=debug, demo=demo, kept_in=kept_in / "var" / "secret")


@pytest.mark.parametrize("key", ["", "short", LONG[1:], environment.DEMO_SECRET_PREFIX + LONG])
def test_production_refuses_a_missing_short_or_demo_secret(
    key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="Make one with"):
        secret(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_production_takes_a_long_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", LONG)
    assert secret(tmp_path) == LONG


@pytest.mark.parametrize("mode", ["debug", "demo"])
def test_a_demo_makes_its_secret_once_for_its_owner_only(
    mode: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SECRET_KEY")
    first = secret(tmp_path, **{mode: True})
    assert secret(tmp_path, **{mode: True}) == first
    assert first.startswith(environment.DEMO_SECRET_PREFIX)
    kept = tmp_path / "var" / "secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_the_demo_secret_is_refused_in_production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY", secret(tmp_path, demo=True))
    with pytest.raises(ImproperlyConfigured):
        secret(tmp_path)


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path\nfrom newsroom import environment\n"
        f"print(environment.secret_key(debug=False, demo=True, kept_in=Path({str(tmp_path)!r}) / 'secret'))"
    )
    starting = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env={})
        for _ in range(4)
    ]
    said = {process.communicate()[0].strip() for process in starting}
    assert said == {(tmp_path / "secret").read_text()}


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://paper.example", "https://paper.example"),
        ("https://Paper.Example/", "https://paper.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("", "http://default.example"),
    ],
)
def test_the_sites_address_is_a_scheme_and_a_host(
    given: str, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", given)
    assert environment.site_url("http://default.example") == taken


@pytest.mark.parametrize(
    "given",
    [
        "paper.example",
        "ftp://paper.example",
        "https://",
        "https://paper.example/news",
        "https://paper.example?x=1",
        "https://paper.example#x",
        "https://user:word@paper.example",
        "https://paper.example:99999",
        "https://[::1",
    ],
)
def test_anything_else_is_refused_as_the_sites_address(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", given)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.site_url("http://default.example")


def test_proxies_are_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1, 10.1.2.3/8, 2001:db8::/32")
    assert [str(found) for found in environment.networks("TRUSTED_PROXIES")] == [
        "127.0.0.1/32",
        "10.0.0.0/8",
        "2001:db8::/32",
    ]


def test_a_proxy_that_is_no_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8,nginx")
    with pytest.raises(ImproperlyConfigured, match="'nginx'"):
        environment.networks("TRUSTED_PROXIES")


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", None),
        ("smtp://mail.example", environment.Mail("mail.example", 25)),
        ("smtp+tls://me:p%40ss@mail.example", environment.Mail("mail.example", 587, "me", "p@ss", tls=True)),
        ("smtps://me:x@mail.example:4650", environment.Mail("mail.example", 4650, "me", "x", ssl=True)),
    ],
)
def test_mail_goes_where_the_address_says(
    given: str, taken: environment.Mail | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", given)
    assert environment.mail("EMAIL_URL") == taken


@pytest.mark.parametrize("given", ["mail.example", "https://mail.example", "smtp://"])
def test_mail_to_nowhere_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", given)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        environment.mail("EMAIL_URL")


def test_no_provider_is_offered_by_default() -> None:
    assert environment.login_providers() == {}


def test_a_provider_is_offered_where_its_variable_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAKAO_LOGIN", "an-id:a:secret")
    monkeypatch.setenv("NAVER_LOGIN", "only-an-id")
    providers = environment.login_providers()
    assert providers["kakao"]["APPS"] == [{"client_id": "an-id", "secret": "a:secret", "key": ""}]
    assert providers["naver"]["APPS"][0]["secret"] == ""
    assert set(providers) == {"kakao", "naver"}


def test_a_provider_without_its_id_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_LOGIN", ":secret")
    with pytest.raises(ImproperlyConfigured, match="GOOGLE_LOGIN"):
        environment.login_providers()


@pytest.mark.parametrize(
    ("given", "taken"), [("1", True), ("Yes", True), ("", False), ("0", False), ("no", False)]
)
def test_a_flag_is_on_or_off(given: str, taken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", given)
    assert environment.flag("DEMO") is taken


def test_embeds_are_all_of_the_table_some_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, expected in {
        "": list(embeds.PROVIDERS),
        "none": [],
        "vimeo, youtube": ["youtube", "vimeo"],
    }.items():
        monkeypatch.setenv("EMBEDS", value)
        assert environment.embed_providers() == expected
    for wrong in ("youtube,nowhere", "none,youtube", "YouTube"):
        monkeypatch.setenv("EMBEDS", wrong)
        with pytest.raises(ImproperlyConfigured, match="is no provider"):
            environment.embed_providers()


def test_a_choice_is_one_of_the_known_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    assert environment.choice("LOG_FORMAT", "line", "json") == "line"
    monkeypatch.setenv("LOG_FORMAT", "json")
    assert environment.choice("LOG_FORMAT", "line", "json") == "json"
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT must be one of line, json"):
        environment.choice("LOG_FORMAT", "line", "json")
