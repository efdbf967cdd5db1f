"""`python -m tests.judge [--quick]`: the paper served with its demo, judged by checkers from outside.

--quick leaves out Lighthouse and looks at a few pages of each kind, for CI. The table and all findings stand in
var/judge/report.txt too. The exit code is 1 where a checker found an error.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Error as BrowserError

from tests.judge import paper, tools, verdict
from tests.judge.verdict import Verdict

BROKEN = (BrowserError, subprocess.SubprocessError, RuntimeError, OSError, LookupError, TypeError, ValueError)


# Addresses with a variable part that are no pages, are for one reader's own things, or are judged elsewhere.
APART = {
    *("article-read", "article-moved", "rendition", "brand", "card", "sitemap-articles"),
    *("comment-edit", "comment-delete", "comment-vote", "comment-report"),
}


def say(line: str) -> None:
    print(f"judge: {line}", file=sys.stderr, flush=True)


def walk(site: str) -> tuple["object", Verdict]:
    """Crawls from the front page, every plain address and a few that no page names."""
    from articles.models import Article
    from tests.judge import crawl, extras

    found = crawl.Crawl(site)
    reference = extras.reference().get_absolute_url()
    gone = Article.objects.withdrawn().first()
    starts = [
        "/",
        reference,
        *crawl.plain_routes(),
        "/search/?q=바람",
        "/search/?q=없는말없는말",
        f"{reference}comments/write/",
        f"{reference}comments/?sort=up",
        f"{reference}comments/?after=broken",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/no-such-page/",
        *([gone.get_absolute_url()] if gone else []),
    ]
    began = time.monotonic()
    found.walk(dict.fromkeys(starts))
    answered = Verdict("crawl", len(found.pages), seconds=time.monotonic() - began)
    answered.errors = [
        f"{page.path} answers {page.status}" for page in found.pages.values() if page.status >= 500
    ]
    reached = {page.kind.partition("?")[0] for page in found.pages.values()}
    answered.remarks = [
        f"no page leads to {one}" for one in sorted(crawl.variable_routes() - reached - APART)
    ]
    answered.figures.append(f"{len(found.kinds())} kinds of HTML pages")
    return found, answered


def checkers(
    found: "object", folder: Path, *, quick: bool
) -> list[tuple[str, tuple[str, ...], Callable[[], Verdict]]]:
    """Name, needed tools and the check itself."""
    from tests.judge import access, feeds, headers, lighthouse, links, markup, reading, weight

    checks = [
        ("Nu HTML checker", markup.NEEDS, lambda: markup.check(found, folder, quick=quick)),
        ("axe WCAG 2.2 AA", access.NEEDS, lambda: access.check(found, quick=quick)),
        ("links and anchors", (), lambda: links.check(found, quick=quick)),
        ("headers", (), lambda: headers.check(found)),
        ("robots and sitemaps", (), lambda: feeds.check_sitemaps(found)),
        ("feeds", feeds.NEEDS, lambda: feeds.check(found)),
        ("extractors", reading.NEEDS, lambda: reading.check(found, quick=quick)),
        ("weight", weight.NEEDS, lambda: weight.check(found.site)),
    ]
    if not quick:
        checks.append(("Lighthouse", lighthouse.NEEDS, lambda: lighthouse.check(found, folder)))
    return checks


def judged(name: str, needs: tuple[str, ...], check: Callable[[], Verdict]) -> Verdict:
    """The verdict with its time; a checker that breaks is an error of its own."""
    absent = tools.missing(*needs)
    if absent:
        return Verdict(name, skipped=absent)
    say(name)
    began = time.monotonic()
    try:
        result = check()
    except BROKEN as error:
        result = Verdict(name, errors=[f"the checker broke: {error!r}"])
    result.seconds = time.monotonic() - began
    return result


def main() -> int:
    parser = argparse.ArgumentParser(prog="make judge")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", help="part of a checker's name")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="newsroom-judge-") as name:
        folder = Path(name)
        site = paper.configure(folder)
        say("making the paper")
        paper.fill(quick=options.quick)
        with paper.served(site, folder):
            say(f"made in {time.monotonic() - began:.0f} s; reading its pages")
            found, answered = walk(site)
            checks = [one for one in checkers(found, folder, quick=options.quick) if options.only in one[0]]
            verdicts = [answered, *(judged(*one) for one in checks)]
    report = f"{verdict.details(verdicts)}\n\n{verdict.table(verdicts)}\n"
    print(report)
    tools.HERE.mkdir(parents=True, exist_ok=True)
    (tools.HERE / "report.txt").write_text(report)
    return 1 if any(one.errors for one in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
