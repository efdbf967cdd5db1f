"""Title, authors, date, lead picture and body as trafilatura, newspaper4k and Readability take them from a page.

The truth is the stored article. A body counts as whole when every sentence of it comes out; whatever else
stands in the page's main part and comes out with it is furniture.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.utils import timezone

from articles.models import Article
from tests.judge import tools
from tests.judge.crawl import Crawl
from tests.judge.verdict import Verdict

NEEDS = ("python", "node", "packages")
EXTRACTORS = ("trafilatura", "newspaper4k", "Readability")
TAKE_BODIES = ("trafilatura", "Readability")
QUICK_ARTICLES = 6
# Shorter words of the furniture may stand in any text.
FURNITURE_MIN = 6
VOID = frozenset({"img", "br", "hr", "source", "input", "meta", "link", "wbr", "use", "path", "area", "col"})
BLOCKS = frozenset(
    {"p", "li", "h2", "h3", "h4", "blockquote", "td", "th", "figcaption", "figure", "div", "tr"}
)


@dataclass
class Words(HTMLParser):
    """The words of some HTML by block, with those of figures apart."""

    blocks: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []
        self._fresh = True

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in VOID:
            self._inside.append(tag)
        self._fresh |= tag in BLOCKS

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass
        self._fresh |= tag in BLOCKS

    def handle_data(self, data: str) -> None:
        if {"script", "style", "template"} & set(self._inside):
            return
        into = self.figures if "figure" in self._inside else self.blocks
        if self._fresh or not into:
            into.append("")
            self._fresh = False
        into[-1] += data


def words_of(html: str) -> Words:
    words = Words()
    words.feed(html)
    words.close()
    return words


def squeezed(text: str) -> str:
    """Without white space: where it stands differs between extractors."""
    return re.sub(r"\s+", "", text)


def sentences(blocks: list[str]) -> list[str]:
    parts = (part for block in blocks for part in re.split(r"(?<=[.!?])\s+", block))
    return [one for one in map(squeezed, parts) if one]


@dataclass
class Truth:
    """What must come out of an article's page, and what must not."""

    article: Article
    body: list[str]
    furniture: set[str]


def truth(article: Article, html: str) -> Truth:
    """The furniture is all text of the page that is not headline, body or figures."""
    body = sentences(words_of(article.body).blocks)
    page = words_of(html)
    told = squeezed(article.title + article.subtitle + " ".join(words_of(article.body_html).blocks))
    others = {squeezed(block) for block in page.blocks}
    return Truth(article, body, {one for one in others if len(one) >= FURNITURE_MIN and one not in told})


def check(crawl: Crawl, *, quick: bool) -> Verdict:
    pages = [page for page in crawl.pages.values() if page.kind == "article" and page.status == 200]
    chosen = pages[: QUICK_ARTICLES if quick else None]
    verdict = Verdict("extractors", len(chosen))
    given = [{"url": crawl.site + page.path, "html": page.text} for page in chosen]
    found = tools.python("extract.py", given) | {"Readability": tools.node("readability.cjs", given)}
    shares: dict[str, list[float]] = {name: [] for name in TAKE_BODIES}
    for number, page in enumerate(chosen):
        true = truth(Article.objects.get(pk=page.path.split("/")[2]), page.text)
        for name in EXTRACTORS:
            taken = found[name][number]
            verdict.errors += [
                f"{page.path} {name}: {trouble}" for trouble in facts(true.article, taken, name)
            ]
            if name in TAKE_BODIES:
                share, troubles = body(true, taken.get("text", ""))
                shares[name].append(share)
                verdict.errors += [f"{page.path} {name}: {trouble}" for trouble in troubles]
    for name, values in shares.items():
        verdict.figures.append(f"{name}: {100 * sum(values) / max(1, len(values)):.1f} % of the sentences")
    return verdict


def facts(article: Article, taken: dict[str, Any], name: str) -> list[str]:
    """Headline, names, day and lead picture."""
    found = []
    if squeezed(taken.get("title", "")) != squeezed(article.title):
        found.append(f"title {taken.get('title')!r} is not {article.title!r}")
    names = [byline.name for byline in article.bylines.all()]
    given = [one for one in taken.get("authors", []) if one]
    # Readability knows one line of authors, the others a list.
    listed = re.split(r"\s*[,;]\s*|\s+and\s+", given[0]) if name == "Readability" and given else given
    if sorted(listed) != sorted(names):
        found.append(f"authors {given} are not {names}")
    day = timezone.localtime(article.first_published_at).date().isoformat()
    if not taken.get("date", "").startswith(day):
        found.append(f"date {taken.get('date')!r} is not {day}")
    shown = Article.objects.for_cards().get(pk=article.pk).thumbnail
    if shown is not None and "/media/photos/" not in taken.get("image", ""):
        found.append(f"lead picture {taken.get('image')!r}")
    return found


def body(true: Truth, text: str) -> tuple[float, list[str]]:
    """The share of the body's sentences that came out, and what is wrong."""
    taken = squeezed(text)
    lost = [one for one in true.body if one not in taken]
    found = [f"lost: {one[:60]!r} and {len(lost) - 1} more"] if (one := next(iter(lost), "")) else []
    found += [f"furniture: {one[:80]!r}" for one in sorted(true.furniture) if one in taken]
    return 1 - len(lost) / max(1, len(true.body)), found
