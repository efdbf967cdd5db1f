"""What stands on the envelope: for every kind of answer, whoever asks."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from csp.middleware import CSPMiddleware
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, make_photo, make_published_article, make_reporter, make_section
from tests.house.files import ROOT

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
UNSAFE = ("unsafe", "data:", "blob:", "*", "http:", "nonce-")


@pytest.fixture
def public_paths(publication: Any) -> list[str]:
    """One address of each kind that readers are sent."""
    section, reporter = make_section(slug="society"), make_reporter()
    article = make_published_article(section=section, by=reporter, tags=("도시",))
    return ["/", "/section/society/", "/tag/도시/", f"/reporter/{reporter.pk}/", article.get_absolute_url()]


# What is for nobody's cache, with the status a guest gets.
PRIVATE = {
    "/accounts/login/": 200,
    "/accounts/signup/": 200,
    "/accounts/password/reset/": 200,
    "/accounts/": 302,
    "/accounts/logout/": 302,
    "/accounts/nowhere/": 404,
    "/admin/": 302,
    "/admin/articles/article/1/change/": 302,
    "/nowhere/": 404,
    "/news/999999/": 404,
    "/?%00": 400,
    "/healthz": 200,
    "/readyz": 503,
}


def directives(policy: str) -> dict[str, str]:
    return {name: rest for name, _space, rest in (part.strip().partition(" ") for part in policy.split(";"))}


def check_common(response: Any, *, used_by: str = "same-origin") -> None:
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == used_by
    assert "camera=()" in response["Permissions-Policy"]
    policy = directives(response["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "Server" not in response
    assert "X-Powered-By" not in response


def test_public_pages_are_the_same_bytes_for_everybody(
    client: Client, as_user: SignIn, reader: User, manager: User, public_paths: list[str]
) -> None:
    visitors = [client, as_user(reader), as_user(manager)]
    for path in public_paths:
        pages = [
            visitor.get(path, headers={"Accept-Language": "en", "Cookie": "a=b"}) for visitor in visitors
        ]
        assert [page.status_code for page in pages] == [200] * 3, path
        assert pages[0].content == pages[1].content == pages[2].content, path


def test_public_pages_may_be_kept_by_shared_caches(
    as_user: SignIn, manager: User, public_paths: list[str]
) -> None:
    client = as_user(manager)
    for path in public_paths:
        response = client.get(path)
        assert response["Cache-Control"].startswith("public"), path
        assert "Cookie" not in response.get("Vary", ""), path
        assert not response.cookies, path


def test_public_pages_run_and_fetch_nothing_but_their_own(client: Client, public_paths: list[str]) -> None:
    for path in public_paths:
        response = client.get(path)
        check_common(response)
        policy = directives(response["Content-Security-Policy"])
        assert not [word for word in UNSAFE if any(word in rest for rest in policy.values())], path
        # Frames of the embeds' hosts, in an article only: tests/articles/test_embeds.py.
        assert (policy.pop("frame-src", "") != "") == path.startswith("/news/")
        assert set(policy.values()) == {"'none'", "'self'"}


def test_the_kept_text_of_a_policy_is_the_one_that_django_csp_would_write(
    client: Client, public_paths: list[str]
) -> None:
    for path in [*public_paths, "/accounts/login/", "/nowhere/"]:
        for _again in range(2):
            response = client.get(path)
            written = response["Content-Security-Policy"]
            del response["Content-Security-Policy"]
            CSPMiddleware(client.get).process_response(response.wsgi_request, response)
            assert response["Content-Security-Policy"] == written, path


@pytest.mark.parametrize("path", PRIVATE)
def test_every_other_answer_is_private_and_says_so(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == PRIVATE[path]
    assert response["Cache-Control"] == "private, no-store"
    check_common(response)


@pytest.mark.parametrize("method", ["TRACE", "PUT"])
def test_a_refusal_at_the_edge_carries_every_header(client: Client, method: str) -> None:
    response = client.generic(method, "/")
    assert response["Cache-Control"] == "private, no-store"
    check_common(response)


def test_a_foreign_host_gets_every_header(client: Client) -> None:
    response = client.get("/", headers={"Host": "evil.example"})
    assert response["Cache-Control"] == "private, no-store"
    check_common(response)


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/email/", "/admin/", "/admin/articles/article/"])
def test_what_staff_see_is_private(as_user: SignIn, manager: User, path: str) -> None:
    response = as_user(manager).get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    check_common(response)


def test_account_pages_have_the_readers_policy(client: Client) -> None:
    policy = directives(client.get("/accounts/login/")["Content-Security-Policy"])
    assert set(policy.values()) == {"'none'", "'self'"}


def test_the_admin_runs_no_script_that_is_not_ours_or_named_by_a_nonce(
    as_user: SignIn, manager: User
) -> None:
    client = as_user(manager)
    for path in ("/admin/", "/admin/articles/article/add/"):
        response = client.get(path)
        scripts = directives(response["Content-Security-Policy"])["script-src"]
        assert "unsafe" not in scripts
        for tag in re.findall(r"<script\b[^>]*>", response.content.decode()):
            assert "src=" in tag or "nonce=" in tag or "application/json" in tag, tag


def test_a_nonce_is_used_once(as_user: SignIn, manager: User) -> None:
    client = as_user(manager)
    found = [client.get("/admin/articles/article/add/")["Content-Security-Policy"] for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']{16,})'", policy)[1] for policy in found]
    assert nonces[0] != nonces[1]


def test_pictures_are_public_and_taken_for_nothing_else(client: Client) -> None:
    response = client.get(make_photo().preview_url)
    response.close()
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    assert response["Content-Type"] == "image/jpeg"
    # Reader programs on other sites show the pictures of our feeds.
    check_common(response, used_by="cross-origin")


def test_cookies_are_for_the_server_only(client: Client, reader: User) -> None:
    client.get("/accounts/login/")
    response = client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    assert response.cookies["session"]["httponly"]
    assert response.cookies["session"]["samesite"] == "Lax"
    assert client.cookies["csrf"]["httponly"]


PROGRAM = """
import json, django
django.setup()
from django.test import Client
client = Client()
answer = {}
for scheme in ("http", "https"):
    response = client.get("/accounts/login/", headers={"Host": "paper.example"}, secure=scheme == "https")
    answer[scheme] = {"status": response.status_code, **dict(response.headers)}
    answer[scheme]["cookies"] = {name: dict(morsel) for name, morsel in response.cookies.items()}
    answer[scheme]["page"] = response.content.decode()
