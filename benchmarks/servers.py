"""What is measured, started for the run: PostgreSQL, granian with the paper or with a floor, nginx in front.

All of it on loopback addresses, in a folder of the run's own, and stopped when its block ends.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from newsroom import serving
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS, STOP_SECONDS = 60, 15
TICKS = os.sysconf("SC_CLK_TCK")
MIME_TYPES = Path("/etc/nginx/mime.types")
SHIPPED = ROOT / "deploy" / "nginx"
# As a machine that must not lose an acknowledged write runs it.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "max_connections": "200",
}


@dataclass(frozen=True)
class Tree:
    """A process and all below it (Linux)."""

    pid: int

    def pids(self) -> list[int]:
        below: dict[int, list[int]] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                below.setdefault(int(_stat(path)[1]), []).append(int(path.parent.name))
        found = [self.pid]
        for pid in found:
            found += below.get(pid, [])
        return found

    def cpu(self) -> float:
        """Seconds of CPU so far, of processes that have ended and were waited for too."""
        ticks = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                ticks += sum(int(word) for word in _stat(Path(f"/proc/{pid}/stat"))[11:15])
        return ticks / TICKS

    def memory(self) -> list[tuple[float, float]]:
        """(RSS, PSS) in MiB of each process below the root, the largest first."""
        found = []
        for pid in self.pids()[1:]:
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                sizes = {
                    line.split(":")[0]: int(line.split()[1]) for line in lines[1:] if line.endswith("kB")
                }
                found.append((round(sizes["Rss"] / 1024, 1), round(sizes["Pss"] / 1024, 1)))
        return sorted(found, reverse=True)


def _stat(path: Path) -> list[str]:
    """The words after the program's name, which may hold blanks."""
    return path.read_text().rpartition(")")[2].split()


@dataclass
class Server:
    """Something that answers at `url`, and the processes whose CPU its answers cost."""

    url: str
    trees: list[Tree]
    process: subprocess.Popen[bytes] | None = None

    def cpu(self) -> float:
        return sum(tree.cpu() for tree in self.trees)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Database:
    """A PostgreSQL server of the run's own, or (without one on the machine) a file for SQLite.

    In `keep`, a folder, what is made once stays for the next run.
    """

    url: str
    binaries: postgres.Binaries | None = None
    keep: Path | None = None

    @property
    def vendor(self) -> str:
        return "postgresql" if self.binaries else "sqlite"

    @property
    def home(self) -> Path:
        """PostgreSQL's folder: its data and its socket."""
        return Path(unquote(urlsplit(self.url).hostname or urlsplit(self.url).netloc.rpartition("@")[2]))

    def trees(self) -> list[Tree]:
        if self.binaries is None:
            return []
        return [Tree(int((self.home / "data" / "postmaster.pid").read_text().split()[0]))]

    def another(self, name: str) -> str:
        """The address of a new, empty database beside this one, or in the folder that is kept."""
        if self.binaries is None:
            Path(self.named(name).removeprefix("sqlite:///")).unlink(missing_ok=True)
            return self.named(name)
        there = ("-h", str(self.home), "-U", postgres.SERVER_ACCOUNT)
        self.binaries.run("dropdb", *there, "--if-exists", "--force", name)
        self.binaries.run("createdb", *there, name)
        return self.named(name)

    def named(self, name: str) -> str:
        """The address of a database that is there, or may be."""
        if self.binaries is None and self.keep is not None:
            return f"sqlite:///{self.keep}/{name}.sqlite3"
        if self.binaries is None:
            return self.url.replace("db.sqlite3", f"{name}.sqlite3")
        return self.url.rpartition("/")[0] + f"/{name}"

    def crash(self) -> None:
        """As if its processes had been killed, and up again."""
        if self.binaries is None:
            raise RuntimeError("SQLite has no server to crash.")
        data, log = str(self.home / "data"), str(self.home / "log")
        try:
            # With the options it was started with.
            self.binaries.run("pg_ctl", "restart", "-w", "-m", "immediate", "-D", data, "-l", log)
        except subprocess.CalledProcessError as error:
            raise RuntimeError(f"PostgreSQL did not come back: {error.output}") from error


@contextlib.contextmanager
def database(folder: Path, keep: Path | None = None) -> Iterator[Database]:
    """In the run's folder, or a server in the folder that is kept, with a new database for the run."""
    if keep is not None:
        keep.mkdir(exist_ok=True)
    try:
        binaries = postgres.find()
    except postgres.Unavailable as reason:
        print(f"on SQLite, for {reason}", file=sys.stderr)
        yield Database(f"sqlite:///{folder}/db.sqlite3", None, keep)
        return
    if keep is not None:
        with postgres.server_at(binaries, keep, **DURABLE) as url:
            kept = Database(url, binaries, keep)
            yield Database(kept.another("run"), binaries, keep)
        return
    with postgres.server(binaries, **DURABLE) as url:
        yield Database(url, binaries)


