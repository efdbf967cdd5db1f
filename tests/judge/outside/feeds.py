"""Run by the judge's own Python: feeds on standard input as JSON, what feedparser makes of them on output."""

import json
import sys
from typing import Any

import feedparser


def entry(found: Any) -> dict[str, Any]:
    return {
        "id": found.get("id", ""),
        "link": found.get("link", ""),
        "title": found.get("title", ""),
        "title_type": found.get("title_detail", {}).get("type", ""),
        "summary": found.get("summary", ""),
        "content": [part.get("value", "") for part in found.get("content", [])],
        "authors": [author.get("name", "") for author in found.get("authors", [])],
        "published": list(found.published_parsed[:6]) if found.get("published_parsed") else None,
        "updated": list(found.updated_parsed[:6]) if found.get("updated_parsed") else None,
        "tags": [tag.get("term", "") for tag in found.get("tags", [])],
        "media": [media.get("url", "") for media in found.get("media_content", [])],
        "enclosures": [link.get("href", "") for link in found.get("enclosures", [])],
    }


def feed(given: dict[str, str]) -> dict[str, Any]:
    found = feedparser.parse(given["body"].encode(), response_headers={"content-type": given["type"]})
    return {
        "path": given["path"],
        "version": found.version,
        "trouble": str(found.bozo_exception) if found.bozo else "",
        "title": found.feed.get("title", ""),
        "link": found.feed.get("link", ""),
        "language": found.feed.get("language", ""),
        "updated": bool(found.feed.get("updated_parsed")),
        "rights": found.feed.get("rights", ""),
        "self": [link["href"] for link in found.feed.get("links", []) if link.get("rel") == "self"],
        "entries": [entry(one) for one in found.entries],
    }


json.dump([feed(one) for one in json.load(sys.stdin)], sys.stdout)
