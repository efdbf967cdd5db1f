"""The vocabulary of staff's rich text: its blocks, and the allow-list that follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from publication.richtext.inline import MARKS, Leaf, paragraphs

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
"""Heading of the source -> ours. The only h1 of a page is the article's headline."""

LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})

TAGS = frozenset(
    {"p", "h2", "h3", "blockquote", "hr", "ul", "ol", "li", "a", "br"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
    | set(MARKS.values())
)
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "rel"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}


@dataclass(slots=True)
class Rule:
    """A horizontal rule."""

    def html(self) -> str:
        return "<hr>"


@dataclass(slots=True)
class Box:
    """A block that holds blocks: quote, list, item, table, row, cell. `head` marks a row of a table's head."""

    tag: str
    attributes: dict[str, int | str] = field(default_factory=dict)
    children: list["Block"] = field(default_factory=list)
    head: bool = False

    def html(self) -> str:
        attributes = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        inner = self._rows() if self.tag == "table" else write(self.children)
        return f"<{self.tag}{attributes}>{inner}</{self.tag}>"

    def _rows(self) -> str:
        heads = 0
        while heads < len(self.children) and getattr(self.children[heads], "head", False):
            heads += 1
        head, rows = write(self.children[:heads]), write(self.children[heads:])
        return (f"<thead>{head}</thead>" if head else "") + (f"<tbody>{rows}</tbody>" if rows else "")


class Placed:
    """A top-level block of a kind unknown here; articles puts its figures into this place."""

    __slots__ = ()

    def html(self) -> str:
        raise NotImplementedError


Block = Leaf | Box | Rule | Placed


def write(blocks: Sequence[Block]) -> str:
    """The blocks as HTML. Only what this vocabulary knows can come out, and every text is escaped."""
    return "".join(block.html() for block in blocks)


def normalised(block: Block) -> list[Block]:
    """The block as it is stored: as several where blank lines divide it, nothing where it is empty."""
    if isinstance(block, Leaf):
        return list(paragraphs(block))
    if isinstance(block, Box):
        block.children = [kept for child in block.children for kept in normalised(child)]
        is_blank = not block.children or (block.tag == "table" and not has_words(block))
        return [] if is_blank and block.tag not in CELLS else [block]
    return [block]


def has_words(block: Block) -> bool:
    """True where there is a paragraph in it, however deep. For blocks that are normalised."""
    return isinstance(block, Leaf) or (isinstance(block, Box) and any(map(has_words, block.children)))
