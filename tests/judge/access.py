"""axe-core (WCAG 2.2 AA) in Chromium: light and dark, a telephone and a desktop."""

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.judge import tools
from tests.judge.crawl import Crawl, Page
from tests.judge.verdict import Verdict

NEEDS = ("chromium", "packages")
WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
QUICK = ("front", "section", "article", "search?q", "comment-write", "404", "account_login")
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


def check(crawl: Crawl, *, quick: bool) -> Verdict:
    pages = chosen(crawl, quick=quick)
    verdict = Verdict("axe WCAG 2.2 AA", len(pages))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.find_chromium(), args=chromium.flags())
        for width in WIDTHS:
            verdict.errors += at_width(browser, crawl.site, pages, width)
        browser.close()
    verdict.figures.append(f"{len(pages)} pages × {WIDTHS} px × {SCHEMES}")
    return verdict


def chosen(crawl: Crawl, *, quick: bool) -> list[Page]:
    """One page of each kind; of articles, the whole variety (quick: only the main kinds)."""
    kinds = crawl.kinds()
    if quick:
        return [kinds[kind][0] for kind in QUICK if kind in kinds]
    return [page for kind, found in kinds.items() for page in found[: 4 if kind == "article" else 1]]


def at_width(browser: Browser, site: str, pages: list[Page], width: int) -> list[str]:
    """The violations at this width, in both colour schemes."""
    found = []
    # The page's own policy would keep the checker's script out.
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="ko-KR", bypass_csp=True)
    context.add_init_script(path=tools.AXE)
    tab = context.new_page()
    for page in pages:
        tab.goto(site + page.path)
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for violation in tab.evaluate(RUN, TAGS)["violations"]:
                nodes = violation["nodes"]
                first = f"{nodes[0]['html'][:120]} {nodes[0]['failureSummary'][:200]!r}"
                found.append(
                    f"{page.path} [{page.kind}] {width} px {scheme}: {violation['id']} × {len(nodes)}: {first}"
                )
    context.close()
    return found
