"""Blocked words: found on a skeleton of letters, so that spaces and signs between them hide nothing."""

import unicodedata
from dataclasses import dataclass

from comments.models import BlockedWord


@dataclass(frozen=True)
class Match:
    """Where a blocked word stands in the text: the words as they were written."""

    word: str
    written: str


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


def first_match(text: str) -> Match | None:
    """The first blocked word in the text that no exception covers."""
    skeleton, places = letters(text)
    for blocked in BlockedWord.objects.all():
        covered = _covered(skeleton, blocked.exceptions)
        start = skeleton.find(blocked.skeleton)
        while start != -1:
            end = start + len(blocked.skeleton)
            if not any(first <= start and end <= last for first, last in covered):
                return Match(blocked.word, text[places[start] : places[end - 1] + 1])
            start = skeleton.find(blocked.skeleton, start + 1)
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
