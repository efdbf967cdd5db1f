"""Walks the served paper as a search engine would: every kind of page, a few of each, every link of them."""

import http.client
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, get_resolver, resolve

# Pages of one kind that are read; further ones are only asked whether they answer.
READ_OF_A_KIND = 6
ALL_OF = frozenset({"policy", "article"})
# Where nobody but staff or a signed-in reader gets an answer, and where a GET would act.
CLOSED = ("/admin/",)
TIMEOUT = 60
LINKS = {
    ("a", "href"),
    ("area", "href"),
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("use", "href"),
    ("form", "action"),
    ("video", "src"),
    ("source", "src"),
}
# Addresses that other sites take from a page's head.
NAMED_IN_META = {"og:image", "og:url", "twitter:image"}
SOURCE_SETS = {"img", "source"}


@dataclass
class Link:
    """One address named in a page: on which element, with which relation."""

    tag: str
    target: str
    rel: str = ""
    type: str = ""


class _Reader(HTMLParser):
    """Collects links and anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if found.get("id"):
            self.anchors.add(found["id"])
        if tag == "form" and found.get("method", "get").lower() == "post":
            return
        about = found.get("rel", ""), found.get("type", "")
        if tag == "meta" and found.get("property", found.get("name")) in NAMED_IN_META:
            self.links.append(Link(tag, found.get("content", ""), *about))
        for name, value in found.items():
            if (tag, name) in LINKS:
                self.links.append(Link(tag, value, *about))
        if tag in SOURCE_SETS and "srcset" in found:
            candidates = (one.split() for one in found["srcset"].split(","))
            self.links += [Link(tag, words[0], *about) for words in candidates if words]


@dataclass
class Page:
    """One answer; `path` holds the query too."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    kind: str = ""
    links: list[Link] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")

    @cached_property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @cached_property
    def read(self) -> "_Reader":
        reader = _Reader()
        reader.feed(self.text)
        return reader


@dataclass
class Crawl:
    """All that was read, and the addresses that were named."""

    site: str
    pages: dict[str, Page] = field(default_factory=dict)

    def fetch(self, path: str, **headers: str) -> Page:
        """One GET, redirects not followed; non-ASCII in the path is encoded as browsers do."""
        parts = urlsplit(self.site)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
        try:
            connection.request("GET", quote(path, safe="/%?&=+:;,@!$'()*[]~"), headers=headers)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Page(path, answer.status, named, answer.read(), kind_of(path))
        finally:
            connection.close()

    def local(self, base: str, target: str) -> str | None:
        """The path of a link within this paper, with its query and fragment; None for all others."""
        address = urljoin(self.site + base, target.strip())
        if address != self.site and not address.startswith(self.site + "/"):
            return None
        return address.removeprefix(self.site) or "/"

    def walk(self, starts: Iterable[str]) -> None:
        """Breadth first from these paths."""
        waiting = deque(starts)
        read: Counter[str] = Counter()
        while waiting:
            path = waiting.popleft().partition("#")[0]
            kind = kind_of(path)
            if path in self.pages or path.startswith(CLOSED) or _is_file(path):
                continue
            if read[kind] >= READ_OF_A_KIND and kind not in ALL_OF:
                continue
            read[kind] += 1
            page = self.pages[path] = self.fetch(path)
            if page.is_html:
                page.links = page.read.links
                found = (self.local(path, link.target) for link in page.links if link.tag in {"a", "link"})
                waiting.extend(filter(None, found))
            elif page.status in {301, 302, 303}:
                waiting.extend(filter(None, [self.local(path, page.headers.get("location", ""))]))

    def html(self) -> list[Page]:
        """Every HTML page, redirects left out."""
        return [page for page in self.pages.values() if page.is_html and page.status not in {301, 302}]

    def kinds(self) -> dict[str, list[Page]]:
        """HTML pages by kind, in the order they were found."""
        kinds = defaultdict(list)
        for page in self.html():
            kinds[page.kind if page.status < 400 else str(page.status)].append(page)
        return dict(kinds)


def kind_of(path: str) -> str:
    """The name of the address with the names of its query's fields: `section?before`."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).url_name or parts.path
    except Resolver404:
        name = "unknown"
    fields = sorted(parse_qs(parts.query, keep_blank_values=True))
    return name + ("?" + "&".join(fields) if fields else "")


def _is_file(path: str) -> bool:
    return path.startswith(("/static/", "/media/"))


def plain_routes() -> list[str]:
    """Addresses of this paper without a variable part, staff's and accounts' left out."""
    found = []
    for name, entries in get_resolver().reverse_dict.lists():
        for possibilities, _pattern, _defaults, _converters in entries:
            for form, variables in possibilities:
                if isinstance(name, str) and not variables and not form.startswith(("accounts/", "admin/")):
                    found.append("/" + form)
    return sorted(set(found))


def variable_routes() -> set[str]:
    """Names of this paper's own addresses with a variable part: each is to be reached by some link."""
    patterns = list(get_resolver().url_patterns)
    names = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if "<" in str(pattern.pattern) and pattern.name:
                names.add(pattern.name)
        elif str(pattern.pattern) == "":
            patterns += pattern.url_patterns
    return names
