"""HTML of unknown origin as a flat stream of tags and text, in one pass and in linear time.

A browser's tree builder can be made to multiply its input (every paragraph reopens each unclosed <b>), and
tree parsers stop at a depth. A stream does neither: what is deep, unclosed or hostile costs no more than its
length.
Nothing here decides what is allowed; publication/richtext/blocks.py does.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class Text:
    """Characters with their references already resolved."""

    text: str


@dataclass(slots=True, frozen=True)
class Start:
    """A start tag: lower-case name, the first value of each attribute, references resolved."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, frozen=True)
class End:
    name: str


Token = Text | Start | End

# Their content is code or fallback, never a reporter's words. A browser swallows the rest of an unclosed one.
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"})
# Left out with their content too, but where they are never closed only the tag is, so that no text is lost.
_FOREIGN = frozenset(
    {"svg", "math", "template", "object", "select", "audio", "video", "canvas", "xml", "button", "datalist"}
)
_CLOSING = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+>", re.IGNORECASE) for name in _RAW | _FOREIGN}

_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_END_NAME = re.compile(r"/([a-zA-Z][^\s/>]*+)")
_EMPTY_COMMENT = re.compile(r"<!---?>")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(=?[^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|((?!["'])[^\s>]*+)))?"""
)
# int() refuses thousands of digits, and no character has more than seven.
_ENDLESS_REFERENCE = re.compile(r"&#(?:[0-9]{9,}+|[xX][0-9a-fA-F]{9,}+);?")


def tokens(source: str) -> Iterator[Token]:
    """Start tags, end tags and text in order; comments, declarations and what scripts hold are left out."""
    position, length = 0, len(source)
    unclosed: set[str] = set()
    while 0 <= position < length:
        tag = source.find("<", position)
        tag = length if tag < 0 else tag
        if tag > position:
            yield Text(_resolved(source[position:tag]))
        if tag == length:
            return
        token, position = _token(source, tag)
        if isinstance(token, Start) and token.name in _CLOSING and token.name not in unclosed:
            position = _after_content(source, token.name, position, unclosed)
        elif token is not None:
            yield token


def _after_content(source: str, name: str, position: int, unclosed: set[str]) -> int:
    """Behind the end tag of an element whose content is left out; -1 where it swallows the rest."""
    closing = _CLOSING[name].search(source, position)
    if closing is not None:
        return closing.end()
    if name in _RAW:
        return -1
    unclosed.add(name)  # looked for once, so that a thousand of them cost one search
    return position


def _token(source: str, tag: int) -> tuple[Token | None, int]:
    """The token whose "<" stands at `tag`, None for a comment; and where the next begins, -1 for nowhere."""
    if name := _NAME.match(source, tag + 1):
        return _start(source, tag, name)
    if name := _END_NAME.match(source, tag + 1):
        return End(name[1].lower()), _after(source, ">", name.end())
    if comment := _EMPTY_COMMENT.match(source, tag):
        return None, comment.end()
    if source.startswith("<!--", tag):
        return None, _after(source, "-->", tag + 4)
    if source.startswith(("<!", "<?", "</"), tag):
        return None, _after(source, ">", tag + 2)
    return Text("<"), tag + 1


def _start(source: str, tag: int, name: re.Match[str]) -> tuple[Token, int]:
    """The start tag; one that is cut off by the end of the source is the text it looks like."""
    position = name.end()
    attributes: dict[str, str] = {}
    while (found := _ATTRIBUTE.match(source, position)) is not None:
        value = next((group for group in found.groups()[1:] if group is not None), "")
        attributes.setdefault(found[1].lower(), value)
        position = found.end()
    end = source.find(">", position)
    if end < 0:
        return Text(_resolved(source[tag:])), len(source)
    return Start(name[0].lower(), {key: _resolved(value) for key, value in attributes.items()}), end + 1


def _after(source: str, needle: str, position: int) -> int:
    found = source.find(needle, position)
    return found + len(needle) if found >= 0 else -1


def _resolved(text: str) -> str:
    """Character references resolved; those of no character become U+FFFD."""
    return html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", text)) if "&" in text else text
