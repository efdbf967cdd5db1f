"""Every link, asset and anchor that the pages name: those of this paper answer, the others are well formed."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote, urljoin, urlsplit

from tests.judge.crawl import Crawl, Page, kind_of
from tests.judge.verdict import Verdict

AT_ONCE = 4
HOPS = 4
QUICK_OF_A_KIND = 15
ELSEWHERE = re.compile(
    r"(?:mailto:[^@\s]+@[\w.-]+|mailto:\?\S+|tel:\+?[\d-]+|https?://[\w.-]+(?::\d+)?(?:[/?#]\S*)?)"
)


def check(crawl: Crawl, *, quick: bool) -> Verdict:
    verdict = Verdict("links and anchors", len(crawl.html()))
    named = named_in(crawl, verdict)
    if quick:
        named = few_of_a_kind(named)
    targets = sorted({path.partition("#")[0] for path in named})
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(targets, pool.map(lambda path: arrive(crawl, path), targets), strict=True))
    for address, origin in sorted(named.items()):
        trouble = judge(answers[address.partition("#")[0]], address)
        if trouble:
            verdict.errors.append(f"{origin} → {address}: {trouble}")
    verdict.figures.append(
        f"{len(targets)} addresses answered, {len(named) - len(targets)} more with anchors"
    )
    return verdict


def named_in(crawl: Crawl, verdict: Verdict) -> dict[str, str]:
    """Addresses of this paper with a page that names each; what is wrong at sight is added to the verdict."""
    named: dict[str, str] = {}
    for page in crawl.html():
        for link in page.links:
            inside = crawl.local(page.path, link.target)
            trouble = ""
            if inside is None:
                absolute = urljoin(crawl.site + page.path, link.target)
                trouble = "" if ELSEWHERE.fullmatch(absolute) else "not an address"
            elif inside.partition("#")[0] == page.path:
                # Within the page itself, which may be an error page on purpose.
                trouble = no_anchor(page, inside)
            else:
                named.setdefault(inside, page.path)
            if trouble:
                verdict.errors.append(f"{page.path} → {link.target[:120]!r}: {trouble}")
    return named


def few_of_a_kind(named: dict[str, str]) -> dict[str, str]:
    """At most QUICK_OF_A_KIND addresses of each kind: the thousandth comment answers as the first did."""
    count: Counter[str] = Counter()
    kept = {}
    for address, origin in named.items():
        kind = kind_of(address.partition("#")[0])
        count[kind] += 1
        if count[kind] <= QUICK_OF_A_KIND:
            kept[address] = origin
    return kept


def arrive(crawl: Crawl, path: str) -> Page:
    """Where the path leads after a few redirects within the paper."""
    page = crawl.pages.get(path) or crawl.fetch(path)
    for _ in range(HOPS):
        onward = (
            crawl.local(page.path, page.headers.get("location", "")) if page.status in {301, 302} else None
        )
        if onward is None:
            break
        page = crawl.fetch(onward.partition("#")[0])
    return page


def judge(page: Page, address: str) -> str:
    if page.status >= 400:
        return f"answers {page.status}"
    if page.status in {301, 302}:
        return "redirects without end or out of the paper"
    return no_anchor(page, address)


def no_anchor(page: Page, address: str) -> str:
    anchor = unquote(urlsplit(address).fragment)
    if anchor and page.is_html and anchor not in page.read.anchors:
        return "no such anchor"
    return ""
