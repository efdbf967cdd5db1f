"""Reads a page the way the tests of its words need it: visible text, headings, elements with attributes."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "input", "source", "br", "hr", "path"}
# Boundaries of these are boundaries of words as well; a <span> or an <a> is not.
BLOCKS = {
    "p",
    "li",
    "div",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "figcaption",
    "td",
    "th",
    "summary",
    "nav",
    "title",
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Page(HTMLParser):
    """`Page(html).all("h1")`, `.one("figcaption")`, `.text`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.elements: list[Element] = []
        self._words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self._words).split())

    def all(self, tag: str, *, of_class: str = "") -> list[Element]:
        found = [element for element in self.elements if element.tag == tag]
        return [element for element in found if not of_class or element.has_class(of_class)]

    def one(self, tag: str, *, of_class: str = "") -> Element:
        (found,) = self.all(tag, of_class=of_class)
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        self._space(tag)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open, f"</{tag}> closes nothing"
            assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
            self._open.pop()
        self._space(tag)

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        for element in self._open:
            element.parts.append(data)

    def _space(self, tag: str) -> None:
        if tag in BLOCKS:
            self.handle_data(" ")
