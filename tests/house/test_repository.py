"""What no file of the repository may hold, and what must stand beside what."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from newsroom import environment
from tests.house.files import ROOT, files, name

TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".in",
    ".txt",
    ".yml",
    ".yaml",
    ".conf",
    ".svg",
    ".json",
}
# A machine's own folders, and options that name where packages come from.
FOREIGN = re.compile(r"/(?:root|home/[a-z]+|work|Users)/|--(?:extra-)?index-url|--find-links")
THIS_FILE = Path(__file__).resolve()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def test_no_machine_paths_and_no_package_sources() -> None:
    found = []
    for path in tracked():
        is_text = path.suffix in TEXT or path.name in {"Makefile", "run", "venv"}
        if not is_text or path in {THIS_FILE, ROOT / "Makefile"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{name(path)}:{number} {line.strip()[:80]}")
    assert found == []


def test_nothing_made_or_secret_is_tracked() -> None:
    made = re.compile(r"^(?:\.venv|var|node_modules)/|\.sqlite3|^\.env$|__pycache__")
    assert [name(path) for path in tracked() if made.search(name(path))] == []


@pytest.mark.parametrize("source", ["requirements.in", "requirements-dev.in", "tests/judge/requirements.in"])
def test_every_requirement_has_a_reason(source: str) -> None:
    lines = [line for line in (ROOT / source).read_text().splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.search(r"\s# \w.{8,}", line)] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "tests/judge/requirements.txt"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_judges_node_packages_are_locked_without_an_address() -> None:
    lock = json.loads((ROOT / "tests/judge/package-lock.json").read_text())["packages"]
    lock.pop("")
    assert [path for path, one in lock.items() if "resolved" in one or not one.get("integrity")] == []


def test_the_locks_agree() -> None:
    """Tests run on exactly the versions that the paper runs on."""
    pins = {
        lock: set(re.findall(r"^[a-z0-9][\w.-]*==[^\s;]+", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in ("requirements.txt", "requirements-dev.txt")
    }
    assert pins["requirements.txt"] - pins["requirements-dev.txt"] == set()


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {"utils.py", "services.py", "helpers.py", "misc.py", "common.py"}
    assert [name(path) for path in files(".py") if path.name in names] == []


def test_environment_example_names_every_variable() -> None:
    """A variable that settings.py reads stands in .env.example, and no other does."""
    settings = (ROOT / "newsroom/settings.py").read_text(encoding="utf-8")
    source = (ROOT / "newsroom/environment.py").read_text(encoding="utf-8")
    read = set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", settings))
    read |= set(re.findall(r"\b(?:flag|words|text)\(\"([A-Z_]+)\"", source))
    read |= {f"{name.upper()}_LOGIN" for name in environment.PROVIDERS} | {"DATABASE_URL"}
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == read
