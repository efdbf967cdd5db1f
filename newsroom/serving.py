"""Keeps the processes of a running paper: starts them, starts helpers that died again, stops all.

Used by `manage.py serve`. Every child stands in a process group of its own, so that Ctrl-C reaches this
process only, which then stops the others in order.
"""

import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

# A child that was told to stop and has not after this many seconds is killed.
STOP_SECONDS = 10
# A helper that dies at once is started again this often, in seconds, and not in a tight loop.
RESTART_SECONDS = 5
PORT_MAX = 65535
LINUX_SET_PARENT_DEATH_SIGNAL = 1
# A worker is replaced after this long, so that nothing it may have kept in memory is kept for ever.
WORKER_LIFETIME = "6h"
# Milliseconds a client has for its request's head: a slow one is not to hold a place.
HEADER_TIMEOUT = 5000
THREADS_PER_WORKER = 4


class PortUnusable(Exception):
    """The message says why, and the cure."""


@dataclass
class Child:
    """One process. The server's end is the end of all; a helper is started again."""

    name: str
    command: list[str]
    is_server: bool = False
    # With a terminal of its own, for a debugger's prompt; Ctrl-C then reaches it as well.
    is_interactive: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0

    def start(self, environment: dict[str, str]) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            stdin=None if self.is_interactive else subprocess.DEVNULL,
            process_group=None if self.is_interactive else 0,
            preexec_fn=die_with_parent,
        )

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs or before it was started."""
        return self.process.poll() if self.process else None


def die_with_parent() -> None:
    """In the child, before it runs: ends it when this process is killed outright (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(LINUX_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def granian(host: str, port: int, workers: int) -> Child:
    """Slow clients wait in its own threads, and a worker that was killed comes again."""
    flags = [
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={THREADS_PER_WORKER}",
        "--no-ws",
        f"--http1-header-read-timeout={HEADER_TIMEOUT}",
        "--respawn-failed-workers",
        "--respawn-interval=1",
        f"--workers-lifetime={WORKER_LIFETIME}",
        "--workers-kill-timeout=8",
        "--log-level=error",
    ]
    command = [sys.executable, "-m", "granian", *flags, "newsroom.wsgi:application"]
    return Child("server", command, is_server=True)


class Keeper:
    """Runs the children until a signal comes or the server ends."""

    def __init__(
        self, children: list[Child], environment: dict[str, str], say: Callable[[str], None]
    ) -> None:
        self.children = children
        self.environment = environment
        self.say = say
        self.stopped = threading.Event()

    def run(self) -> int:
        """Blocks; the server's exit code, or 0 when it was told to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            for child in self.children:
                child.start(self.environment)
            while not self.stopped.wait(0.3):
                code = self._look_after()
                if code is not None:
                    return code
            return 0
        finally:
            self._stop_all()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopped.set()

    def _look_after(self) -> int | None:
        """Starts helpers that ended again; the server's exit code once it has ended."""
        for child in self.children:
            if child.code is None:
                continue
            if child.is_server:
                return child.code or 1
            if time.monotonic() - child.started_at > RESTART_SECONDS:
                self.say(f"{child.name} ended with {child.code}; starting it again")
                child.start(self.environment)
        return None

    def _stop_all(self) -> None:
        for child in self.children:
            if child.process and child.code is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                _kill_group(child)


def _kill_group(child: Child) -> None:
    """Whatever of a child's group is still there: itself if it hangs, workers it left behind."""
    process = child.process
    if process is None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if child.is_interactive:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def check_port(host: str, port: int) -> None:
    """PortUnusable unless a server could listen there now."""
    if not 0 < port <= PORT_MAX:
        raise PortUnusable(
            f"PORT={port} is not a port. Choose one between 1 and {PORT_MAX}, such as PORT=8000."
        )
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortUnusable(_cure(host, port, error)) from error


def _cure(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program. Choose another: make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} is for administrators only. Choose one above 1023: make run PORT=8000"
    return (
        f"HOST={host} is no address of this machine ({error.strerror}). Choose one: make run HOST=127.0.0.1"
    )


def own_addresses() -> list[str]:
    """The names and addresses under which other machines may know this one."""
    name = socket.gethostname()
    with contextlib.suppress(OSError):
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None, family=socket.AF_INET)}
        return [name, *sorted(found - {"127.0.0.1"})]
    return [name]
