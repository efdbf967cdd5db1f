"""Where the CPU of a page that nobody has kept goes: what the process was doing at each of many moments."""

import gc
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import FrameType

# Seconds of CPU between two looks; the kernel rounds up to its own tick.
STEP = 0.001
# From the innermost frame outwards, the first that matches names the share.
SHARES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("SQL: driver and database", ("/django/db/backends/", "/psycopg/", "/psycopg_pool/", "/sqlite3/")),
    ("SQL: queries and rows (ORM)", ("/django/db/",)),
    ("templates: escaping, dates, translations", (
        "/django/utils/html.py", "/django/utils/safestring.py", "/django/utils/translation/",
        "/django/utils/formats.py", "/django/utils/dateformat.py", "/gettext.py", "/django/utils/timezone.py",
        "/django/utils/functional.py",
    )),
    ("templates: tags of the paper", ("/templatetags/",)),
    ("templates: engine", ("/django/template/",)),
    ("addresses (reverse)", ("/django/urls/",)),
    ("compressing and keeping", ("/publication/pagecache/",)),
    ("the paper's own code", ("/articles/", "/comments/", "/newsroom/", "/accounts/", "/publication/")),
    ("sessions, CSP, middleware", ("/django/contrib/", "/csp/", "/allauth/", "/django/middleware/")),
    ("request handling", ("/django/", "/asgiref/", "/whitenoise/")),
)  # fmt: skip


OWN = ("/articles/", "/comments/", "/newsroom/", "/accounts/", "/publication/")
# What stands around every page, and says nothing about this one.
AROUND = 0.85


@dataclass
class Looks:
    """What was seen: how often each share, and each function, template and place of ours was being worked on."""

    shares: Counter[str] = field(default_factory=Counter)
    functions: Counter[str] = field(default_factory=Counter)
    callers: Counter[str] = field(default_factory=Counter)
    templates: Counter[str] = field(default_factory=Counter)
    queries: Counter[str] = field(default_factory=Counter)

    def look(self, signum: int, frame: FrameType | None) -> None:
        frames = list(outwards(frame))
        share = share_of(frames)
        self.shares[share] += 1
        if frames:
            self.functions[name_of(frames[0])] += 1
        # Each function once, however often it stands in the stack.
        self.callers.update({name_of(one) for one in frames})
        self.templates.update({name for name in map(template_of, frames) if name})
        if share.startswith("SQL"):
            self.queries[next((name_of(one) for one in frames if is_own(one)), "elsewhere")] += 1


def outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def share_of(frames: Iterable[FrameType]) -> str:
    for frame in frames:
        path = frame.f_code.co_filename
        for share, parts in SHARES:
            if any(part in path for part in parts):
                return share
    return "rest"


def name_of(frame: FrameType) -> str:
    code = frame.f_code
    path = "/".join(code.co_filename.split("/")[-3:])
    return f"{path} {getattr(code, 'co_qualname', code.co_name)}"


def is_own(frame: FrameType) -> bool:
    path = frame.f_code.co_filename
    return "site-packages" not in path and any(part in path for part in OWN)


def template_of(frame: FrameType) -> str | None:
    """The template's name, in the frame that renders it."""
    if frame.f_code.co_name != "_render" or not frame.f_code.co_filename.endswith("/django/template/base.py"):
        return None
    return getattr(frame.f_locals.get("self"), "name", None)


def profile(make: Callable[[], object], rounds: int) -> tuple[float, Looks]:
    """Median CPU milliseconds of making the page, this process only, and what it was doing meanwhile."""
    for _number in range(5):
        make()
    gc.collect()
    looks, times = Looks(), []
    previous = signal.signal(signal.SIGPROF, looks.look)
    signal.setitimer(signal.ITIMER_PROF, STEP, STEP)
    try:
        for _number in range(rounds):
            began = time.process_time_ns()
            make()
            times.append((time.process_time_ns() - began) / 1e6)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    return statistics.median(times), looks


def lines(cpu: float, looks: Looks, top: int = 25) -> list[str]:
    """The shares in per cent and milliseconds; then queries by who asks, templates, functions."""
    total = sum(looks.shares.values()) or 1
    found = [f"{cpu:.2f} CPU ms in the web process, seen in {total} looks"]
    tables = (
        ("shares", looks.shares),
        ("SQL, by the function of ours that asks", looks.queries),
        ("templates, with all they call", looks.templates),
        ("functions, alone", looks.functions),
        ("functions, with all they call", looks.callers),
    )
    for heading, counter in tables:
        found.append(f"{heading}:")
        told = [
            (name, n)
            for name, n in counter.most_common()
            if counter is not looks.callers or n < AROUND * total
        ]
        found += [f"  {n / total:>6.1%} {cpu * n / total:>7.2f} ms  {name}" for name, n in told[:top]]
    return found