answer["login"] = {}
for path in ("/accounts/password/reset/", "/accounts/kakao/login/"):
    response = client.get(path, headers={"Host": "paper.example"}, secure=True)
    answer[path] = {"status": response.status_code, **dict(response.headers)}
print(json.dumps(answer))
"""


@pytest.fixture(scope="module")
def in_production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Answers of a site with an https address and a provider, in a process of its own."""
    folder = tmp_path_factory.mktemp("production")
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SECRET_KEY": "k" * 60,
        "SITE_URL": "https://paper.example",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
        "KAKAO_LOGIN": "an-id:a-secret",
    }
    manage = [sys.executable, str(Path(ROOT) / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity=0"], env=environment, check=True, cwd=ROOT)
    static = "from newsroom import settings; settings.STORAGES['staticfiles']['BACKEND'] = "
    static += "'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    run = subprocess.run(
        [sys.executable, "-c", static + PROGRAM],
        env=environment,
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


def test_https_is_demanded_and_remembered(in_production: dict[str, Any]) -> None:
    assert in_production["http"]["status"] == 301
    assert in_production["http"]["Location"] == "https://paper.example/accounts/login/"
    assert re.match(
        r"max-age=31536000; includeSubDomains", in_production["https"]["Strict-Transport-Security"]
    )


def test_with_https_cookies_are_bound_to_this_host(in_production: dict[str, Any]) -> None:
    cookies = in_production["https"]["cookies"]
    assert set(cookies) == {"__Host-csrf"}
    for cookie in cookies.values():
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")


def test_a_provider_that_is_set_up_has_a_button_that_posts(in_production: dict[str, Any]) -> None:
    page = in_production["https"]["page"]
    assert re.search(r'<form method="post" action="/accounts/kakao/login/\?process=login">', page)
    assert "kakao.com" not in page
    assert "naver" not in page


def test_only_the_pages_with_the_button_may_lead_to_the_provider(in_production: dict[str, Any]) -> None:
    way = "'self' https://kauth.kakao.com https://accounts.kakao.com"
    for path, allowed in {
        "https": way,
        "/accounts/kakao/login/": way,
        "/accounts/password/reset/": "'self'",
    }.items():
        assert in_production[path]["status"] == 200
        assert directives(in_production[path]["Content-Security-Policy"])["form-action"] == allowed


def test_without_a_provider_there_is_no_button(client: Client) -> None:
    assert "providers" not in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/kakao/login/").status_code == 404
