"""What deploy/ says twice is the same both times, and names only what there is."""

import re

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
