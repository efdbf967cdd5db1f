"""The files of the repository that are ours to rule over."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("newsroom", "comments", "articles", "accounts", "publication")
# What the two commands make, and what tools leave behind.
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", "results"}
# Text that is data: demo articles, catalogues, locks.
DATA = {".toml", ".po", ".json", ".txt"}


def files(*suffixes: str, under: str = ".") -> list[Path]:
    """Paths with one of these suffixes, sorted, without what is made or vendored."""
    # A virtual environment of another name (VENV=) tells itself by its configuration.
    skipped = SKIPPED | {config.parent.name for config in ROOT.glob("*/pyvenv.cfg")}
    found = (path for path in (ROOT / under).rglob("*") if path.suffix in suffixes and path.is_file())
    return sorted(path for path in found if not skipped & set(path.relative_to(ROOT).parts))


def name(path: Path) -> str:
    """As it is written in a message: relative to the repository."""
    return path.relative_to(ROOT).as_posix()


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