def environment(folder: Path, database_url: str, port: int, **more: str) -> dict[str, str]:
    """What a paper of the run's is configured with; nothing of the operator's own."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    own = {line.lstrip("# ").partition("=")[0] for line in example.splitlines() if "=" in line}
    return {name: value for name, value in os.environ.items() if name not in own} | {
        "DEMO": "1",
        "SECRET_KEY": "a-key-for-measuring-only-that-guards-nothing-0123456789",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "TRUSTED_PROXIES": "127.0.0.1",
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(folder / "media"),
        "BENCH_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def seed(folder: Path, url: str, *arguments: str) -> dict[str, Any]:
    """Fills an empty database in a process of its own; what stands there then (benchmarks.seed)."""
    command = [sys.executable, "-m", "benchmarks.seed", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder, url, 1), stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


@contextlib.contextmanager
def granian(
    target: str, folder: Path, database: Database, *, url: str = "", workers: int = 2, **more: str
) -> Iterator[Server]:
    """A WSGI application under the shipped server with the shipped flags; `more` is its environment."""
    port = free_port()
    command = serving.granian("127.0.0.1", port, workers).command
    command = [*command[:-1], target]
    with (folder / f"{target.partition(':')[0]}-{port}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(folder, url or database.url, port, **more),
            stdout=log,
            stderr=log,
            process_group=0,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield Server(f"http://127.0.0.1:{port}", [Tree(process.pid), *database.trees()], process)
        finally:
            stop(process)


def wait_for(address: str, process: subprocess.Popen[bytes] | None = None) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and (process is None or process.poll() is None):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {START_SECONDS} s")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


NGINX = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    include {types};
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    # The measuring clients' made-up addresses are believed, as a CDN's word would be.
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Forwarded-For;
    {shipped}
    server {{
        listen 127.0.0.1:{port};
        server_name 127.0.0.1;
        include snippets/newsroom-site.conf;
    }}
    # The floor: the same bytes from a file.
    server {{
        listen 127.0.0.1:{floor};
        location / {{ root {folder}/floor; default_type "text/html; charset=utf-8"; {headers} }}
        location = /healthz {{ return 200 "ok"; }}
    }}
}}
"""


def nginx_missing() -> str:
    """Why nginx cannot be run here, or nothing."""
    if shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") and MIME_TYPES.is_file():
        return ""
    return "nginx is not installed (apt install nginx-light)"


@contextlib.contextmanager
def nginx(
    folder: Path, application: Server, body: bytes, headers: dict[str, str]
) -> Iterator[tuple[Server, Server]]:
    """The shipped configuration, without TLS, in front of the application; and the floor, under its own address."""
    port, floor, home = free_port(), free_port(), folder / f"nginx-{free_port()}"
    (home / "snippets").mkdir(parents=True)
    (home / "floor").mkdir()
    (home / "floor" / "page").write_bytes(body)
    replaced = {
        "127.0.0.1:8000": application.url.removeprefix("http://"),
        "/srv/newsroom/var": str(folder),
        "/var/cache/nginx": str(home),
        "/etc/nginx/newsroom-errors": str(SHIPPED / "errors"),
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",
    }
    texts = {source.name: source.read_text(encoding="utf-8") for source in SHIPPED.rglob("*.conf")}
    for name, text in texts.items():
        for shipped, here in replaced.items():
            text = text.replace(shipped, here)
        texts[name] = text
        (home / "snippets" / name).write_text(text, encoding="utf-8")
    said = "".join(f'add_header {name} "{value}";' for name, value in headers.items() if '"' not in value)
    (home / "nginx.conf").write_text(
        NGINX.format(
            user="user root;" if os.geteuid() == 0 else "", folder=home, types=MIME_TYPES, port=port,
            floor=floor, headers=said, workers=1, shipped=texts["newsroom.conf"].partition("\nserver {")[0],
        )
    )  # fmt: skip
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
    command = [program, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
    process = subprocess.Popen(command)
    try:
        wait_for(f"http://127.0.0.1:{floor}/healthz", process)
        tree = Tree(process.pid)
        yield (
            Server(f"http://127.0.0.1:{port}", [tree, *application.trees], process),
            Server(f"http://127.0.0.1:{floor}", [tree], process),
        )
    finally:
        stop(process)
