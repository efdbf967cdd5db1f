"""`python -m benchmarks.steady URL --rate 5000 --seconds 20`: readers who come at a fixed rate. Loopback only.

Each request has its moment, which no slow answer moves. What it took is counted from that moment and not from
when a connection was free for it: a server that stands still for a second makes a second's readers wait, and
all of them are counted (coordinated omission). A process of its own, so that it waits for no other client.
"""

import argparse
import array
import json
import select
import socket
import time
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from benchmarks.load import check_loopback, spread

CONNECTIONS = 128
# The clock is looked at this often: so much a request may be sent after its moment, which counts as its latency.
STEP = 0.0002
# Answers are waited for so long after the last request was sent.
GRACE = 10.0
SECONDS_MAX = 60.0
HEAD_END = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"


@dataclass
class Connection:
    """One keep-alive connection and the answer that comes over it; `due` is the moment of its request."""

    netloc: tuple[str, int]
    due: float | None = None
    came: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(self.netloc, timeout=GRACE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)

    def status(self) -> int | None:
        """The answer's, once it has come whole; 0 for what is no answer."""
        end = self.came.find(HEAD_END)
        if end < 0:
            return None
        head = bytes(self.came[:end]).lower()
        _before, named, length = head.partition(b"\r\ncontent-length:")
        if named:
            is_whole = len(self.came) - end - len(HEAD_END) >= int(length.partition(b"\r\n")[0])
        else:
            is_whole = self.came.endswith(LAST_CHUNK)
        if not is_whole:
            return None
        self.is_last = b"connection: close" in head
        return int(head[9:12]) if head.startswith(b"http/1.") else 0


class Readers:
    """Everybody who asks for one address."""

    def __init__(self, url: str, rate: float, seconds: float, connections: int) -> None:
        check_loopback(url)
        parts = urlsplit(url)
        self.netloc = (parts.hostname or "", parts.port or 80)
        self.request = (
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\nX-Forwarded-For: "
        )
        self.rate, self.count = rate, round(rate * min(seconds, SECONDS_MAX))
        self.poll = select.epoll()
        self.open: dict[int, Connection] = {}
        self.free: deque[Connection] = deque()
        for _number in range(connections):
            self.keep(Connection(self.netloc))
        self.times = array.array("d")
        self.failed = self.sent = 0

    def run(self) -> dict[str, float]:
        began = time.perf_counter()
        end = began + self.count / self.rate + GRACE
        while len(self.times) < self.count and time.perf_counter() < end:
            self.send(began)
            for number, _event in self.poll.poll(0):
                self.receive(self.open[number])
            if not self.free or began + self.sent / self.rate > time.perf_counter():
                time.sleep(STEP)
        self.close()
        missing = self.count - len(self.times)
        self.times.extend([GRACE * 1000] * missing)
        p50, p99 = spread(self.times)
        return {
            "answers": self.count,
            "failed": self.failed + missing,
            "seconds": time.perf_counter() - began,
            "p50": p50,
            "p99": p99,
        }

    def close(self) -> None:
        for connection in self.open.values():
            connection.socket.close()
        self.poll.close()

    def send(self, began: float) -> None:
        """All whose moment has come, as far as there are connections; the others wait, and their time runs."""
        due = began + self.sent / self.rate
        while self.sent < self.count and self.free and due <= time.perf_counter():
            connection = self.free.popleft()
            connection.due = due
            # Each in the name of another reader, as a CDN would pass them on.
            street, house = divmod(self.sent, 250)
            reader = f"10.{street // 250 % 250}.{street % 250}.{house + 1}\r\n\r\n"
            self.sent += 1
            due = began + self.sent / self.rate
            try:
                connection.socket.send((self.request + reader).encode())
            except OSError:
                self.lost(connection)

    def receive(self, connection: Connection) -> None:
        try:
            came = connection.socket.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if not came:
            self.lost(connection)
            return
        connection.came += came
        status = connection.status()
        if status is None:
            return
        if connection.due is not None:
            self.done(connection, status == 200)
        if connection.is_last:
            self.renew(connection)
        self.free.append(connection)

    def done(self, connection: Connection, is_good: bool) -> None:
        self.times.append((time.perf_counter() - connection.due) * 1000)
        self.failed += not is_good
        connection.due = None
        connection.came.clear()

    def lost(self, connection: Connection) -> None:
        """Closed by the server: with a request under way that one has failed."""
        waited = connection.due is not None
        if waited:
            self.done(connection, is_good=False)
        self.renew(connection)
        if waited:
            self.free.append(connection)

    def renew(self, connection: Connection) -> None:
        del self.open[connection.socket.fileno()]
        connection.socket.close()
        connection.open()
        self.watch(connection)

    def keep(self, connection: Connection) -> None:
        self.watch(connection)
        self.free.append(connection)

    def watch(self, connection: Connection) -> None:
        self.open[connection.socket.fileno()] = connection
        self.poll.register(connection.socket, select.EPOLLIN)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.steady")
    parser.add_argument("url")
    parser.add_argument("--rate", type=float, default=5_000, help="requests a second")
    parser.add_argument("--seconds", type=float, default=10, help=f"at most {SECONDS_MAX:.0f}")
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    given = parser.parse_args()
    readers = Readers(given.url, given.rate, given.seconds, given.connections)
    print(json.dumps(readers.run()))


if __name__ == "__main__":
    main()
