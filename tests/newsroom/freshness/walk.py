"""The walk: every page is read, one thing is changed as people change it, every page is read again.

What is right is not guessed: the same page made without any cache in the same moment says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.utils import timezone

from publication.models import Audit
from publication.pagecache.levels import levels
from tests.newsroom.freshness.paper import Paper

# Seconds between two rows: HTTP's dates count whole ones.
STEP = 2
# A stream of up to ten thousand articles, and what is no page.
NEVER_KEPT = {"unknown"}


@dataclass(frozen=True)
class Row:
    """One kind of change.

    `shows` names pages that must answer something else afterwards, `keeps` pages that must still come from
    memory. `verbs`: audit rows that the change writes; `doors`: models whose admin it goes through. `before`
    arranges what the change needs. `is_narrow`: it goes through the same door as the row before and raises the
    same keys, so only the pages it names are looked at now, and all of them at the next wide row.
    """

    change: str
    do: Callable[[Paper], object]
    shows: str = ""
    keeps: str = ""
    verbs: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    before: Callable[[Paper], object] | None = None
    is_narrow: bool = False


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes
    modified: str
    # The page in memory it came from, if any.
    page: object = None

    def says(self) -> tuple[int, bytes]:
        return self.status, self.content


class Walk:
    """Goes along rows on one paper; `problems` says what was wrong with which row on which page."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.problems: list[str] = []
        # Without the test client's copies of every template's context: thousands of pages are read.
        self._handler = WSGIHandler()
        self._requests = RequestFactory()

    def along(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._step(row)
        self._step(Row("at the end", lambda paper: None))

    def _step(self, row: Row) -> None:
        if row.before is not None:
            row.before(self.paper)
        names = [*row.shows.split(), *row.keeps.split()] if row.is_narrow else list(self.paper.pages)
        self.paper.clock.shift(STEP)
        before = self._read(names)
        last = Audit.objects.order_by("-id").values_list("id", flat=True).first() or 0
        row.do(self.paper)
        deeds = Audit.objects.filter(id__gt=last)
        # The database's clock is not held as the application's is.
        deeds.update(at=timezone.now())
        written = set(deeds.values_list("verb", flat=True))
        found = [f"wrote no audit row “{verb}”" for verb in {*row.verbs} - written]
        after = self._read(names)
        for name in names:
            found += self._wrong(row, name, before[name], after[name])
            found += self._wrong_by_date(name, before[name], after[name])
        self.problems += [f"{row.change}: {problem}" for problem in found]

    def _read(self, names: Iterable[str]) -> dict[str, Answer]:
        answers = {}
        for name in names:
            answer = self._get(name)
            slot = levels().memory.get(self.paper.pages[name])
            answers[name] = Answer(*answer, page=slot and slot.page)
        return answers

    def _made_anew(self, name: str) -> Answer:
        settings.PAGE_CACHE = False
        try:
            return Answer(*self._get(name))
        finally:
            settings.PAGE_CACHE = True

    def _get(self, name: str, **headers: str) -> tuple[int, bytes, str]:
        response: Any = self._handler.get_response(self._requests.get(self.paper.pages[name], **headers))
        content = response.getvalue() if response.streaming else response.content
        return response.status_code, content, response.headers.get("Last-Modified", "")

    def _wrong(self, row: Row, name: str, before: Answer, after: Answer) -> list[str]:
        is_kept = after.page is not None and after.page is before.page
        found = []
        # One that was made after the change is right by itself.
        if is_kept and (truth := self._made_anew(name)).says() != after.says():
            found.append(f"{name} shows the old answer ({_difference(after.content, truth.content)})")
        if name in row.shows.split() and before.says() == after.says():
            found.append(f"{name} does not show it")
        if name in row.keeps.split() and not is_kept:
            found.append(f"{name} was made anew")
        if after.status == 500:
            found.append(f"{name} is broken")
        if after.status == 200 and after.page is None and name not in NEVER_KEPT:
            found.append(f"{name} is not kept")
        return found

    def _wrong_by_date(self, name: str, before: Answer, after: Answer) -> list[str]:
        """A reader program that asks by date alone gets what has changed, too."""
        if not before.modified or before.says() == after.says():
            return []
        status, _content, _date = self._get(name, HTTP_IF_MODIFIED_SINCE=before.modified)
        return [f"{name} answers 304 by its date"] if status == 304 else []


def _difference(old: bytes, new: bytes) -> str:
    """Where they begin to differ, short."""
    pairs = enumerate(zip(old, new, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(old), len(new)))
    start, end = max(0, at - 60), at + 60
    return f"…{old[start:end].decode(errors='replace')!r} instead of …{new[start:end].decode(errors='replace')!r}"
