"""From a clone of this repository to a page in a browser: `make run` in a new folder."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks import goals, servers
from benchmarks.goals import Goal


def measure(folder: Path) -> tuple[list[Goal], dict[str, Any]]:
    """With what the package manager has in its cache; the network is not part of it where that is warm."""
    what, wanted = "clone to a served page", "<= 30 s"
    if not shutil.which("make") or not shutil.which("git"):
        return [goals.unmeasured(9, what, wanted, "needs git and make")], {}
    clone, port, began = folder / "clone", servers.free_port(), time.monotonic()
    subprocess.run(["git", "clone", "--quiet", str(servers.ROOT), str(clone)], check=True)
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHON", "VENV", "MAKEFLAGS"}}
    with (folder / "start.log").open("wb") as log:
        command = ["make", "run", f"PORT={port}"]
        process = subprocess.Popen(command, cwd=clone, env=kept, stdout=log, stderr=log, process_group=0)
        try:
            while time.monotonic() - began < 300 and process.poll() is None:
                try:
                    servers.wait_for(f"http://127.0.0.1:{port}/", process)
                except TimeoutError:
                    continue
                break
            seconds = time.monotonic() - began
        finally:
            servers.stop(process)
    if process.returncode not in {0, -15}:
        return [goals.unmeasured(9, what, wanted, "make run did not start")], {}
    return [goals.at_most(9, what, round(seconds, 1), 30, "s", "with a warm package cache")], {
        "seconds": seconds
    }
