"""What deploy/ says twice is the same both times, and names only what there is."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.utils.translation import gettext, override

from tests.house.files import ROOT

DEPLOY = ROOT / "deploy"


def granian_flags(text: str) -> set[str]:
    """The flags of the web server's command; other commands' flags stand after another program."""
    command = text[text.index("granian") : text.index("newsroom.wsgi:application")]
    return set(re.findall(r"--[a-z0-9-]+(?:=[^\s\\]+)?", command))


def test_containers_serve_as_services_do() -> None:
    unit = granian_flags((DEPLOY / "systemd" / "newsroom-web.service").read_text())
    assert {"--respawn-failed-workers", "--workers=2", "--port=8000"} <= unit
    assert granian_flags((DEPLOY / "compose" / "compose.yaml").read_text()) == unit


def test_the_servers_settings_are_settings_of_the_paper() -> None:
    known = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    used = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "newsroom.env.example").read_text(), re.MULTILINE))
    assert used - known == {"PYTHONUNBUFFERED", "MALLOC_ARENA_MAX"}
    assert {"SECRET_KEY", "SITE_URL", "DATABASE_URL", "TRUSTED_PROXIES"} <= used


def test_the_image_holds_every_app() -> None:
    image = (DEPLOY / "compose" / "Dockerfile").read_text()
    copied = set(re.findall(r"^COPY ([a-z]+) \1$", image, re.MULTILINE))
    wanted = {"publication", "accounts", "articles", "comments", "newsroom", "templates", "static", "locale"}
    assert copied == wanted
    assert {"manage.py", "LICENSE", "requirements.txt"} <= {path.name for path in ROOT.iterdir()}


def test_the_guide_names_files_that_exist() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text()
    named = set(re.findall(r"\bdeploy/[A-Za-z0-9_./-]*[A-Za-z0-9]", guide))
    assert [path for path in named if not (ROOT / path).exists() and not list(ROOT.glob(path + "*"))] == []


# The words are those of the paper's own pages.
SAID = {
    "413": ("What you sent is too large", "Please make the file or the text smaller and send it again."),
    "429": ("Too many requests in a short time", "Please wait a moment and try again."),
    "503": (
        "We will be back in a moment",
        "The site is being maintained or is very busy. Please try again in a little while.",
    ),
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("code", SAID)
def test_nginx_says_what_the_paper_says_and_asks_nobody_else(code: str, language: str) -> None:
    page = (DEPLOY / "nginx" / "errors" / f"{code}.{language}.html").read_text()
    with override(language):
        heading, text, way = (gettext(words) for words in (*SAID[code], "To the front page"))
    assert f'<html lang="{language}">' in page
    assert f'<p class="code">{code}</p>\n<h1>{heading}</h1>\n<p>{text}</p>\n<a href="/">{way}</a>' in page
    assert not re.search(r"https?:|//|url\(|@import|<script|<img|<link|style=", page)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    allowed = f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    assert allowed in (DEPLOY / "nginx" / "snippets" / "newsroom-said.conf").read_text()
    assert len(page.encode()) < 2_000
