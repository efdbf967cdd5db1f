"""An article as a card in lists, and its small picture: the only makers of their HTML.

Written here and not in templates because a front page holds dozens. The patterns are filled with numbers and
with what `escape` or `bound` have escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models.article import Kind
from articles.templatetags.pictures import focus
from publication.templatetags.moments import time_element
from publication.templatetags.typography import bound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article, Reporter
    from articles.models.shown import Thumbnail

SUMMARY_MAX = 150
# An editor who writes `[포토]` has said it.
MARK = "["


def thumbnail_html(picture: Thumbnail, sizes: str, *, eager: bool = False) -> SafeString:
    """`eager`: it leads the page, and is fetched before all other pictures."""
    sized = f' sizes="{escape(sizes)}"'
    sources = "".join(
        f'<source type="{escape(source["type"])}" srcset="{escape(source["srcset"])}"{sized}>'
        for source in picture.sources
    )
    srcset = f' srcset="{escape(picture.srcset)}"{sized}' if picture.srcset else ""
    fetched = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return _thumb(picture, sources, f'src="{escape(picture.src)}"{srcset}', fetched)


def small_thumbnail_html(picture: Thumbnail) -> SafeString:
    """For a place of 160 pixels at most: the narrowest file of each kind serves three dots to a pixel."""
    sources = "".join(
        f'<source type="{source["type"]}" srcset="{escape(_narrowest(source["srcset"]))}">'
        for source in picture.sources
    )
    src = _narrowest(picture.srcset) if picture.srcset else picture.src
    return _thumb(picture, sources, f'src="{escape(src)}"', 'loading="lazy"')


def _narrowest(srcset: str) -> str:
    """The address of the first candidate; they stand in the order of their widths."""
    return srcset.partition(" ")[0]


def _thumb(picture: Thumbnail, sources: str, src: str, fetched: str) -> SafeString:
    position = "" if picture.whole else focus(picture.position)
    return SafeString(
        f'<span class="thumb{" thumb-whole" if picture.whole else ""}">\n<picture>\n{sources}\n'
        f'<img {src} width="{picture.width}" height="{picture.height}" alt="{escape(picture.alt)}"{position}'
        f' {fetched} decoding="async">\n</picture>\n</span>'
    )


def card_html(
    article: Article,
    *,
    level: int,
    sizes: str = "",
    eager: bool = False,
    with_summary: bool = False,
    with_time: bool = False,
) -> SafeString:
    """`level`: of the headline's element. Without `sizes` it is a card without a picture."""
    picture = article.thumbnail if sizes else None
    summary = article.summary if with_summary else ""
    parts = [
        f'<article class="card{" card-pictured" if picture else ""}">',
        f'<h{level} class="card-title"><a href="{article.url}">{_kind(article)}{bound(article.title)}</a></h{level}>',
        thumbnail_html(picture, sizes, eager=eager) if picture else "",
        f'<p class="card-summary">{bound(Truncator(summary).chars(SUMMARY_MAX))}</p>' if summary else "",
        _meta(article, with_time=with_time),
        "</article>",
    ]
    return SafeString("\n".join(part for part in parts if part))


def _kind(article: Article) -> str:
    words = {Kind.PHOTO: _("Photo"), Kind.VIDEO: _("Video")}.get(article.kind)
    if words is None or article.title.startswith(MARK):
        return ""
    return f'<span class="card-kind">{escape(words)}</span> '


def _meta(article: Article, *, with_time: bool) -> str:
    """Who wrote it and, in lists, when, with the number of comments."""
    parts = [f"<span>{escape(article.byline_text)}</span>"] if article.byline_text else []
    if not parts and not with_time:
        return ""
    if article.is_wire:
        parts.append(f"<span>{escape(article.source)}</span>")
    if with_time:
        parts.append(time_element(article.first_published_at))
        if article.comment_count:
            parts.append(f"<span>{escape(_('Comments %(n)s') % {'n': article.comment_count})}</span>")
    return f'<p class="card-meta">{" ".join(parts)}</p>'


def ranking_html(articles: Iterable[Article], *, with_count: bool = False) -> SafeString:
    """A numbered list of headlines; `with_count`: and how many comments each has."""
    items = "".join(
        f'<li><a href="{article.url}">{bound(article.title)}</a>{_count(article) if with_count else ""}</li>\n'
        for article in articles
    )
    return SafeString(f'<ol class="ranking">\n{items}</ol>\n')


def _count(article: Article) -> str:
    words = escape(_("Comments %(n)s") % {"n": article.comment_count})
    return f' <span class="ranking-count">{words}</span>'


def portrait_html(reporter: Reporter) -> SafeString:
    """The photograph, or the first letter of the name."""
    if reporter.portrait is None:
        letter = escape(reporter.name[:1])
        return SafeString(f'<span class="portrait portrait-initial" aria-hidden="true">{letter}</span>')
    return SafeString(
        f'<img class="portrait" src="{escape(reporter.portrait.preview_url)}" width="96" height="96" alt=""'
        ' loading="lazy" decoding="async">'
    )
