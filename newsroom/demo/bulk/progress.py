"""How far a long work is: a line that rewrites itself on a terminal, else a line now and then."""

import time
from typing import TextIO

BAR = 24
# Seconds between two lines where there is no terminal.
PLAIN_EVERY = 10.0
REWRITTEN_EVERY = 0.2


class Progress:
    """`articles  12,000 of 100,000, 3,400 a second, 26 s left`."""

    def __init__(self, label: str, total: int, stream: TextIO) -> None:
        self.label, self.total, self.stream = label, total, stream
        self.done, self.began = 0, time.monotonic()
        self.said = self.began
        self.is_terminal = bool(getattr(stream, "isatty", bool)())

    def step(self, number: int) -> None:
        """So many more are done."""
        self.at(self.done + number, self.total)

    def at(self, done: int, total: int) -> None:
        """So many of so many are done; with nought the work begins."""
        self.done, self.total = done, total
        now = time.monotonic()
        if not done:
            self.began = self.said = now
            return
        is_last = self.done >= self.total
        if is_last or now - self.said >= (REWRITTEN_EVERY if self.is_terminal else PLAIN_EVERY):
            self.said = now
            self._write(self.line(now - self.began), is_last=is_last)

    def line(self, seconds: float) -> str:
        rate = self.done / max(seconds, 0.001)
        left = (self.total - self.done) / rate if rate else 0
        told = f"{self.label} {self.done:,} of {self.total:,}, {rate:,.0f} a second"
        return f"{told}, {left:,.0f} s left" if self.done < self.total else f"{told}, {seconds:,.0f} s"

    def _write(self, line: str, *, is_last: bool) -> None:
        if self.is_terminal:
            full = BAR * self.done // max(1, self.total)
            self.stream.write(f"\r\x1b[K[{'#' * full}{'.' * (BAR - full)}] {line}" + "\n" * is_last)
        else:
            self.stream.write(f"demo: {line}\n")
        self.stream.flush()
