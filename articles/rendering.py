"""The only maker of an article's public HTML: from the cleaned body to what readers are sent.

It runs when an article or one of its photographs is saved, never during a page request. Its words are in the
paper's language, whatever language the person who saves reads the admin in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.dateline import Named, byline_text, dateline, has_dateline
from articles.embeds import Embed, alone_in, embed_html
from articles.figures import BodyBuilder, Figure
from articles.models.photo import Photo
from articles.pictures.markup import LEAD_ID, figure_html
from publication.models import Publication
from publication.prepared import Among, Prepared
from publication.richtext.blocks import Block, Box
from publication.richtext.inline import Leaf

if TYPE_CHECKING:
    from articles.models import Article

DATELINED_KINDS = frozenset({"article", "video"})
"""Kinds that open with a dateline: a column is signed at its head, a photo story has its words in captions."""

PHOTOS = Prepared(lambda pks: Photo.objects.filter(Among("pk", pks)).order_by(), pks=[int])

# The role of a byline that the dateline names: who wrote, not who took the pictures.
_WRITING = "writing"
# Longest part of a heading that goes into its id.
_ID_LENGTH = 60


def render_body(
    article: Article,
    *,
    photos: Mapping[int, Photo] | None = None,
    bylines: Iterable[Named] | None = None,
    publication: Publication | None = None,
) -> str:
    """The body as readers get it: dateline, pictures with their renditions, headings with ids, tables that
    scroll, and a box for each address of a video or post that stands in a paragraph of its own.

    Three queries at most (publication, bylines, photos), one less for each that is given; photos by their id.
    A figure whose photo is gone is left out.
    """
    builder = BodyBuilder()
    blocks = builder.build(article.body)
    publication = publication or Publication.objects.current()
    if photos is None:
        photos = _photos(builder.figures)
    embeds = [alone_in(block) if isinstance(block, Leaf) else None for block in blocks]
    first = next((leaf for leaf, embed in zip(blocks, embeds, strict=True) if _opens(leaf, embed)), None)
    opening = _dateline(article, first, publication, bylines) if isinstance(first, Leaf) else ""
    headings = _HeadingIds()
    written = []
    with translation.override(settings.LANGUAGE_CODE):
        for block, embed in zip(blocks, embeds, strict=True):
            if embed is not None:
                written.append(embed_html(embed))
            elif isinstance(block, Figure):
                photo = photos.get(block.photo_id)
                written.append(figure_html(block, photo, publication.credit_pattern) if photo else "")
            elif isinstance(block, Leaf):
                written.append(_leaf(block, headings, opening if block is first else ""))
            else:
                written.append(_other(block))
    return "\n".join(filter(None, written))


def _opens(block: Block, embed: Embed | None) -> bool:
    """Whether a dateline can stand before it: a paragraph of words."""
    return embed is None and isinstance(block, Leaf) and block.tag == "p"


def _other(block: Block) -> str:
    return _table(block) if isinstance(block, Box) and block.tag == "table" else block.html()


def render_lead(article: Article, *, publication: Publication | None = None) -> str:
    """The lead photo as readers get it, first on the page and fetched first; "" where there is none."""
    photo = article.lead_photo
    if photo is None:
        return ""
    publication = publication or Publication.objects.current()
    figure = Figure(
        photo_id=photo.pk,
        caption=article.lead_caption,
        credit=article.lead_credit,
        alt="" if article.lead_decorative else article.lead_alt,
        whole=article.lead_whole,
        decorative=article.lead_decorative,
    )
    with translation.override(settings.LANGUAGE_CODE):
        return figure_html(figure, photo, publication.credit_pattern, anchor=LEAD_ID, is_lead=True)


def _photos(figures: Sequence[Figure]) -> Mapping[int, Photo]:
    ids = {figure.photo_id for figure in figures}
    return {photo.pk: photo for photo in PHOTOS.objects(pks=sorted(ids))} if ids else {}


def _dateline(
    article: Article, paragraph: Leaf, publication: Publication, bylines: Iterable[Named] | None
) -> str:
    """What opens the first paragraph, "" where this kind has none or the reporter typed one."""
    if article.kind not in DATELINED_KINDS or not publication.dateline_pattern:
        return ""
    if bylines is None:
        bylines = article.bylines.all() if article.pk else []
    people = list(bylines)
    if has_dateline(paragraph.text(), publication.name, [person.name for person in people]):
        return ""
    writers = [person for person in people if person.role == _WRITING]
    return dateline(publication.dateline_pattern, publication.name, byline_text(writers))


def _leaf(leaf: Leaf, headings: _HeadingIds, opening: str) -> str:
    if leaf.tag != "p":
        return f'<{leaf.tag} id="{headings.next(leaf.text())}">{leaf.inner_html()}</{leaf.tag}>'
    start = f'<span class="dateline">{escape(opening)}</span> ' if opening else ""
    return f"<p>{start}{leaf.inner_html()}</p>"


class _HeadingIds:
    """Ids of sub-headings: from their words, so that moving a paragraph breaks no link, and each once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def next(self, text: str) -> str:
        words = slugify(text, allow_unicode=True)[:_ID_LENGTH].strip("-_") or "heading"
        name, number = f"s-{words}", 2
        while name in self._used:
            name, number = f"s-{words}-{number}", number + 1
        self._used.add(name)
        return name


def _table(table: Box) -> str:
    """The table in a frame that scrolls by itself, so that a wide one never widens the page on a phone."""
    for number, row in enumerate(table.children):
        is_first = number == 0 or (isinstance(row, Box) and row.head)
        for cell in row.children if isinstance(row, Box) else []:
            if isinstance(cell, Box) and cell.tag == "th":
                cell.attributes["scope"] = "col" if is_first else "row"
    label = re.sub(r"\s+", " ", escape(_("Table")))
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">{table.html()}</div>'
