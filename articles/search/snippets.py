"""Where in a text the searched words stand: pieces, each marked as a hit or not, never HTML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from articles.search import tokens
from articles.search.query import Query, Word

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
    """All of a folded text, a headline for instance, on one line, with every hit marked."""
    line = text.replace("\n", " ")
    return _pieces(line, _hits(line, query))


def snippet(text: str, query: Query) -> list[Piece]:
    """At most LENGTH characters of a folded text around the first hit; its beginning, where it has none."""
    line = text[:MAX_TEXT].replace("\n", " ")
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
    """Where hits begin and end, in order; of two that overlap the first."""
    longest_first = sorted(query.words, key=lambda word: -len(word.needle))
    pattern = re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)
    return [found.span() for found in pattern.finditer(line)]


def _pattern(word: Word) -> str:
    """The word's needle in a text as it was written, with its signs and capitals."""
    parts = [re.escape(word.runs[0])]
    for before, run in itertools.pairwise(word.runs):
        # Runs of two kinds part by themselves.
        signs = r"[\W_]+" if tokens.is_glued(before) == tokens.is_glued(run) else r"[\W_]*"
        parts += [signs, re.escape(run)]
    own = tokens.SYLLABLE if tokens.is_glued(word.runs[0]) else tokens.LETTER
    before = f"(?<!{own})" if word.needle.startswith(" ") else ""
    after = f"(?!{tokens.LETTER})" if word.needle.endswith(" ") else ""
    return f"{before}{''.join(parts)}{after}"
