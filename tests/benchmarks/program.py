"""The bench's programs, run as the operator runs them."""

import os
import subprocess
import sys

from tests.house.files import ROOT

SECONDS = 900


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """`python -m words`. Into the system's own folder for passing files: PostgreSQL's account sees no other."""
    environment = {name: value for name, value in os.environ.items() if name != "TMPDIR"}
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS)
