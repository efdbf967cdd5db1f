"""What a reader typed, as words that must all stand in an article.

White space parts words; what stands between quotation marks, or is glued together by other signs (`R&D`), is one
word of several runs, which must follow each other. No sign is an operator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.search import tokens
from publication.text import fold_line

MAX_LENGTH = 200
MAX_WORDS = 20

_QUOTATION_MARKS = re.compile('["“”„‟«»＂]')


class TooLong(ValueError):
    """More than MAX_LENGTH characters or MAX_WORDS words: nobody reads such a query, and it would cost."""


@dataclass(frozen=True)
class Word:
    """Runs that follow each other: one mostly, several in a phrase."""

    runs: tuple[str, ...]

    @property
    def needle(self) -> str:
        """What stands in an article's line if and only if the article holds the word.

        Hangul is found inside a run, one syllable at the beginning of one, other words as a whole.
        """
        first, last = self.runs[0], self.runs[-1]
        before = "" if tokens.is_glued(first) and len(first) > 1 else " "
        after = "" if tokens.is_glued(last) else " "
        return f"{before}{' '.join(self.runs)}{after}"

    @property
    def terms(self) -> set[str]:
        """What the index must hold of an article that holds the word."""
        return {term for run in self.runs for term in tokens.sought(run)}

    @property
    def is_exact(self) -> bool:
        """Whether the index alone decides, so that no line need be looked into."""
        return len(self.runs) == 1 and tokens.is_term(self.runs[0])


@dataclass(frozen=True)
class Query:
    words: tuple[Word, ...]

    @property
    def terms(self) -> list[str]:
        """Of all words, each once, in an order that does not change."""
        return sorted({term for word in self.words for term in word.terms})

    @property
    def needles(self) -> list[str]:
        return [word.needle for word in self.words]

    @property
    def is_exact(self) -> bool:
        return all(word.is_exact for word in self.words)


def parse(text: str) -> Query | None:
    """None where there is no word in it; TooLong where there is too much."""
    if len(text) > 4 * MAX_LENGTH:
        raise TooLong
    typed = fold_line(text)
    if len(typed) > MAX_LENGTH:
        raise TooLong
    # Every second part stood between two marks; one mark without a second parts words like a space.
    parts = _QUOTATION_MARKS.split(typed)
    quoted = [at % 2 == 1 and at + 1 < len(parts) for at in range(len(parts))]
    written = []
    for part, is_phrase in zip(parts, quoted, strict=True):
        written += [part] if is_phrase else part.split()
    words = dict.fromkeys(
        Word(runs) for one in written if (runs := tuple(run.text for run in tokens.runs(one)))
    )
    if len(words) > MAX_WORDS:
        raise TooLong
    return Query(tuple(words)) if words else None
