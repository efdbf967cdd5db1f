"""The demo paper's texts, read from the files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def paper() -> dict[str, Any]:
    """Facts, sections, reporters, series and policy pages."""
    return tomllib.loads((HERE / "paper.toml").read_text())


@cache
def stories() -> list[dict[str, Any]]:
    """Every article's file, oldest first, so that ids follow time as in a real paper."""
    files = sorted((HERE / "articles").glob("*.toml"))
    return sorted(
        (tomllib.loads(file.read_text()) for file in files), key=lambda one: -one.get("hours_ago", 0)
    )


def pictures() -> list[dict[str, Any]]:
    """Every picture of every story."""
    return [picture for story in stories() for picture in story.get("pictures", [])]
