"""Feeds in feedparser, every field against the articles themselves; JSON feeds and sitemaps by hand."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from articles.models import Article
from tests.judge import tools
from tests.judge.crawl import Crawl, Page
from tests.judge.verdict import Verdict

NEEDS = ("python",)
XML_FEEDS = ("application/rss+xml", "application/atom+xml")
JSON_FEED = "application/feed+json"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
NUMBER = re.compile(r"/news/(\d+)/")


def check(crawl: Crawl) -> Verdict:
    feeds = [page for page in crawl.pages.values() if page.status == 200 and _type(page) in XML_FEEDS]
    others = [page for page in crawl.pages.values() if page.status == 200 and _type(page) == JSON_FEED]
    verdict = Verdict("feeds", len(feeds) + len(others))
    if not feeds:
        verdict.errors.append("no page names a feed")
        return verdict
    given = [{"path": page.path, "type": page.headers["content-type"], "body": page.text} for page in feeds]
    for feed in tools.python("feeds.py", given):
        verdict.errors += [f"{feed['path']}: {trouble}" for trouble in feed_troubles(feed, crawl.site)]
    for page in others:
        verdict.errors += [f"{page.path}: {trouble}" for trouble in json_troubles(json.loads(page.text))]
    for page in (*feeds, *others):
        verdict.errors += [f"{page.path}: {trouble}" for trouble in wire_troubles(crawl, page)]
    verdict.figures.append(f"{len(feeds)} RSS and Atom, {len(others)} JSON")
    return verdict


def check_sitemaps(crawl: Crawl) -> Verdict:
    """Every sitemap is XML, and every address in it answers 200."""
    robots = crawl.fetch("/robots.txt")
    verdict = Verdict("robots and sitemaps")
    waiting = [crawl.local("/", url) or "" for url in re.findall(r"(?im)^sitemap:\s*(\S+)", robots.text)]
    if robots.status != 200 or not waiting:
        verdict.errors.append("robots.txt names no sitemap")
    places: set[str] = set()
    while waiting:
        path = waiting.pop()
        page = crawl.fetch(path)
        verdict.pages += 1
        if page.status != 200:
            verdict.errors.append(f"{path} answers {page.status}")
            continue
        root = ElementTree.fromstring(page.body)
        found = [crawl.local("/", node.text or "") or "" for node in root.iter() if node.tag.endswith("}loc")]
        if root.tag.endswith("sitemapindex"):
            waiting += found
        else:
            places.update(found)
    for place in sorted(places):
        status = (crawl.pages.get(place) or crawl.fetch(place)).status
        if status != 200:
            verdict.errors.append(f"{place or 'an address elsewhere'} in a sitemap answers {status}")
    verdict.figures.append(f"{len(places)} addresses in {verdict.pages} sitemaps")
    return verdict


def _type(page: Page) -> str:
    return page.headers.get("content-type", "").partition(";")[0].strip()


def feed_troubles(feed: dict[str, Any], site: str) -> list[str]:
    found = [f"feedparser stumbles: {feed['trouble']}"] if feed["trouble"] else []
    found += [
        f"the feed has no {name}" for name in ("title", "link", "language", "updated") if not feed[name]
    ]
    if not feed["entries"]:
        found.append("no entries")
    ids = [entry["id"] for entry in feed["entries"]]
    if len(set(ids)) < len(ids):
        found.append("an id stands twice")
    for entry in feed["entries"]:
        found += [f"{entry['link']}: {trouble}" for trouble in entry_troubles(entry, site)]
    return found


def entry_troubles(entry: dict[str, Any], site: str) -> list[str]:
    """What an entry says otherwise than its article."""
    number = NUMBER.search(entry["link"])
    article = Article.objects.filter(pk=number[1]).first() if number else None
    if article is None or not entry["link"].startswith(site):
        return [f"leads to no article: {entry['link']}"]
    found = [f"no {name}" for name in ("id", "summary", "published", "updated") if not entry[name]]
    if plain(entry["title"], entry["title_type"]) != article.title:
        found.append(f"title {entry['title']!r} is not {article.title!r}")
    names = [byline.name for byline in article.bylines.all()]
    if not set(names) & set(entry["authors"]) and names:
        found.append(f"authors {entry['authors']} are not {names}")
    if entry["published"] and moment(entry["published"]) != article.first_published_at.replace(microsecond=0):
        found.append(f"published {entry['published']} is not {article.first_published_at}")
    if not {tag.name for tag in article.tags.all()} <= set(entry["tags"]):
        found.append(f"tags {entry['tags']}")
    shown = Article.objects.for_cards().get(pk=article.pk).thumbnail
    if shown is not None and not (entry["media"] or entry["enclosures"]):
        found.append("no picture")
    if CONTROLS.search(json.dumps(entry, ensure_ascii=False)):
        found.append("control characters")
    return found


def plain(title: str, kind: str) -> str:
    """feedparser hands titles of type HTML over with their references."""
    if kind == "text/html":
        for sign, reference in (
            ("<", "&lt;"),
            (">", "&gt;"),
            ('"', "&quot;"),
            ("'", "&#x27;"),
            ("&", "&amp;"),
        ):
            title = title.replace(reference, sign)
    return title


def moment(parts: list[int]) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def json_troubles(feed: dict[str, Any]) -> list[str]:
    found = [
        f"no {name}"
        for name in ("version", "title", "home_page_url", "feed_url", "items")
        if not feed.get(name)
    ]
    for item in feed.get("items", []):
        absent = [name for name in ("id", "url", "title", "date_published", "authors") if not item.get(name)]
        if "content_html" not in item and "content_text" not in item:
            absent.append("content")
        found += [f"{item.get('url')}: no {name}" for name in absent]
    return found


def wire_troubles(crawl: Crawl, page: Page) -> list[str]:
    """A feed asked for again with what it said of itself answers 304."""
    found = []
    for asked, said in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        if said not in page.headers:
            found.append(f"no {said}")
        elif (status := crawl.fetch(page.path, **{asked: page.headers[said]}).status) != 304:
            found.append(f"{asked} is answered {status}")
    return found
