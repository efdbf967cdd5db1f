"""The outside programs: where they stand, what is missing, how they are run."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "var/judge"
OUTSIDE = Path(__file__).resolve().parent / "outside"
PYTHON = HERE / "python/bin/python"
NODE_MODULES = HERE / "node/node_modules"
VNU = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"
AXE = NODE_MODULES / "axe-core/axe.min.js"
LIGHTHOUSE = NODE_MODULES / "lighthouse/cli/index.js"
SECONDS = 600

CURES = {
    "java": "no java. Get it with: apt install default-jre-headless",
    "node": "no node. Get it with: apt install nodejs npm",
    "packages": "the checkers' node packages are not installed (tests/judge/install needs npm)",
    "python": "the checkers' Python packages are not installed (tests/judge/install)",
}


def missing(*needed: str) -> str:
    """What of java, node, packages, python and chromium this machine lacks; empty when it has all."""
    absent = {
        "java": not shutil.which("java"),
        "node": not shutil.which("node"),
        "packages": not VNU.is_file(),
        "python": not PYTHON.is_file(),
    }
    reasons = [CURES[name] for name in needed if absent.get(name)]
    if "chromium" in needed and chromium.missing():
        reasons.append(chromium.missing())
    return "; ".join(reasons)


def run(command: list[str], given: str = "", **environment: str) -> str:
    """Its standard output; raises with the end of its errors."""
    result = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env=os.environ | environment,
    )
    if result.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {result.stderr[-2000:]}")
    return result.stdout


def python(program: str, given: Any) -> Any:
    return json.loads(run([str(PYTHON), "-W", "ignore", str(OUTSIDE / program)], json.dumps(given)))


def node(program: str, given: Any) -> Any:
    answer = run(["node", str(OUTSIDE / program)], json.dumps(given), NODE_PATH=str(NODE_MODULES))
    return json.loads(answer)
