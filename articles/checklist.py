"""What an article still lacks before readers may see it. Save anything, publish only what is complete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles import body

if TYPE_CHECKING:
    from articles.models import Article

# The inline of bylines is no field of the article's form; its formset shows this one.
BYLINES = "bylines"


@dataclass(frozen=True)
class Missing:
    """One missing thing: the form field it belongs to, and what to tell the writer."""

    field: str
    message: str


def missing(article: Article, *, bylines: int) -> list[Missing]:
    """Everything the article lacks, in the order of the form; empty means it may be published."""
    lacks = []
    if not article.title:
        lacks.append(Missing("title", _("A headline is missing.")))
    if article.section_id is None:
        lacks.append(Missing("section", _("A section is missing.")))
    if not bylines:
        lacks.append(Missing(BYLINES, _("A byline is missing: name at least one reporter.")))
    lacks += _lead_photo(article)
    figures = body.figures(article.body)
    if not figures and not body.plain_text(article.body).strip():
        lacks.append(Missing("body", _("The text is empty: write a paragraph or place a photo.")))
    for number, figure in enumerate(figures, start=1):
        if not figure.credit:
            lacks.append(
                Missing("body", _("Photo {number} in the text has no credit.").format(number=number))
            )
        if not figure.alt and not figure.decorative:
            lacks.append(
                Missing(
                    "body", _("Photo {number} in the text has no alternative text.").format(number=number)
                )
            )
    return lacks


def _lead_photo(article: Article) -> list[Missing]:
    if article.lead_photo_id is None:
        return []
    lacks = []
    if not article.lead_credit:
        lacks.append(Missing("lead_credit", _("The lead photo has no credit.")))
    if not article.lead_alt and not article.lead_decorative:
        lacks.append(
            Missing(
                "lead_alt", _("The lead photo has no alternative text; write one or mark it as decorative.")
            )
        )
    return lacks
