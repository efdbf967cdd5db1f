"""A Redis of the test's own, on a free port of this machine alone, keeping nothing on disk."""

import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server

import redis

START_SECONDS = 60


@dataclass
class RedisServer:
    """`stop` kills it, as a machine that goes; `start` brings it back at the same address, empty."""

    program: str
    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        with create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.client = redis.Redis.from_url(self.url, socket_timeout=10)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = {"port": str(self.port), "bind": "127.0.0.1", "save": "", "appendonly": "no"}
        command = [self.program, *(word for name, value in options.items() for word in (f"--{name}", value))]
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server did not start"
            time.sleep(0.02)

    def stop(self) -> None:
        self.client.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def empty(self) -> None:
        self.client.flushall()

    def names(self, pattern: str) -> list[bytes]:
        return list(self.client.scan_iter(pattern))

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False
