"""A page of a thread as HTML: the gaps of its pattern, comments/_thread.html."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from articles.models import Article
from comments.markup import entries_html
from publication.patterns import filled

_SORT = '<li><a href="{}"{}>{}</a></li>'
_CURRENT = ' aria-current="true"'


def thread_html(article: Article, thread: Mapping[str, Any], context: Mapping[str, Any]) -> SafeString:
    """`thread`: of comments.presenting.thread; `context`: what every template knows of the paper."""
    count, page = thread["count"], thread["page"]
    gaps = {
        "pk": str(article.pk),
        "count": str(count),
        "best": entries_html(page.best),
        "sorts": _sorts(thread) if count else "",
        "entries": entries_html(page.entries),
        "next": escape(thread["next_url"]),
    }
    return filled(
        "comments/_thread.html",
        context,
        gaps,
        is_open=thread["is_open"],
        is_frozen=thread["is_frozen"],
        has_count=count > 0,
        rules=thread["rules"],
    )


def _sorts(thread: Mapping[str, Any]) -> str:
    return "".join(
        _SORT.format(escape(sort.url), _CURRENT if sort.is_current else "", escape(sort.label))
        for sort in thread["sorts"]
    )
