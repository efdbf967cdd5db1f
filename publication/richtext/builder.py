"""From a stream of tokens of any origin to a small tree of known blocks.

What a tag means here follows what browsers and word processors write, not the whole of the HTML standard: the
text always survives, its structure where it is one of ours, and the work is in proportion to the length.
"""

from dataclasses import dataclass

from publication.richtext.blocks import (
    ATTRIBUTES,
    CELLS,
    HEADINGS,
    LISTS,
    TAGS,
    Block,
    Box,
    Placed,
    Rule,
    normalised,
)
from publication.richtext.inline import BREAK, MARKS, Leaf, Run, effect, link_address, united
from publication.richtext.tokens import End, Start, Text, tokens

MAX_NESTING = 12
"""Lists, items, quotes and cells inside one another; deeper ones are flattened. An editor makes four."""

MAX_OPEN = 64
"""Tags followed at once; of what lies deeper only the text is kept."""

MAX_SPAN = 100
"""Largest rowspan and colspan."""

_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_TABLE_PARTS = _ROW_GROUPS | {"table", "tr"}
_INLINE = frozenset(MARKS) | {"a", "span", "font"}
# Start a new paragraph and leave nothing else behind.
_BOUNDARIES = frozenset(
    {
        "address",
        "article",
        "aside",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
    }
    | {"dt", "fieldset", "footer", "form", "header", "hgroup", "html", "legend", "main", "menu", "nav"}
    | {"option", "pre", "section", "summary"}
)

# The marks that each open inline tag sets, with the tag's name.
_Marks = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class _Open:
    """A block tag that is open: the box it made, if any, and the inline state to return to after it."""

    name: str
    box: Box | None
    marks: _Marks
    href: str


