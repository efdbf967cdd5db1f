"""Blocked words: found on a skeleton of letters, so that spaces and signs between them hide nothing."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from comments.models import BlockedWord


@dataclass(frozen=True)
class Match:
    """Where a blocked word stands in the text: the words as they were written."""

    word: str
    written: str


class Blocked(NamedTuple):
    """A blocked word's row, as far as a text is searched for it."""

    word: str
    skeleton: str
    exceptions: str


def blocked() -> list[Blocked]:
    return [Blocked(*row) for row in BlockedWord.objects.values_list(*Blocked._fields)]


def letters(text: str) -> tuple[str, list[int]]:
    """The text's letters and digits, folded, and for each its place in the text."""
    folded, places = [], []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum():
                folded.append(letter)
                places.append(place)
    return "".join(folded), places


def skeleton_of(word: str) -> str:
    """What a text is searched for. A word typed in jamo (NFD) is composed first, as every stored text is."""
    return letters(unicodedata.normalize("NFC", word))[0]


def first_match(text: str, words: Iterable[Blocked]) -> Match | None:
    """The first of the blocked words in the text that no exception covers."""
    skeleton, places = letters(text)
    for one in words:
        start = skeleton.find(one.skeleton)
        covered = _covered(skeleton, one.exceptions) if start != -1 else []
        while start != -1:
            end = start + len(one.skeleton)
            if not any(first <= start and end <= last for first, last in covered):
                return Match(one.word, text[places[start] : places[end - 1] + 1])
            start = skeleton.find(one.skeleton, start + 1)
    return None


def _covered(skeleton: str, exceptions: str) -> list[tuple[int, int]]:
    spans = []
    for line in exceptions.splitlines():
        harmless = skeleton_of(line)
        start = skeleton.find(harmless) if harmless else -1
        while start != -1:
            spans.append((start, start + len(harmless)))
            start = skeleton.find(harmless, start + 1)
    return spans
