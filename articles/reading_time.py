"""How long a text takes to read, counted from its words."""

import re
from math import ceil

from articles.body import plain_text

SYLLABLES_A_MINUTE = 500
"""Hangul syllables and Chinese characters that a reader takes in a minute, at the quiet pace of a newspaper."""

WORDS_A_MINUTE = 200
"""Words in Latin letters, and numbers, that a reader takes in a minute."""

_ADDRESS = re.compile(r"https?://\S+")
_NEITHER = re.compile("[^\\x00-\\x7f\uac00-\ud7a3\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:['’.,-][A-Za-z0-9\u00c0-\u024f]+)*")


def minutes(html: str) -> int:
    """Whole minutes for a cleaned body, begun ones counted; 0 for a text without words."""
    text = plain_text(html)
    text = _ADDRESS.sub(" ", text) if "http" in text else text
    words = len(_WORD.findall(text))
    return ceil(syllables(text) / SYLLABLES_A_MINUTE + words / WORDS_A_MINUTE)


def syllables(text: str) -> int:
    """What is left of all signs without ASCII and the few others: to find them one by one takes thrice as long."""
    return len(text) - len(text.encode("ascii", "ignore")) - len(_NEITHER.findall(text))