class Builder:
    """Makes the tree out of tokens. Pictures and figures are dropped; articles.figures places its own."""

    def __init__(self) -> None:
        self.root = Box("root")
        self._open: list[_Open] = []
        self._unfollowed = 0
        self._leaf: Leaf | None = None
        self._leaf_is_tagged = False
        self._before_leaf: tuple[_Marks, str] = ((), "")
        self._marks: _Marks = ()
        self._href = ""
        self._waiting: list[Placed] = []
        self._in_figure = False
        self._caption: list[str] = []
        self._in_caption = False

    def build(self, source: str) -> list[Block]:
        """The top-level blocks of the source, normalised, without empty ones."""
        for token in tokens(source):
            if isinstance(token, Text):
                self._text(token.text)
            elif isinstance(token, Start):
                self._start(token)
            else:
                self._end(token)
        self._close_figure()
        self._close_leaf()
        self._open.clear()
        self._flush_waiting()
        return [kept for child in self.root.children for kept in normalised(child)]

    # What articles.figures overrides.

    def figure_started(self, attributes: dict[str, str]) -> None:
        """A <figure> begins."""

    def figure_image(self, attributes: dict[str, str]) -> None:
        """An <img> inside a figure."""

    def figure_ended(self, caption: str) -> None:
        """The figure is over; its caption as plain text, not yet folded."""

    def place(self, block: Placed) -> None:
        """Puts a block at top level: here, or right after the paragraph, list or table that is open."""
        if self._leaf is not None and not self._leaf_is_tagged:
            self._close_leaf()
        if self._leaf is None and self._flow() is self.root:
            self.root.children.append(block)
        else:
            self._waiting.append(block)

    # Tokens.

    def _text(self, text: str) -> None:
        if self._in_caption:
            self._caption.append(text)
            return
        leaf = self._leaf
        if leaf is None:
            if not text.strip():
                return
            leaf = self._open_leaf("p", tagged=False)
        leaf.runs.append(Run(text, united(tuple(marks for _tag, marks in self._marks)), self._href))

    def _start(self, tag: Start) -> None:
        name = tag.name
        if name in {"figure", "figcaption", "img"}:
            self._start_figure_part(tag)
        elif self._in_caption:
            self._caption.append(" ")
        elif name in _INLINE:
            self._start_inline(tag)
        elif name == "br":
            if self._leaf is not None:
                self._leaf.runs.append(Run(BREAK))
        elif name == "p":
            self._open_leaf("p", tagged=True)
        else:
            self._start_block(tag)

    def _start_figure_part(self, tag: Start) -> None:
        if tag.name == "figure":
            self._close_figure()
            if self._leaf is not None:  # the words around a figure in a paragraph must not grow together
                self._leaf.runs.append(Run(" "))
            self._in_figure = True
            self.figure_started(tag.attributes)
        elif self._in_figure and tag.name == "img":
            self.figure_image(tag.attributes)
        elif self._in_figure and tag.name == "figcaption":
            self._in_caption = True

    def _start_inline(self, tag: Start) -> None:
        if tag.name == "a":
            self._href = link_address(tag.attributes.get("href", ""))
        elif len(self._marks) < MAX_OPEN:
            self._marks += ((tag.name, effect(tag.name, tag.attributes.get("style", ""))),)

    def _start_block(self, tag: Start) -> None:
        name = tag.name
        if name in HEADINGS:
            self._start_heading(name)
        elif name == "hr":
            self._close_leaf()
            self._adopt(Rule())
        elif name == "blockquote" or name in LISTS:
            self._close_leaf()
            self._push(name, Box(name, _numbers(tag)) if self._has_room() else None)
        elif name == "li":
            self._start_item()
        elif name in _TABLE_PARTS or name in CELLS:
            self._start_table_part(tag)
        elif name in _BOUNDARIES:
            self._close_leaf()
            self._push(name, None)

    def _start_heading(self, name: str) -> None:
        self._close_leaf()
        if self._open and self._open[-1].name in HEADINGS:
            self._pop_from(len(self._open) - 1)
        self._push(name, None)

    def _start_item(self) -> None:
        self._close_leaf()
        scope = self._innermost(LISTS | CELLS | {"li", "table", "blockquote"})
        if scope is not None and self._open[scope].name == "li":
            self._pop_from(scope)
            scope = self._innermost(LISTS)
        in_list = scope is not None and self._open[scope].name in LISTS and self._open[scope].box is not None
        if in_list and scope is not None:
            self._pop_from(scope + 1)
        self._push("li", Box("li") if in_list else None)

    def _start_table_part(self, tag: Start) -> None:
        self._close_leaf()
        scope = self._innermost({"table"})
        if tag.name == "table":
            self._push("table", Box("table") if scope is None and self._has_room() else None)
        elif scope is None or self._open[scope].box is None:
            self._push(tag.name, None)  # outside a table, or in one that stands in a cell: its text only
        elif tag.name in _ROW_GROUPS:
            self._pop_from(scope + 1)
            self._push(tag.name, None)
        elif tag.name == "tr":
            self._start_row(scope)
        else:
            row = self._innermost({"tr"})
            if row is None or row < scope:
                self._start_row(scope)
                row = len(self._open) - 1
            self._pop_from(row + 1)
            self._push(tag.name, Box(tag.name, _numbers(tag)))

    def _start_row(self, table: int) -> None:
        inside = self._open[table + 1].name if table + 1 < len(self._open) else ""
        self._pop_from(table + 2 if inside in _ROW_GROUPS else table + 1)
        self._push("tr", Box("tr", head=inside == "thead"))

    def _end(self, tag: End) -> None:
        name = tag.name
        if name == "figcaption":
            self._in_caption = False
        elif name == "figure":
            self._close_figure()
        elif self._in_caption:
            self._caption.append(" ")
        elif name == "a":
            self._href = ""
        elif name in _INLINE:
            self._end_inline(name)
        elif name == "p":
            self._close_leaf()
        elif name == "br":  # a browser reads </br> as <br>
            self._start(Start("br"))
        else:
            self._end_block(name)

    def _end_inline(self, name: str) -> None:
        for index in range(len(self._marks) - 1, -1, -1):
            if self._marks[index][0] == name:
                self._marks = self._marks[:index] + self._marks[index + 1 :]
                return

    def _end_block(self, name: str) -> None:
        if self._unfollowed and (name in _BOUNDARIES or name in HEADINGS or name in TAGS):
            self._unfollowed -= 1
            self._close_leaf()
            return
        barrier = set() if name in CELLS | _TABLE_PARTS else CELLS | {"table"}
        scope = self._innermost({name} | barrier)
        if scope is not None and self._open[scope].name == name:
            self._close_leaf()
            self._pop_from(scope)

    # The tree.

    def _flow(self) -> Box:
        """The innermost box that is open."""
        return next((entry.box for entry in reversed(self._open) if entry.box is not None), self.root)

    def _innermost(self, names: set[str] | frozenset[str]) -> int | None:
        return next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i].name in names), None)

    def _has_room(self) -> bool:
        return sum(entry.box is not None for entry in self._open) < MAX_NESTING

    def _push(self, name: str, box: Box | None) -> None:
        if len(self._open) >= MAX_OPEN:
            self._unfollowed += 1
            return
        if box is not None:
            self._adopt(box)
        self._open.append(_Open(name, box, self._marks, self._href))

    def _pop_from(self, index: int) -> None:
        if index < len(self._open):
            self._marks, self._href = self._open[index].marks, self._open[index].href
            del self._open[index:]
            if self._flow() is self.root:
                self._flush_waiting()

    def _adopt(self, block: Block) -> None:
        """Puts a block where it may stand: a list takes items only, a table rows, a row cells."""
        flow = self._flow()
        tag = block.tag if isinstance(block, Box) else ""
        if flow.tag in LISTS and tag != "li":
            before = flow.children[-1] if flow.children else None
            if tag in LISTS and isinstance(before, Box):
                flow = before  # a list in a list belongs to the item before it
            else:
                block = Box("li", children=[block])
        elif (flow.tag == "table" and tag != "tr") or (flow.tag == "tr" and tag not in CELLS):
            flow = self._around_table()
            flow.children.insert(len(flow.children) - 1, block)
            return
        flow.children.append(block)

    def _around_table(self) -> Box:
        """The box that holds the open table: what strays between cells is put before the table."""
        boxes = [self.root, *(entry.box for entry in self._open if entry.box is not None)]
        while boxes.pop().tag != "table":
            pass
        holder = boxes[-1]
        item = holder.children[-1]
        return item if holder.tag in LISTS and isinstance(item, Box) else holder

    def _open_leaf(self, tag: str, *, tagged: bool) -> Leaf:
        self._close_leaf()
        heading = self._innermost(frozenset(HEADINGS) | CELLS | {"li", "blockquote"})
        if heading is not None and self._open[heading].name in HEADINGS:
            tag = HEADINGS[self._open[heading].name]
        leaf = Leaf(tag)
        self._leaf, self._leaf_is_tagged = leaf, tagged
        self._before_leaf = (self._marks, self._href)
        return leaf

    def _close_leaf(self) -> None:
        if self._leaf is None:
            return
        leaf, self._leaf = self._leaf, None
        if self._leaf_is_tagged:
            self._marks, self._href = self._before_leaf
        if leaf.runs:
            self._adopt(leaf)
        if self._flow() is self.root:
            self._flush_waiting()

    def _close_figure(self) -> None:
        if self._in_figure:
            self.figure_ended("".join(self._caption))
        self._in_figure = self._in_caption = False
        self._caption = []

    def _flush_waiting(self) -> None:
        self.root.children.extend(self._waiting)
        self._waiting.clear()


def _numbers(tag: Start) -> dict[str, int]:
    """The numeric attributes this tag may carry, within their bounds; the default value 1 is left out."""
    numbers = {}
    for name in sorted(ATTRIBUTES.get(tag.name, ())):
        value = tag.attributes.get(name, "").strip()
        bound = 9_999 if name == "start" else MAX_SPAN
        if value.isascii() and value.isdigit() and len(value) <= 4 and 1 < int(value) <= bound:
            numbers[name] = int(value)
    return numbers
