"""Where in a text the searched words stand: pieces, each marked as a hit or not, never HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.search import tokens
from articles.search.query import Query, Word
from articles.search.tokens import Run
from publication.text import fold_line

LENGTH = 160
"""Characters of a snippet, without the signs that something was left out."""
BEFORE = 40
"""Of these, at most so many before the first hit."""
MAX_TEXT = 20_000
"""Characters of a text that are looked through for a hit."""
LEFT_OUT = "…"


class Piece(NamedTuple):
    text: str
    is_hit: bool


def marked(text: str, query: Query) -> list[Piece]:
    """All of a text, a headline for instance, on one line, with every hit marked."""
    line = fold_line(text)
    return _pieces(line, _hits(line, query))


def snippet(text: str, query: Query) -> list[Piece]:
    """At most LENGTH characters around the first hit; the beginning of a text without one."""
    line = fold_line(text[:MAX_TEXT])
    hits = _hits(line, query)
    start = _beginning(line, hits[0][0]) if hits else 0
    end = _ending(line, start)
    inside = [(first - start, min(end, last) - start) for first, last in hits if start <= first < end]
    pieces = _pieces(line[start:end].rstrip(), inside)
    before = [Piece(LEFT_OUT, False)] if start else []
    return [*before, *pieces, *([Piece(LEFT_OUT, False)] if end < len(line) else [])]


def _beginning(line: str, hit: int) -> int:
    """A little before the hit, at the beginning of a word; at the text's own where that is near."""
    if hit <= BEFORE:
        return 0
    space = line.find(" ", hit - BEFORE, hit)
    return space + 1 if space >= 0 else hit


def _ending(line: str, start: int) -> int:
    end = start + LENGTH
    if end >= len(line):
        return len(line)
    space = line.rfind(" ", start + LENGTH // 2, end)
    return space if space >= 0 else end


def _pieces(line: str, hits: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for first, last in hits:
        pieces += [Piece(line[at:first], False), Piece(line[first:last], True)]
        at = last
    pieces.append(Piece(line[at:], False))
    return [piece for piece in pieces if piece.text]


def _hits(line: str, query: Query) -> list[tuple[int, int]]:
    """Where hits begin and end, in order; those that touch or overlap are one."""
    runs = list(tokens.runs(line))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(hit for word in query.words for hit in _places(word, runs)):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        elif first < last:
            merged.append((first, last))
    return merged


def _places(word: Word, runs: list[Run]) -> Iterator[tuple[int, int]]:
    if len(word.runs) == 1:
        for run in runs:
            yield from _inside(word.runs[0], run)
        return
    for at in range(len(runs) - len(word.runs) + 1):
        part = runs[at : at + len(word.runs)]
        written = f" {' '.join(run.text for run in part)} "
        place = written.find(word.needle)
        if place >= 0:
            skipped = max(0, place - 1)
            yield part[0].start + skipped, part[-1].end - _trailing(written, place, word.needle)


def _trailing(written: str, place: int, needle: str) -> int:
    """How much of the last run follows the hit: a particle."""
    return max(0, len(written) - 1 - place - len(needle))


def _inside(sought: str, run: Run) -> Iterator[tuple[int, int]]:
    if not tokens.is_glued(sought):
        if run.text == sought:
            yield run.start, run.end
    elif len(sought) == 1:
        if run.text.startswith(sought):
            yield run.start, run.start + 1
    else:
        place = run.text.find(sought)
        while place >= 0:
            yield run.start + place, run.start + place + len(sought)
            place = run.text.find(sought, place + len(sought))
