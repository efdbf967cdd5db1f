"""The picture that stands for an article elsewhere: on share cards and in structured data.

It is chosen when the article or its photograph is saved and kept in `Article.card`, so that no page asks for
it: {"pictures": [{"url", "width", "height"}, …], "caption", "credit", "alt", "copyright", "photographer"} for a
photograph, {"drawn": "<name>.png"} for a card that articles.cards has drawn, {} for neither.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from articles import body
from articles.models.photo import Photo
from articles.pictures import renditions
from articles.pictures.lettering import DESIGN, SIZE
from publication.heads import SharePicture as SharePicture
from publication.structured import absolute

if TYPE_CHECKING:
    from articles.models import Article
    from publication.models import Publication


@dataclass(frozen=True)
class Shown:
    """A photograph as an article shows it. `pictures`: its crops, 16 to 9 first, or its widest step, uncropped."""

    pictures: list[dict[str, Any]]
    caption: str = ""
    credit: str = ""
    alt: str = ""
    copyright: str = ""
    photographer: str = ""

    @classmethod
    def of(cls, photo: Photo, *, caption: str, credit: str, alt: str, whole: bool) -> Shown:
        return cls(
            pictures=_pictures(photo, whole=whole),
            caption=caption,
            credit=credit or photo.credit,
            alt=alt,
            copyright=photo.copyright,
            photographer=photo.photographer,
        )


def settled(article: Article, publication: Publication) -> tuple[dict[str, Any], bool]:
    """What `Article.card` holds after a save, and whether a card is still to be drawn.

    The lead photo, else the text's first figure; else, once the article is published, the card drawn of it
    before, until there is one of the words it has now.
    """
    picture = _lead(article) or _first_figure(article)
    if picture and picture.pictures:
        return asdict(picture), False
    name = card_name(article, publication)
    if not name:
        return {}, False
    kept = type(article).objects.filter(pk=article.pk).values_list("card", flat=True).first() or {}
    drawn = kept.get("drawn", "")
    return ({"drawn": drawn} if drawn else {}), drawn != name


def card_name(article: Article, publication: Publication) -> str:
    """The file of the card drawn of these words; "" for an article that is neither out nor planned.

    Not to be guessed from the words: the file of a planned article says nothing to whoever tries names.
    """
    if not article.is_published or article.section is None:
        return ""
    words = [DESIGN, article.pk, article.title, article.section.name, publication.name]
    return f"{salted_hmac('articles.card', json.dumps(words)).hexdigest()[:24]}.png"


def shown(article: Article) -> Shown | None:
    """The article's photograph; None for one without."""
    return Shown(**article.card) if "pictures" in article.card else None


def share_picture(article: Article) -> SharePicture | None:
    """The photograph's crop for cards, else the drawn card; None for neither: the paper's own stands in."""
    picture = shown(article)
    if picture is not None:
        first = picture.pictures[0]
        return SharePicture(absolute(first["url"]), first["width"], first["height"], picture.alt)
    if "drawn" in article.card:
        return SharePicture(
            absolute(reverse("card", args=[article.pk, article.card["drawn"]])), *SIZE, article.title
        )
    return None


def _lead(article: Article) -> Shown | None:
    # Read anew: its renditions may have been made since the article was loaded.
    photo = Photo.objects.filter(pk=article.lead_photo_id).first() if article.lead_photo_id else None
    if photo is None:
        return None
    return Shown.of(
        photo,
        caption=article.lead_caption,
        credit=article.lead_credit,
        alt="" if article.lead_decorative else article.lead_alt,
        whole=article.lead_whole,
    )


def _first_figure(article: Article) -> Shown | None:
    for figure in body.figures(article.body)[:1]:
        photo = Photo.objects.filter(pk=figure.photo_id).first()
        if photo is not None:
            return Shown.of(
                photo, caption=figure.caption, credit=figure.credit, alt=figure.alt, whole=figure.whole
            )
    return None


def _pictures(photo: Photo, *, whole: bool) -> list[dict[str, Any]]:
    """The crops of a photo that nothing may crop stand on a ground of their shape and lose nothing."""
    crops = renditions.crops(photo.renditions, photo.base_url) if photo.whole or not whole else []
    if crops:
        return crops
    wide = [one for one in photo.renditions if one["kind"] == "wide" and one["type"] == "image/jpeg"]
    widest = max(wide, key=lambda one: one["width"], default=None)
    if widest is None:
        return []
    url = photo.rendition_url(widest["name"])
    return [{"url": url, "width": widest["width"], "height": widest["height"]}]
