"""What graders of headers look at: Mozilla's Observatory, by hand."""

from tests.judge.crawl import Crawl, Page
from tests.judge.verdict import Verdict

WANTED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}
PUBLIC = frozenset(
    {"front", "article", "section", "tag", "series", "reporter", "policy", "comments", "search"}
)


def check(crawl: Crawl) -> Verdict:
    pages = [page for page in crawl.pages.values() if page.status < 500]
    verdict = Verdict("headers", len(pages))
    for page in pages:
        verdict.errors += [f"{page.path}: {trouble}" for trouble in troubles(page)]
    return verdict


def troubles(page: Page) -> list[str]:
    found = [
        f"{name} is {page.headers.get(name)!r}, not {value!r}"
        for name, value in WANTED.items()
        if page.headers.get(name) != value
    ]
    # Feeds and icons are there to be taken by other sites; pages are not.
    shared = page.headers.get("cross-origin-resource-policy", "")
    if shared != "same-origin" and (page.is_html or shared != "cross-origin"):
        found.append(f"cross-origin-resource-policy is {shared!r}")
    policy = page.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        found.append(f"the content security policy is {policy!r}")
    varies = "cookie" in page.headers.get("vary", "").lower() or "set-cookie" in page.headers
    if page.kind.partition("?")[0] in PUBLIC and varies:
        found.append("a public page that depends on a cookie")
    return found
