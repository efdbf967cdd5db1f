"""How an article shows itself in lists and cards: words and pictures made from what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from django.db import models

from articles.pictures import renditions

if TYPE_CHECKING:
    from articles.models.article import Byline
    from articles.models.discussion import Discussion
    from articles.models.photo import Photo, Placement


class Pictured(Protocol):
    """What a thumbnail needs of a photo."""

    key: str
    renditions: list[renditions.Rendition]
    focal_x: float
    focal_y: float
    whole: bool


@dataclass(frozen=True)
class Thumbnail:
    """A picture in a list: its files, and the CSS position that keeps the focal point in view."""

    src: str
    srcset: str
    sources: tuple[dict[str, str], ...]
    width: int
    height: int
    alt: str
    position: str
    whole: bool

    @classmethod
    def of(cls, photo: Pictured, alt: str, decorative: bool, whole: bool) -> Thumbnail | None:
        """None until the photo has its renditions."""
        picture = renditions.sources(photo.renditions, renditions.base_url(photo.key))
        if picture is None:
            return None
        return cls(
            src=picture.src,
            srcset=picture.srcset,
            sources=tuple(picture.sources),
            width=picture.width,
            height=picture.height,
            alt="" if decorative else alt,
            position=f"{photo.focal_x:.0%} {photo.focal_y:.0%}",
            whole=whole or photo.whole,
        )


class ShownArticle(models.Model):
    """What templates ask of an article besides its fields; reads only what `for_cards` has loaded."""

    if TYPE_CHECKING:
        bylines: models.Manager[Byline]
        discussion: Discussion
        lead_photo: Photo | None
        # At most one: the first figure of the text, where `for_cards` has loaded it.
        first_figures: list[Placement]

    class Meta:
        abstract = True

    @property
    def url(self) -> str:
        return self.get_absolute_url()

    @property
    def is_wire(self) -> bool:
        return bool(self.source)

    @property
    def comment_count(self) -> int:
        return self.discussion.visible_count

    @cached_property
    def byline_text(self) -> str:
        """`홍길동 기자`, several joined by commas; only those who wrote, or all if nobody did."""
        bylines = list(self.bylines.all())
        writers = [byline for byline in bylines if byline.role == byline.Role.WRITING] or bylines
        return ", ".join(str(byline) for byline in writers)

    @cached_property
    def thumbnail(self) -> Thumbnail | None:
        """The lead photo, else the text's first figure; None for an article without a picture."""
        if self.lead_photo is not None:
            return Thumbnail.of(self.lead_photo, self.lead_alt, self.lead_decorative, self.lead_whole)
        for figure in getattr(self, "first_figures", ()):
            return Thumbnail.of(figure.photo, figure.alt, figure.decorative, figure.whole)
        return None
