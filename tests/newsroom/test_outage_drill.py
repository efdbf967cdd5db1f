"""The drill itself: granian serves, PostgreSQL is stopped under it and started again."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from socket import create_server
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings

from tests import postgres

# One in a hundred reader pages may fail, none does; and none but those that find it out waits. As many may be
# slow, for a machine that does something else too.
# Who tried to connect would have waited for two.
READY_SECONDS = 1.5
PAGES_OK, QUICK_SECONDS, FIRST_SECONDS, BACK_SECONDS = 0.99, 0.5, 15.0, 30.0
READ_SECONDS = 2.5
MAKE_PAPER = """
from tests.factories import make_publication, make_published_article
make_publication()
for number in range(6):
    make_published_article(title=f"글 {number}")
"""


class Answer(NamedTuple):
    status: int
    seconds: float
    body: str


class Running:
    """A PostgreSQL that can be stopped, and the paper in front of it."""

    def __init__(self, url: str, binaries: postgres.Binaries, folder: Path) -> None:
        self.home, self.binaries = unquote(urlsplit(url).netloc.partition("@")[2]), binaries
        with create_server(("127.0.0.1", 0)) as free:
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "SITE_URL": self.address,
            "MEDIA_ROOT": str(folder / "media"),
            "DRILL_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.newsroom.outage_settings",
        }

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments, "-v0"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True)

    def serve(self) -> subprocess.Popen[bytes]:
        port = self.address.rpartition(":")[2]
        flags = [
            "--interface=wsgi",
            f"--port={port}",
            "--workers=1",
            "--blocking-threads=4",
            "--log-level=error",
        ]
        command = [sys.executable, "-m", "granian", *flags, "newsroom.wsgi:application"]
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment)

    def database(self, word: str) -> None:
        data, flags = f"{self.home}/data", []
        if word == "start":
            options = postgres.SERVER_OPTIONS | {"unix_socket_directories": self.home}
            told = " ".join(f"-c {name}='{value}'" for name, value in options.items())
            flags = ["-l", f"{self.home}/log", "-o", told]
        else:
            flags = ["-m", "immediate"]
        self.binaries.run("pg_ctl", word, "-w", "-D", data, *flags)

    def get(self, path: str) -> Answer:
        began = time.monotonic()
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as found:
                status, body = found.status, found.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        return Answer(status, time.monotonic() - began, body.decode())

    def wait(self) -> None:
        for _attempt in range(600):
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    try:
        binaries = postgres.find()
    except postgres.Unavailable as reason:
        pytest.skip(f"no drill: {reason}")
    with postgres.server(binaries, within="/tmp") as url:
        paper = Running(url, binaries, tmp_path)
        paper.manage("migrate")
        paper.manage("shell", "-c", MAKE_PAPER)
        server = paper.serve()
        try:
            paper.wait()
            yield paper
        finally:
            server.terminate()
            server.wait(60)


def test_readers_read_on_while_postgresql_is_stopped(running: Running) -> None:
    paths = ["/", *(f"/news/{pk}/" for pk in range(1, 7)), "/kind/article/", "/archive/", "/rss/"]
    assert [running.get(path).status for path in paths] == [200] * len(paths)
    running.database("stop")
    # Until then pages are taken for true.
    time.sleep(0.6)
    first, began, answers = running.get("/"), time.monotonic(), []
    assert (first.status, first.seconds < FIRST_SECONDS, "outage-notice" in first.body) == (200, True, True)
    while time.monotonic() - began < READ_SECONDS:
        answers += [running.get(path) for path in paths]
    assert sum(answer.status == 200 for answer in answers) >= PAGES_OK * len(answers)
    assert sum(answer.seconds < QUICK_SECONDS for answer in answers) >= PAGES_OK * len(answers)
    ready, healthy = running.get("/readyz"), running.get("/healthz")
    assert (ready.status, healthy.status, ready.seconds < READY_SECONDS) == (503, 200, True)
    running.database("start")
    began = time.monotonic()
    while "outage-notice" in running.get("/").body:
        assert time.monotonic() - began < BACK_SECONDS
        time.sleep(0.05)
