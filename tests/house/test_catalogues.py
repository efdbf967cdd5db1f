"""Every text a person reads is there in Korean and in English, and compiled."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house.files import APPS, ROOT

LANGUAGES = ("ko", "en")
DOMAINS = ("django", "djangojs")


def catalogue(language: str, domain: str, suffix: str = "po") -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.{suffix}"


def keys(entries: list[polib.POEntry]) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in entries if not entry.obsolete}


@pytest.fixture(scope="module", params=DOMAINS)
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list]:
    """A domain, and what makemessages finds for it in a copy of the sources."""
    if shutil.which("xgettext") is None:
        pytest.skip("no gettext on this machine: apt install gettext")
    copy = tmp_path_factory.mktemp("sources")
    for folder in (*APPS, "templates", "static"):
        if (ROOT / folder).is_dir():
            shutil.copytree(
                ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.po")
            )
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "ko", "--domain", request.param]
    result = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    found = copy / "locale" / "ko" / "LC_MESSAGES" / f"{request.param}.po"
    return request.param, list(polib.pofile(str(found))) if found.exists() else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(texts: tuple[str, list[polib.POEntry]], language: str) -> None:
    domain, found = texts
    path = catalogue(language, domain)
    translated = [entry for entry in polib.pofile(str(path)) if entry.translated()] if path.exists() else []
    assert sorted(keys(found) - keys(translated), key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_fuzzy_or_empty(domain: str, language: str) -> None:
    path = catalogue(language, domain)
    if path.exists():
        entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_compiled_catalogue_is_up_to_date(domain: str, language: str) -> None:
    source, compiled = catalogue(language, domain), catalogue(language, domain, "mo")
    assert source.exists() == compiled.exists()
    if source.exists():
        written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.pofile(str(source))}
        read = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(compiled))}
        assert read == written
