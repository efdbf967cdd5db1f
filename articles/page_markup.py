"""An article's page as HTML: the gaps of its two patterns, articles/article_frame.html and articles/_after.html.

What is the paper's stands in the templates; here is what each article has of its own. Everything is filled with
numbers, with addresses, and with what `escape` or `bound` have escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import heads, markup
from articles.citing import citation, in_address
from articles.models import Article, Byline, Reporter
from publication.head_markup import head_html
from publication.models import Publication
from publication.patterns import filled, part
from publication.templatetags.moments import time_element
from publication.templatetags.typography import bound


def article_html(context: Mapping[str, Any], discussion: SafeString | str) -> SafeString:
    """`context`: of articles.presenting.article_page, with what every template knows of the paper."""
    article, publication = context["article"], context["publication"]
    is_preview, bylines = context["is_preview"], context["bylines"]
    gaps = {
        "title": escape(article.title),
        "header": _header(article, context),
        "headline": bound(article.title),
        "subtitle": bound(article.subtitle) if article.subtitle else "",
        "trail": _trail(article),
        "byline": _byline(bylines, publication),
        "times": _times(article, publication, is_preview=is_preview),
        "minutes": str(context["reading_minutes"]) if context["reading_minutes"] > 1 else "",
        "count": str(context["comment_count"]),
        "label": _label(article),
        "lead": context["lead"],
        "embeds": escape(context["embeds"]),
        "body": context["body"],
        "source": escape(article.source),
        "copyright": escape(article.copyright or publication.copyright_text),
        "after": _after(context),
        "discussion": discussion,
        "url": escape(context["share"]["url"]),
        "pk": str(article.pk),
    }
    if not is_preview:
        gaps |= _shared(article, bylines, context)
    return filled(
        "articles/article_frame.html",
        context,
        gaps,
        kind=article.kind,
        is_preview=is_preview,
        kakao=context["kakao"],
        copyright_year=context["copyright_year"],
    )


def _header(article: Article, context: Mapping[str, Any]) -> SafeString:
    section = article.section
    here, above = (section.pk, section.parent_id) if section else (None, None)
    return part("_header.html", context, here=here or "", above=above or "")


def _shared(article: Article, bylines: list[Byline], context: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the head and behind the share button; a preview has neither."""
    publication, url = context["publication"], context["share"]["url"]
    head = heads.article_head(article, publication, context["policy_pages"])
    authors = ", ".join(escape(byline.name) for byline in bylines)
    return {
        "head": head_html(head) + (f'\n<meta name="author" content="{authors}">' if bylines else ""),
        "words_in_address": escape(in_address(article.title)),
        "url_in_address": escape(in_address(url)),
        "citation": escape(citation(article, bylines, publication.name)),
    }


def _trail(article: Article) -> str:
    section = article.section
    steps = [one for one in (section and section.parent, section) if one]
    return "".join(f'<li><a href="{one.get_absolute_url()}">{escape(one.name)}</a></li>' for one in steps)


def _byline(bylines: list[Byline], publication: Publication) -> str:
    if not bylines:
        return ""
    label = escape(publication.byline_label)
    label = f'<span class="written-by-label">{label}</span> ' if label else ""
    return f'<p class="written-by">{label}{", ".join(map(_person, bylines))}</p>'


def _person(byline: Byline) -> str:
    words = f"{escape(byline.name)} {escape(byline.title)}"
    if not byline.reporter.is_active:
        return f"<span>{words}</span>"
    return f'<a href="{byline.reporter.get_absolute_url()}">{words}</a>'


def _times(article: Article, publication: Publication, *, is_preview: bool) -> str:
    if article.first_published_at is None:
        return f'<p class="times">{escape(_("Not published yet"))}</p>' if is_preview else ""
    label, moment = escape(publication.published_label), time_element(article.first_published_at)
    html = f'<span class="time">{label} {moment}</span>'
    if article.content_modified_at:
        label, moment = escape(publication.modified_label), time_element(article.content_modified_at)
        html += '<span class="time-gap" aria-hidden="true"> · </span>'
        html += f'<span class="time">{label} {moment}</span>'
    return f'<p class="times">{html}</p>'


def _label(article: Article) -> str:
    """How far a machine has helped, where one has."""
    if article.ai_use == "none":
        return ""
    note = f' <span class="label-note">{escape(article.ai_note)}</span>' if article.ai_note else ""
    return f"{escape(_('AI'))} {escape(article.get_ai_use_display())}{note}"


def _after(context: Mapping[str, Any]) -> SafeString:
    """Tags, series, related articles, who wrote it, most read."""
    series, beside = context["article"].series, context["beside"]
    gaps = {
        "tags": "".join(
            f'<li><a href="{escape(tag["url"])}" rel="tag">#{escape(tag["name"])}</a></li>'
            for tag in context["tags"]
        ),
        "series": "",
        "related": "".join(map(_related, context["related"])),
        "reporters": "\n".join(map(_reporter, context["reporters"])),
        "most_read": markup.ranking_html(context["most_read"]) if context["most_read"] else "",
    }
    if series:
        gaps |= {
            "series": f'<a href="{series.get_absolute_url()}">{escape(series.title)}</a>',
            "about_series": escape(series.description),
            "older": _neighbour(beside.older),
            "newer": _neighbour(beside.newer),
        }
    return filled("articles/_after.html", context, gaps)


def _neighbour(article: Any) -> str:
    return f'<a href="{article.url}">{bound(article.title)}</a>' if article else ""


def _related(article: Any) -> str:
    picture = markup.small_thumbnail_html(article.thumbnail) if article.thumbnail else ""
    return (
        f'<li class="related-item">{picture}<div><a href="{article.url}">{bound(article.title)}</a> '
        f"{time_element(article.first_published_at)}</div></li>\n"
    )


def _reporter(reporter: Reporter) -> str:
    name = f"{escape(reporter.name)} {escape(reporter.title)}"
    bio = f"<p>{escape(reporter.bio)}</p>\n" if reporter.bio else ""
    email = escape(reporter.email)
    mail = f'<p><a href="mailto:{email}">{email}</a></p>\n' if email else ""
    return (
        f'<section class="reporter-box" aria-label="{name}">\n{markup.portrait_html(reporter)}\n'
        f'<div class="reporter-box-text">\n<h2><a href="{reporter.get_absolute_url()}">{name}</a></h2>\n'
        f"{bio}{mail}</div>\n</section>\n"
    )
