"""The Chromium of the machine: found, never downloaded."""

import functools
import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No look-ups of its own: a closed network refuses them by the hundred.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Its path, from CHROMIUM or the PATH; None where there is none."""
    named = os.environ.get("CHROMIUM", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@functools.cache
def missing() -> str:
    """What browser tests lack on this machine, with the way to get it; empty when they can run."""
    if find_chromium() is None:
        return "no Chromium. Get it with: apt install chromium, or name one: CHROMIUM="
    driver = [sys.executable, "-m", "playwright", "--version"]
    if subprocess.run(driver, capture_output=True).returncode:
        return "Playwright's driver does not start. Get its library with: apt install libatomic1"
    return ""


def flags() -> list[str]:
    """What it is started with; as root it needs to be without its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, "--no-sandbox"] if is_root else FLAGS
