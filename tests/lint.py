"""Everything `make check` does before the tests; says what failed, goes on, and fails at the end."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

CHECKS: dict[str, list[str]] = {
    "lint": [str(BIN / "ruff"), "check", "--quiet", "--output-format=concise", "."],
    "format (the cure: make format)": [
        str(BIN / "ruff"),
        "format",
        "--check",
        "--quiet",
        "--output-format=concise",
        ".",
    ],
    "import direction": [str(BIN / "lint-imports"), "--no-cache"],
    "migrations complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "system checks": [*MANAGE, "check", "--fail-level", "WARNING"],
    "deploy checks": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}


def production(folder: str) -> dict[str, str]:
    """The environment of a site in production, with a database of its own that is still empty."""
    return os.environ | {
        "DEBUG": "",
        "DEMO": "",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "https://paper.example",
        "ALLOWED_HOSTS": "paper.example",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
    }


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Runs one check; prints its output only where it failed."""
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    print(f"newsroom: {name}: {'ok' if result.returncode == 0 else 'FAILED'}", flush=True)
    if result.returncode:
        print(result.stdout, result.stderr, sep="\n", flush=True)
    return result.returncode == 0


def scripts() -> dict[str, list[str]]:
    """A syntax check of our scripts, where there is a node to do it."""
    node = shutil.which("node")
    if node is None:
        print("newsroom: no node on this machine: the syntax of the scripts was not checked")
        return {}
    check = "for f in $(git ls-files 'static/*.js' 'static/**/*.js'); do"
    return {"script syntax": ["sh", "-euc", f'{check} "{node}" --input-type=module --check < "$f"; done']}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = production(folder)
        results = [passes(name, command, environment) for name, command in {**CHECKS, **scripts()}.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
