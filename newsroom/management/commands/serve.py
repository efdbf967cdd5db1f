"""Serves the paper as its readers would get it: `make run`, or `manage.py serve` on a server of one's own."""

import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import BaseCommand

from articles.models import Article
from newsroom import demo, serving

TICK_SECONDS = 30
# What decides, beside the sources, how static files are collected.
STATIC_MADE_BY = ("newsroom/staticfiles.py", "newsroom/settings.py", "requirements.txt")
# The exit code of a program that Ctrl-C ended.
INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Migrates, collects the static files, loads the demo paper once (DEMO=1) and serves the paper, "
        "with a task worker and the tick beside it. DEBUG=1: Django's reloading server instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
        parser.add_argument("--workers", type=int, default=max(2, min(4, os.cpu_count() or 2)))

    def handle(self, *, host: str, port: str, workers: int, **options: Any) -> None:
        number = int(port) if port.isdecimal() else 0
        try:
            serving.check_port(host, number)
        except serving.PortUnusable as error:
            raise CommandError(str(error)) from error
        try:
            self.prepare()
        except KeyboardInterrupt:
            self.say("stopped")
            sys.exit(INTERRUPTED)
        environment = self.environment(host, number)
        self.announce(environment["SITE_URL"], host, number)
        server = reloading_server(host, number) if settings.DEBUG else serving.granian(host, number, workers)
        code = serving.Keeper([server, *helpers()], environment, self.say).run()
        self.say("stopped" if code == 0 else f"the server ended with {code}")
        sys.exit(code)

    def say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # the terminal may be the first to go
            self.stdout.write(f"newsroom: {line}")
            self.stdout.flush()

    def prepare(self) -> None:
        """Brings database, static files and demo up to date."""
        self.say("preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        if not settings.DEBUG:
            self.collect_static()
        if settings.DEMO and not Article.objects.exists():
            self.load_demo()

    def collect_static(self) -> None:
        """Collects, hashes and compresses, unless that was done for exactly these files."""
        stamp, sources = Path(settings.STATIC_ROOT).with_suffix(".stamp"), fingerprint()
        if stamp.is_file() and stamp.read_text() == sources:
            return
        self.say("collecting static files")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(sources)

    def load_demo(self) -> None:
        self.say("loading the demo paper, with one width of each picture")
        try:
            call_command("demo", quick=True, verbosity=0, stdout=self.stdout)
        except CommandError as refusal:
            self.say(str(refusal))
        else:
            self.say("the task worker makes the other widths in the background")

    def environment(self, host: str, port: int) -> dict[str, str]:
        """The children's environment: the address they are reached at, unless it was given."""
        shown = "127.0.0.1" if is_everywhere(host) else host
        environment = {"SITE_URL": f"http://{bracketed(shown)}:{port}", **os.environ}
        environment["PYTHONUNBUFFERED"] = "1"
        if is_everywhere(host) and settings.DEMO and not environment.get("ALLOWED_HOSTS"):
            environment["ALLOWED_HOSTS"] = ",".join(["127.0.0.1", *serving.own_addresses()])
        return environment

    def announce(self, address: str, host: str, port: int) -> None:
        lines = [f"the paper      {address}/", f"the newsroom   {address}/admin/"]
        if is_everywhere(host):
            lines += [f"also           http://{name}:{port}/" for name in serving.own_addresses()]
        if settings.DEMO:
            lines += [f"log in as      {line}" for line in demo.logins()]
        for line in lines:
            self.say(line)
        self.say("Ctrl-C stops it")


def fingerprint() -> str:
    """Changes with every static file, and with the code and settings that join and hash them."""
    files = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    files += [settings.BASE_DIR / name for name in STATIC_MADE_BY]
    state = sorted(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(state).encode()).hexdigest()


def is_everywhere(host: str) -> bool:
    return host in {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def manage(name: str, *arguments: str, **fields: Any) -> serving.Child:
    """A child that runs one of manage.py's commands."""
    return serving.Child(
        name, [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments], **fields
    )


def helpers() -> list[serving.Child]:
    return [
        manage("task worker", "db_worker", "--verbosity=0", "--no-reload"),
        manage("tick", "tick", f"--every={TICK_SECONDS}"),
    ]


def reloading_server(host: str, port: int) -> serving.Child:
    return manage("server", "runserver", f"{bracketed(host)}:{port}", is_server=True, is_interactive=True)
