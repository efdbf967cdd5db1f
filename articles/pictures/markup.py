"""A photograph's public HTML: the `<figure>` with its `<picture>`, caption, credit and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.figures import Figure
from articles.pictures.renditions import Sources, sources
from publication.text import fill

if TYPE_CHECKING:
    from articles.models import Photo

LEAD_ID = "photo-lead"

SIZES = "(min-width: 48rem) 45rem, 100vw"
"""How wide a picture stands: the article's column (--column in tokens.css), on a phone the whole width."""


def figure_html(
    figure: Figure, photo: Photo, credit_pattern: str, *, anchor: str = "", is_lead: bool = False
) -> str:
    """The figure as readers get it, in the active language. The lead is fetched first, the others when near."""
    credit = credit_text(figure.credit, credit_pattern)
    picture = sources(photo.renditions, photo.base_url)
    return render_to_string(
        "articles/_figure.html",
        {
            "anchor": anchor or f"photo-{figure.order}",
            "whole": figure.whole,
            "is_lead": is_lead,
            "sizes": SIZES,
            # Before its renditions are made a photograph has its preview.
            "picture": picture or Sources(photo.preview_url, "", photo.width, photo.height, []),
            "alt": "" if figure.decorative else figure.alt,
            "caption": figure.caption.removesuffix(credit).rstrip() if credit else figure.caption,
            "credit": credit,
            "ai_label": ai_label(photo),
        },
    ).strip()


def credit_text(credit: str, pattern: str) -> str:
    """`[사진=서울시 제공]`; "" without a credit; a credit that is already written in the pattern stays single."""
    opening, _token, closing = pattern.partition("{credit}")
    if not credit or (opening and closing and credit.startswith(opening) and credit.endswith(closing)):
        return credit
    return fill(pattern, {"credit": credit})


def ai_label(photo: Photo) -> str:
    """What is said under a picture about the use of AI; "" where there was none."""
    label = {"assisted": _("AI-assisted"), "generated": _("AI-generated")}.get(photo.ai_use, "")
    return f"{label}: {photo.ai_note}" if label and photo.ai_note else label
