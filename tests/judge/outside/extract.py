"""Run by the judge's own Python: pages on standard input as JSON, what two extractors make of them on output."""

import json
import sys
from typing import Any

import newspaper
import trafilatura


def by_trafilatura(page: dict[str, str]) -> dict[str, Any]:
    document = trafilatura.bare_extraction(
        page["html"], url=page["url"], with_metadata=True, include_comments=False, include_tables=True
    )
    if document is None:
        return {}
    found = document.as_dict()
    return {
        "title": found["title"] or "",
        "authors": [name.strip() for name in (found["author"] or "").split(";") if name.strip()],
        "date": found["date"] or "",
        "image": found["image"] or "",
        "text": found["text"] or "",
    }


def by_newspaper(page: dict[str, str]) -> dict[str, Any]:
    # Its Korean is for bodies and needs a tokeniser's data, which no package ships; the facts need neither.
    config = newspaper.Config()
    config.language, config.fetch_images = "en", False
    article = newspaper.Article(page["url"], config=config)
    article.download(input_html=page["html"])
    article.parse()
    return {
        "title": article.title or "",
        "authors": list(article.authors),
        "date": article.publish_date.isoformat() if article.publish_date else "",
        "image": article.top_image or "",
    }


pages = json.load(sys.stdin)
json.dump(
    {
        "trafilatura": [by_trafilatura(page) for page in pages],
        "newspaper4k": [by_newspaper(page) for page in pages],
    },
    sys.stdout,
)
