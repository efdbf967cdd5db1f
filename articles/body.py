"""The body of an article: its one sanitiser for every way into the database, and its text without tags."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from html import unescape
from threading import Lock

from articles import embeds
from articles import figures as _figures
from articles.dateline import strip_dateline
from articles.figures import FIGURES_MAX, BodyBuilder, Figure, figures, has_too_many
from publication.richtext import gate
from publication.richtext.blocks import ATTRIBUTES, TAGS, write
from publication.text import fold_line

__all__ = [
    "BODY_MAX",
    "FIGURES_MAX",
    "Figure",
    "clean_body",
    "figures",
    "has_too_many",
    "plain_text",
    "summary",
]

BODY_MAX = 1_000_000
"""Characters of a body that a form takes, typed or cleaned: a hundred times a very long story."""

_gate = gate(TAGS | _figures.TAGS, {**ATTRIBUTES, **_figures.ATTRIBUTES})

# In cleaned HTML every text stands in one of these, without attributes; captions stand in none of them.
# To the first end of the same kind, in runs between tags: sign by sign it takes five times as long.
_PARAGRAPH = re.compile(r"<(p|h2|h3)>([^<]*+(?:<(?!/\1>)[^<]*+)*+)</\1>")
_HEADINGS = frozenset({"h2", "h3"})
_TAG = re.compile(r"<[^>]*+>")

# The sentence ends that a summary prefers to stop at, and how much of its length must be used by then.
_SENTENCE_END = re.compile(r"[.?!…。][”’\"')\]]*(?= |$)")
_LEAST_PART = 0.5


class _Digests:
    """Texts that came out of the cleaning lately. On its way from a form to its row a body is cleaned five times.

    Digests and not texts, because they stay small; of a hash that nobody can aim at, because a text that is
    taken for another one would not be cleaned.
    """

    KEPT = 64

    def __init__(self) -> None:
        self._digests: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def holds(self, text: str) -> bool:
        digest = self._of(text)
        with self._lock:
            return digest in self._digests

    def add(self, text: str) -> None:
        digest = self._of(text)
        with self._lock:
            self._digests[digest] = None
            self._digests.move_to_end(digest)
            if len(self._digests) > self.KEPT:
                self._digests.popitem(last=False)

    def _of(self, text: str) -> bytes:
        return blake2b(text.encode("utf-8", "surrogatepass")).digest()


_recently_cleaned = _Digests()


def clean_body(html: str, known: Mapping[int, str] | None = None) -> str:
    """The body as it is stored: see publication.richtext for the allow-list and articles.figures for pictures.

    known: photo id -> preview address; figures of other photos leave with their captions and every img gets its
    address. None: figures are judged by their form only; of all of them the first FIGURES_MAX stay. Never raises;
    cleaning twice is cleaning once, and then costs next to nothing.
    """
    is_settled = known is None or "<figure" not in html
    if is_settled and _recently_cleaned.holds(html):
        return html
    cleaned = _gate.clean(write(BodyBuilder(known).build(html)))
    _recently_cleaned.add(cleaned)
    return cleaned


def plain_text(html: str) -> str:
    """The words of a cleaned body without captions, one paragraph a line."""
    return "\n".join(text for _tag, text in _paragraphs(html))


def summary(html: str, lead: str, length: int) -> str:
    """At most `length` characters for lists, descriptions and share cards, on one line, without a dateline.

    The lead where there is one, else the beginning of the text without its sub-headings and the addresses of
    videos and posts, cut at the end of a sentence or a word.
    """
    text = strip_dateline(fold_line(lead))
    if text:
        return _shortened(text, length)
    parts: list[str] = []
    for tag, paragraph in _paragraphs(html):
        if tag not in _HEADINGS and embeds.find(paragraph) is None:
            parts.append(paragraph if parts else strip_dateline(paragraph))
        if sum(map(len, parts)) > length:
            break
    return _shortened(fold_line(" ".join(parts)), length)


def _paragraphs(html: str) -> Iterator[tuple[str, str]]:
    for found in _PARAGRAPH.finditer(html):
        yield found[1], unescape(_TAG.sub("", found[2].replace("<br>", " ")))


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    sentences = [end.end() for end in _SENTENCE_END.finditer(text[:length])]
    if sentences and sentences[-1] >= length * _LEAST_PART:
        return text[: sentences[-1]]
    cut = text[: length - 1]
    if text[length - 1] != " ":
        words = cut.rpartition(" ")[0]
        cut = words if len(words) >= length * _LEAST_PART else cut
    return cut.rstrip(" ,·") + "…"
