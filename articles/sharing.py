"""The picture that stands on the card when somebody shares an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from articles.pictures.renditions import CROP_NAMES, Rendition

if TYPE_CHECKING:
    from articles.models import Article, Photo


@dataclass(frozen=True)
class SharePicture:
    """An absolute address, the size in pixels, and what the picture shows ("" for a decorative one)."""

    url: str
    width: int
    height: int
    alt: str


def share_picture(article: Article) -> SharePicture | None:
    """The lead photo's crop for cards, 16 to 9; None without a lead photo: the paper's own picture stands in.

    A picture that this article never crops is given whole, and so is one whose crops are still to be made.
    """
    photo = article.lead_photo
    chosen = _chosen(photo, whole=article.lead_whole) if photo is not None else None
    if photo is None or chosen is None:
        return None
    return SharePicture(
        url=settings.SITE_URL + photo.rendition_url(chosen["name"]),
        width=chosen["width"],
        height=chosen["height"],
        alt="" if article.lead_decorative else article.lead_alt,
    )


def _chosen(photo: Photo, *, whole: bool) -> Rendition | None:
    crop = next((one for one in photo.renditions if one["name"] == CROP_NAMES[0]), None)
    # The crop of a photo that nothing may crop stands on a ground of that shape and loses nothing.
    if crop is not None and (photo.whole or not whole):
        return crop
    wide = [one for one in photo.renditions if one["kind"] == "wide" and one["type"] == "image/jpeg"]
    return max(wide, key=lambda one: one["width"], default=None)
