"""The share card of an article without a picture: section, headline and the paper's name, quietly lettered."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from articles.pictures.fonts import Face, drawable

SIZE = (1200, 630)
"""Pixels: what other sites show large, 1.91 to 1."""

# Raised when the design changes: cards are then drawn anew.
DESIGN = 1

# The light page's colours; a card stands on other people's pages, so its ground is not their white.
GROUND = (249, 248, 245)
INK = (22, 23, 26)
FAINT = (99, 102, 108)
RULE = (221, 219, 214)
ACCENT = (156, 42, 31)

EDGE = 88
SECTION_SIZE = 36
SECTION_TOP = 84
# The headline has the room between these two heights.
TITLE_TOP, TITLE_BOTTOM = 156, 498
RULE_AT = 524
PAPER_SIZE = 40
PAPER_TOP = 549
# A short headline is large, a long one small: (letter height, lines), the first that holds it. The last one cuts.
STEPS = ((92, 2), (80, 3), (66, 4), (54, 5))
LEADING = 1.26
ELLIPSIS = "…"
# Flat colours and their blends; a PNG of these is half the size of one in all colours.
COLOURS = 64


@dataclass(frozen=True)
class Lines:
    """A headline broken into lines, in a font of this size."""

    font: ImageFont.FreeTypeFont
    size: int
    texts: list[str]


def card(face: Face, *, title: str, section: str, paper: str) -> bytes | None:
    """A PNG of SIZE; None where the font has no letter of the title."""
    title, section, paper = (drawable(text, face) for text in (title, section, paper))
    if not title:
        return None
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    width, right = SIZE[0] - 2 * EDGE, SIZE[0] - EDGE
    draw.rectangle((0, 0, SIZE[0], 11), fill=ACCENT)
    draw.text((EDGE, SECTION_TOP), _cut(section, face.at(SECTION_SIZE), width), ACCENT, face.at(SECTION_SIZE))
    _write(draw, broken(title, face, width))
    draw.line((EDGE, RULE_AT, right, RULE_AT), fill=RULE, width=2)
    draw.text((EDGE, PAPER_TOP), _cut(paper, face.at(PAPER_SIZE), width), FAINT, face.at(PAPER_SIZE))
    out = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def broken(title: str, face: Face, width: int) -> Lines:
    """The title between words, in lines of about the same length; cut with an ellipsis where it is too long."""
    for size, most in STEPS:
        font = face.at(size)
        texts = _wrapped(title, font, width)
        if len(texts) <= most:
            return Lines(font, size, _balanced(title, font, width, len(texts)))
    kept = texts[:most]
    return Lines(font, size, [*kept[:-1], _cut(kept[-1] + ELLIPSIS, font, width)])


def _write(draw: ImageDraw.ImageDraw, lines: Lines) -> None:
    """In the middle of its room, a little nearer to its top."""
    step = round(lines.size * LEADING)
    free = TITLE_BOTTOM - TITLE_TOP - step * len(lines.texts)
    top = TITLE_TOP + max(0, round(free * 0.4))
    for number, text in enumerate(lines.texts):
        draw.text((EDGE, top + number * step), text, INK, lines.font)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= width:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, font, width))
    return lines


def _pieces(word: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """A word, or what of it fits into a line and then the rest, for a word longer than a line."""
    piece = ""
    for sign in word:
        if piece and font.getlength(piece + sign) > width:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _balanced(text: str, font: ImageFont.FreeTypeFont, width: int, count: int) -> list[str]:
    """The narrowest lines that are no more in number: no last line with a single word."""
    low, high = width // 2, width
    while low < high:
        middle = (low + high) // 2
        if len(_wrapped(text, font, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _wrapped(text, font, high)


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """One line that fits, with an ellipsis where something had to go."""
    if font.getlength(text) <= width:
        return text
    kept = text.removesuffix(ELLIPSIS)
    while kept and font.getlength(kept + ELLIPSIS) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,.·") + ELLIPSIS
