"""What search engines document as needed and as wished for in structured data, written down by hand.

`graph_of(html)` reads a page's nodes, `problems(nodes)` names what is missing or of the wrong form.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Node = dict[str, Any]

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

REQUIRED: dict[str, tuple[str, ...]] = {
    "NewsArticle": ("headline", "author", "datePublished"),
    "NewsMediaOrganization": ("name", "url"),
    "WebSite": ("name", "url", "potentialAction"),
    "BreadcrumbList": ("itemListElement",),
    "ItemList": ("itemListElement",),
    "CollectionPage": ("name", "url", "mainEntity"),
    "ListItem": ("position",),
    "ProfilePage": ("mainEntity",),
    "Person": ("name",),
    "ImageObject": ("url", "width", "height"),
    "SearchAction": ("target", "query-input"),
    "EntryPoint": ("urlTemplate",),
    "PostalAddress": ("streetAddress",),
    "CreativeWorkSeries": ("name", "url"),
    "WebPage": ("@id",),
}
# Wished for on a complete paper with a complete article.
RECOMMENDED: dict[str, tuple[str, ...]] = {
    "NewsArticle": (
        "image",
        "dateModified",
        "description",
        "publisher",
        "mainEntityOfPage",
        "articleSection",
        "keywords",
        "commentCount",
        "inLanguage",
        "isAccessibleForFree",
    ),
}
MOMENTS = ("datePublished", "dateModified")
ADDRESSES = ("url", "@id", "contentUrl", "item", "urlTemplate")
NUMBERS = ("width", "height", "position", "commentCount")
SECONDS_AND_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
# Search engines cut a headline beyond this; ours may hold 200 letters, which is no fault.
RATIOS = {"16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0}


def graph_of(html: str) -> list[Node]:
    """The nodes of the page's one block of data; AssertionError for several."""
    found = SCRIPT.findall(html)
    assert len(found) <= 1, "more than one block of structured data"
    if not found:
        return []
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node(nodes: list[Node], kind: str) -> Node:
    """The one node of this type."""
    (found,) = [one for one in nodes if kind in types(one)]
    return found


def types(one: Node) -> list[str]:
    kind = one.get("@type", [])
    return kind if isinstance(kind, list) else [kind]


def problems(nodes: list[Node], *, complete: bool = False) -> list[str]:
    """Every fault of every node at every depth; with `complete` also what is only wished for."""
    return [
        f"{'/'.join(types(one)) or 'reference'}: {fault}"
        for one in walked(nodes)
        for fault in _faults(one, complete)
    ]


def walked(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from walked(one)


def _faults(one: Node, complete: bool) -> Iterator[str]:
    for kind in types(one):
        wanted = REQUIRED.get(kind, ()) + (RECOMMENDED.get(kind, ()) if complete else ())
        yield from (f"{name} is missing" for name in wanted if name not in one)
        if kind not in REQUIRED and kind != "OpinionNewsArticle":
            yield "a type that nobody wrote rules for"
    yield from (f"{name} is blank" for name, value in one.items() if value in ("", None, [], {}))
    yield from (f"{name} is no full address: {one[name]}" for name in ADDRESSES if _is_bad_address(one, name))
    yield from (f"{name} is no number" for name in NUMBERS if name in one and not isinstance(one[name], int))
    yield from (
        f"{name} is no moment: {one[name]}" for name in MOMENTS if name in one and _is_bad_moment(one[name])
    )


def _is_bad_address(one: Node, name: str) -> bool:
    if name not in one:
        return False
    parts = urlsplit(one[name])
    return parts.scheme not in {"http", "https"} or not parts.netloc


def _is_bad_moment(text: str) -> bool:
    return not SECONDS_AND_OFFSET.fullmatch(text) or datetime.fromisoformat(text).tzinfo is None
