"""What the Content-Security-Policy, other visitors' caches and screen readers ask of every template."""

import re
from pathlib import Path

import pytest

from tests.house.files import files, name

# Our own templates of the admin follow the admin's looser policy.
STAFF = ("admin/",)
# A script element with data (JSON-LD, JSON) runs nothing.
INLINE_SCRIPT = re.compile(
    r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE)
BUTTON_WITHOUT_TYPE = re.compile(r"<button\b(?![^>]*\btype=)", re.IGNORECASE)
THIRD_PARTY = re.compile(
    r"<(?:script|link|img|source|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//", re.IGNORECASE
)
# What the template engine reads and no browser.
NOT_HTML = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}|{%.*?%}", re.DOTALL)


def templates() -> list[Path]:
    return files(".html", under="templates")


def public() -> list[Path]:
    return [path for path in templates() if not name(path).removeprefix("templates/").startswith(STAFF)]


def hits(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        for match in pattern.finditer(NOT_HTML.sub("", path.read_text(encoding="utf-8"))):
            found.append(f"{name(path)}: {match.group()[:80]}")
    return found


@pytest.mark.parametrize("pattern", [INLINE_SCRIPT, INLINE_STYLE, EVENT_ATTRIBUTE, THIRD_PARTY])
def test_public_templates_run_and_fetch_nothing_of_their_own(pattern: re.Pattern[str]) -> None:
    assert hits(pattern, public()) == []


def test_every_button_has_a_type() -> None:
    assert hits(BUTTON_WITHOUT_TYPE, templates()) == []


def test_nothing_is_marked_safe_in_templates() -> None:
    """`|safe` is for the two texts that were sanitised when they were saved, named body and lead."""
    found = hits(re.compile(r"{{[^}]*\|\s*safe\b[^}]*}}"), templates())
    assert [hit for hit in found if not re.search(r"{{\s*(?:body|lead|page\.body)\s*\|safe\s*}}", hit)] == []
