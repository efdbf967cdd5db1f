"""Bytes on the wire, requests and layout shift of the reference article, in Chromium; speed.md's eighth goal."""

import gzip
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.judge import extras
from tests.judge.verdict import Verdict

NEEDS = ("chromium",)
KIB = 1024
HTML_MAX = CSS_MAX = SCRIPTS_MAX = 12 * KIB
FILES_MAX = 3
# The usual levels of a proxy; every browser takes brotli.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 500);
})"""


def check(site: str) -> Verdict:
    verdict = Verdict("weight", 2)
    address = site + extras.reference().get_absolute_url()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.find_chromium(), args=chromium.flags())
        for name, one in (("article", address), ("front", site + "/")):
            tab = browser.new_page(viewport={"width": 390, "height": 844})
            sent = load(tab, one)
            shift = tab.evaluate(SHIFT)
            judge(verdict, name, one, sent, shift, is_reference=name == "article")
            tab.close()
        bare = browser.new_context(java_script_enabled=False).new_page()
        bare.goto(address)
        if "다리 위의 아침" not in (bare.text_content(".article-body") or ""):
            verdict.errors.append("without script the body is not shown")
        browser.close()
    return verdict


def load(tab: Tab, address: str) -> dict[str, tuple[str, int]]:
    """Loads the page and scrolls through it; every address asked, its type and its bytes on the wire."""
    types: dict[str, tuple[str, str]] = {}
    sent: dict[str, tuple[str, int]] = {}
    wire = tab.context.new_cdp_session(tab)
    wire.send("Network.enable")

    def began(event: dict[str, Any]) -> None:
        types[event["requestId"]] = event["request"]["url"], event.get("type", "Other")

    def ended(event: dict[str, Any]) -> None:
        url, kind = types.get(event["requestId"], ("", "Other"))
        sent[url] = kind, int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", began)
    wire.on("Network.loadingFinished", ended)
    tab.goto(address, wait_until="networkidle")
    tab.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    tab.wait_for_load_state("networkidle")
    return sent


def compressed(address: str) -> dict[str, int]:
    """Bytes of the page's body by coding: as this server sends it, else as the proxy before it would."""
    makers = {
        "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
        "gzip": lambda body: gzip.compress(body, GZIP_LEVEL),
    }
    return {coding: _sent(address, coding, make) for coding, make in makers.items()}


def _sent(address: str, coding: str, make: Callable[[bytes], bytes]) -> int:
    request = urllib.request.Request(address, headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
        return len(body if answer.headers["Content-Encoding"] == coding else make(body))


def judge(
    verdict: Verdict,
    name: str,
    address: str,
    sent: dict[str, tuple[str, int]],
    shift: float,
    *,
    is_reference: bool,
) -> None:
    """Headers of files count too: they are on the wire. Only the reference article has limits for its HTML."""
    host = urlsplit(address).netloc
    foreign = [url for url in sent if urlsplit(url).netloc != host and not url.startswith("data:")]
    by_kind = {kind: sum(size for one, size in sent.values() if one == kind) for kind in dict(sent.values())}
    files = [url for url, (kind, _) in sent.items() if kind in {"Stylesheet", "Script", "Font"}]
    coded = compressed(address)
    css, script = by_kind.get("Stylesheet", 0), by_kind.get("Script", 0)
    verdict.figures.append(
        f"{name}: HTML {coded} B ({by_kind.get('Document', 0)} B on the wire), CSS {css} B, "
        f"scripts {script} B, {len(files)} files, pictures {by_kind.get('Image', 0)} B, "
        f"others' requests {len(foreign)}, layout shift {shift:.4f}"
    )
    most_html = HTML_MAX if is_reference else 10 * HTML_MAX
    limits = [
        *((f"HTML in {coding}", size, most_html) for coding, size in coded.items()),
        ("CSS", css, CSS_MAX),
        ("scripts", script, SCRIPTS_MAX),
        ("files besides pictures", len(files), FILES_MAX),
        ("requests to others", len(foreign), 0),
        ("layout shift", shift, 0),
    ]
    verdict.errors += [f"{name}: {what} {is_} > {most}" for what, is_, most in limits if is_ > most]
