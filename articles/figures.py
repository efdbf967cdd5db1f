"""Figures in an article's body: the truth of a picture's caption, credit, alternative text and crop.

Stored as
`<figure data-photo="12" data-credit="서울시" data-crop="whole" data-decorative="true"><img src="…" alt="…">
<figcaption>…</figcaption></figure>`, at top level, without the attributes and parts that do not apply.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.conf import settings

from publication.richtext.blocks import Placed
from publication.richtext.builder import Builder
from publication.text import fold_line

CAPTION_MAX = 1_000
CREDIT_MAX = 200
ALT_MAX = 500
"""Characters of a figure's texts, the same as of the photo library's fields; the rest is cut off."""

FIGURES_MAX = 200
"""Figures in one body, ten times a long photo story's; later ones leave. Each costs a row and a `<picture>`."""

TAGS = frozenset({"figure", "img", "figcaption"})
ATTRIBUTES = {
    "figure": frozenset({"data-photo", "data-credit", "data-crop", "data-decorative"}),
    "img": frozenset({"src", "alt"}),
}

# Nineteen digits and more are beyond any primary key.
_PHOTO_ID = re.compile(r"0*([1-9][0-9]{0,17})", re.ASCII)
_OUR_PICTURE = re.compile(r"photos/[\w-]+/[\w.-]+", re.ASCII)
# As `Figure.html` writes it: every sign of an attribute or a caption is escaped.
_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)


@dataclass(slots=True)
class Figure(Placed):
    """One picture in the body. `order` counts from 1; `src` is the preview, "" where it is not known yet."""

    photo_id: int
    caption: str = ""
    credit: str = ""
    alt: str = ""
    whole: bool = False
    decorative: bool = False
    order: int = 0
    src: str = ""

    def html(self) -> str:
        credit = f' data-credit="{escape(self.credit)}"' if self.credit else ""
        crop = ' data-crop="whole"' if self.whole else ""
        decorative = ' data-decorative="true"' if self.decorative else ""
        src = f' src="{escape(self.src)}"' if self.src else ""
        caption = f"<figcaption>{escape(self.caption, quote=False)}</figcaption>" if self.caption else ""
        return (
            f'<figure data-photo="{self.photo_id}"{credit}{crop}{decorative}>'
            f'<img{src} alt="{escape(self.alt)}">{caption}</figure>'
        )


class BodyBuilder(Builder):
    """Places the figures whose photo is known. `known`: photo id -> preview address; None: every id passes."""

    def __init__(self, known: Mapping[int, str] | None = None) -> None:
        super().__init__()
        self.figures: list[Figure] = []
        self.left_out = 0
        """Figures beyond FIGURES_MAX."""
        self._known = known
        self._figure: Figure | None = None

    def figure_started(self, attributes: dict[str, str]) -> None:
        found = _PHOTO_ID.fullmatch(attributes.get("data-photo", "").strip())
        self._figure = None
        if found is None or (self._known is not None and int(found[1]) not in self._known):
            return
        if len(self.figures) >= FIGURES_MAX:
            self.left_out += 1
            return
        self._figure = Figure(
            photo_id=int(found[1]),
            credit=_capped(attributes.get("data-credit", ""), CREDIT_MAX),
            whole=attributes.get("data-crop") == "whole",
            decorative=attributes.get("data-decorative") == "true",
            order=len(self.figures) + 1,
            src=self._known[int(found[1])] if self._known is not None else "",
        )
        self.figures.append(self._figure)
        self.place(self._figure)

    def figure_image(self, attributes: dict[str, str]) -> None:
        figure = self._figure
        if figure is None:
            return
        if not figure.decorative:
            figure.alt = figure.alt or _capped(attributes.get("alt", ""), ALT_MAX)
        if self._known is None:
            figure.src = figure.src or _own_address(attributes.get("src", ""))

    def figure_ended(self, caption: str) -> None:
        if self._figure is not None:
            self._figure.caption = _capped(caption, CAPTION_MAX)
        self._figure = None


def figures(html: str) -> list[Figure]:
    """The figures of a cleaned body in their order; the text between them is not read."""
    if "<figure" not in html:
        return []
    builder = BodyBuilder()
    builder.build("".join(_FIGURE.findall(html)))
    return builder.figures


def has_too_many(html: str) -> bool:
    """Whether cleaning a body, of any origin, would drop figures because there are more than FIGURES_MAX."""
    if html.lower().count("<figure") <= FIGURES_MAX:
        return False
    builder = BodyBuilder()
    builder.build(html)
    return builder.left_out > 0


def _capped(text: str, length: int) -> str:
    # Cut before folding for the cost, after it for the bound; a cut can leave a joiner or a space at the end.
    return fold_line(fold_line(text[: 4 * length])[:length])


def _own_address(src: str) -> str:
    """The address of one of our renditions, or "": nothing else may be fetched by an editor's browser."""
    path = src.removeprefix(settings.MEDIA_URL)
    return src if path != src and _OUR_PICTURE.fullmatch(path) else ""
