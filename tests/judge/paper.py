"""A paper of the judge's own: the demo in a new database, and granian as readers would meet it."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 15
WORKERS = 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configure(folder: Path) -> str:
    """Sets the environment before Django reads its settings; the paper's address."""
    site = f"http://127.0.0.1:{free_port()}"
    for name in ("ALLOWED_HOSTS", "TRUSTED_PROXIES", "REDIS_URL", "EMAIL_URL", "STAFF_SECOND_FACTOR"):
        os.environ.pop(name, None)
    os.environ |= {
        "DEBUG": "",
        "DEMO": "1",
        "SECRET_KEY": "a-key-for-judging-only-that-guards-nothing-at-all-0123456789",
        "SITE_URL": site,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
        "JUDGE_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.judge.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return site


def fill(*, quick: bool) -> None:
    """Tables, static files, the demo, and what the demo lacks."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.judge import extras

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with Path(os.devnull).open("w") as nowhere:
        call_command("demo", quick=quick, verbosity=0, stdout=nowhere)
        extras.make()
        # Without its heartbeat the paper calls itself unwell.
        call_command("tick", stdout=nowhere)


@contextmanager
def served(site: str, folder: Path) -> Iterator[None]:
    """The running paper; what it logs stands in the folder."""
    from newsroom.serving import granian

    command = granian("127.0.0.1", int(site.rpartition(":")[2]), WORKERS).command
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, process_group=0)
        try:
            wait_for(f"{site}/healthz")
            yield
        finally:
            server.terminate()
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_for(address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {START_SECONDS} s")
