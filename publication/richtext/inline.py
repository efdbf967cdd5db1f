"""The text inside one paragraph: runs of characters with marks, no tree, so nothing can nest badly."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import groupby
from urllib.parse import quote

import nh3

from publication.text import fold

MAX_ADDRESS = 2_000
"""Characters of a link's address; with a longer one the text stays and the link leaves."""

MAX_RUN = 50_000
"""Characters in a row without a tag; what is longer continues in a new paragraph. No hand writes one, and the
second sanitiser's time grows with the square of it."""

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LINK_RELATION = "noopener noreferrer"
"""What every link to another site carries: the page it opens learns nothing of ours and has no hold on it."""

# Spelling in the source -> the mark, in the order in which marks are written, outermost first.
MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "s": "s",
    "strike": "s",
    "del": "s",
    "u": "u",
    "ins": "u",
    "sub": "sub",
    "sup": "sup",
    "code": "code",
    "tt": "code",
}
_ORDER = {mark: place for place, mark in enumerate(dict.fromkeys(MARKS.values()))}

# Google Docs wraps a whole paste in a <b> that is not bold, and makes bold words with styled spans.
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_LONGEST_STYLE = 1_000

_NOT_IN_ADDRESS = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
_ENCODED_IN_ADDRESS = re.compile(r"""[\s"'<>\\^`{|}]""")
_ADDRESS = re.compile(r"https?://[^\s/?#]|mailto:[^\s@]+@|tel:[+0-9]|/(?!/)", re.IGNORECASE)
_JOINER = "\u200d"  # has nothing to join at the end of a text
_WHITE = re.compile(r"[ \n]+")

BREAK = "\n"


@dataclass(slots=True, frozen=True)
class Run:
    """Text with the same marks and the same link; the text BREAK is a line break and carries neither."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""


@dataclass(slots=True)
class Leaf:
    """A paragraph or sub-heading: p, h2 or h3."""

    tag: str
    runs: list[Run] = field(default_factory=list)

    def html(self) -> str:
        return f"<{self.tag}>{self.inner_html()}</{self.tag}>"

    def inner_html(self) -> str:
        """Every character of every run escaped, neighbours sharing the marks they have in common."""
        written: list[str] = []
        opened: list[str] = []
        for run in self.runs:
            wanted = [*([_link(run.href)] if run.href else []), *run.marks]
            shared = 0
            while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
                shared += 1
            written += (f"</{tag.split(' ', 1)[0]}>" for tag in reversed(opened[shared:]))
            written += (f"<{tag}>" for tag in wanted[shared:])
            written.append("<br>" if run.text == BREAK else escape(run.text, quote=False))
            opened = wanted
        written += (f"</{tag.split(' ', 1)[0]}>" for tag in reversed(opened))
        return "".join(written)

    def text(self) -> str:
        """The words alone; a line break is a space."""
        return "".join(run.text for run in self.runs).replace(BREAK, " ")


def _link(href: str) -> str:
    relation = "" if href.startswith(("/", "mailto:", "tel:")) else f' rel="{LINK_RELATION}"'
    return f'a href="{escape(href)}"{relation}'


def effect(tag: str, style: str) -> tuple[str, ...]:
    """The marks that one inline start tag sets, from its name and from what paste puts into style."""
    style = style[:_LONGEST_STYLE]
    marks = [MARKS[tag]] if tag in MARKS else []
    if "strong" in marks and _NOT_BOLD.search(style):
        marks.remove("strong")
    elif "strong" not in marks and _BOLD.search(style):
        marks.append("strong")
    if "em" not in marks and _SLANTED.search(style):
        marks.append("em")
    return tuple(marks)


@lru_cache(maxsize=1_024)
def united(effects: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The marks of several open tags, each once, in the order of writing."""
    return tuple(sorted({mark for marks in effects for mark in marks}, key=_ORDER.__getitem__))


def link_address(href: str) -> str:
    """The address as it is stored, or "" where it is none that a reader may be sent to.

    http, https, mailto, tel, or a path of this site. Spaces, quotes and brackets are percent-encoded, and
    ammonia's own parser has to accept the result, so that the second sanitiser finds nothing to take away.
    """
    address = _NOT_IN_ADDRESS.sub("", href[: 2 * MAX_ADDRESS]).strip()
    address = _ENCODED_IN_ADDRESS.sub(lambda sign: quote(sign[0]), address)
    if len(address) > MAX_ADDRESS or not _ADDRESS.match(address):
        return ""
    scheme, colon, rest = address.partition(":")
    if not address.startswith("/"):
        address = scheme.lower() + colon + rest
    return address if "href=" in _link_gate.clean(f'<a href="{escape(address)}">-</a>') else ""


_link_gate = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(LINK_SCHEMES), link_rel=None)


def paragraphs(leaf: Leaf) -> Iterator[Leaf]:
    """The leaf with its text folded; several leaves where a blank line divides it, none where it is blank."""
    part: list[Run] = []
    breaks = 0
    for run in _trimmed(_cut(_settled(leaf.runs))):
        if run.text == BREAK:
            breaks += 1
            continue
        if breaks > 1 and part:
            yield Leaf(leaf.tag, part)
            part = []
        elif breaks and part:
            part.append(Run(BREAK))
        part.append(run)
        breaks = 0
    if part:
        yield Leaf(leaf.tag, part)


def _settled(runs: list[Run]) -> list[Run]:
    """Folded, joined and trimmed until nothing changes: what is dropped brings new neighbours together."""
    before: list[Run] = []
    while runs != before:
        before, runs = runs, _trimmed(_joined(runs))
    return runs


def _cut(runs: list[Run]) -> Iterator[Run]:
    """The runs with a blank line inside every one that is longer than MAX_RUN, between words if it has any."""
    for run in runs:
        start = 0
        while len(run.text) - start > MAX_RUN:
            end = start + MAX_RUN
            space = run.text.rfind(" ", start + 1, end)
            end = space if space > 0 else end
            yield Run(run.text[start:end].strip(_JOINER), run.marks, run.href)
            yield from (Run(BREAK), Run(BREAK))
            start = end
        yield Run(run.text[start:].strip(_JOINER), run.marks, run.href)


def _joined(runs: list[Run]) -> Iterator[Run]:
    for (marks, href, is_break), group in groupby(runs, lambda run: (run.marks, run.href, run.text == BREAK)):
        if is_break:
            yield from group
            continue
        text = _WHITE.sub(" ", fold("".join(run.text for run in group)))
        yield Run(text, marks, href) if text != " " else Run(text)


def _trimmed(runs: Iterable[Run]) -> list[Run]:
    """One space between words whatever marks they carry, none beside a break or at an end, no empty run."""
    kept: list[Run] = []
    for run in runs:
        text = run.text
        if text == BREAK:
            _bare_end(kept)
        elif not kept or kept[-1].text.endswith((" ", BREAK)):
            text = text.lstrip(" ")
        if text:
            kept.append(Run(text, run.marks, run.href))
    _bare_end(kept)
    return kept


def _bare_end(runs: list[Run]) -> None:
    while runs and runs[-1].text.endswith(" "):
        last = runs.pop()
        if bare := last.text.rstrip(" "):
            runs.append(Run(bare, last.marks, last.href))
