"""The one tokeniser: from text to runs, from runs to the line that decides and to the terms that find.

A run is a stretch of Hangul, Hanja or Kana, or a word of other letters and digits. Korean glues particles to
its words, so a run of Hangul is found by any part of it: it is known to the index by its pairs of syllables and
by its first one. A word of other letters is found as a whole.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from publication.text import fold

MAX_LINE = 50_000
"""Characters of an article that are searched, five times a very long story. It also keeps the terms far below
the one MiB that a tsvector holds."""

MAX_WORD = 40
"""Letters of a word that count; longer ones are addresses and noise, and are found by their beginning."""

# Jamo, Hangul, Kana, Hanja, with the marks that repeat a sign or lengthen it.
_GLUED = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uf900-\ufad9\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
SYLLABLE = f"[{_GLUED}]"
LETTER = f"[^\\W_{_GLUED}]"
"""Regular expressions of one sign of each kind of run."""

_RUN = re.compile(f"({SYLLABLE}+)|{LETTER}+")
_IS_GLUED = re.compile(SYLLABLE)
# In a line: every two signs that stand together, the first of each run, and the other words.
_PAIR = re.compile(f"(?=({SYLLABLE}{{2}}))")
_FIRST = re.compile(f"(?<= ){SYLLABLE}")
_WORD = re.compile(f"[^ \n{_GLUED}]+")


class Run(NamedTuple):
    """One run as it is compared, and where it stands in the folded text."""

    text: str
    start: int
    end: int


def runs(text: str) -> Iterator[Run]:
    """The runs of a folded text, case folded. Nothing between them counts, save that it parts them."""
    for found in _RUN.finditer(text):
        run = found[1] or found[0].casefold()[:MAX_WORD]
        yield Run(run, *found.span())


def is_glued(run: str) -> bool:
    """Whether a part of the run finds it."""
    return _IS_GLUED.match(run) is not None


def line(text: str) -> str:
    """The runs of any text with one space before, between and after them; "" where there is none.

    What is searched for stands in such a line or does not: that is the whole rule of what matches.
    """
    words = " ".join(run.text for run in runs(fold(text[: 4 * MAX_LINE])))
    return f" {words} " if words else ""


def lines(texts: Iterable[str]) -> str:
    """One line for each text, so that nothing matches across the border of two; cut at MAX_LINE characters."""
    written = "\n".join(filter(None, map(line, texts)))
    return written if len(written) <= MAX_LINE else f"{written[:MAX_LINE]} "


def terms(written: str) -> set[str]:
    """What the index holds of a line or lines: each run by all that may find it (`sought`), in one go."""
    return {*_PAIR.findall(written), *_FIRST.findall(written), *_WORD.findall(written)}


def sought(run: str) -> set[str]:
    """The terms that an article with this run holds: its pairs of syllables, or all of it where it has none."""
    return {run} if is_term(run) else {run[at : at + 2] for at in range(len(run) - 1)}


def is_term(run: str) -> bool:
    """Whether the run is one term: a word of letters and digits, one syllable or two."""
    return len(run) <= 2 or not is_glued(run)
