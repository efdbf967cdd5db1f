"""Many small flat shapes in one go, drawn at twice the size so that their edges are smooth."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from .canvas import Canvas, Point
from .tones import Colour

_FINE = 2


class Sketch:
    """Draws over a canvas; nothing is seen there before `done`."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        width, height = canvas.image.size
        # The nearest neighbour and the mean of four take each other back: what is not drawn over stays as sharp.
        self.image = canvas.image.resize((width * _FINE, height * _FINE), Image.Resampling.NEAREST)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        self._draw.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        placed = [(x * _FINE, y * _FINE) for x, y in points]
        self._draw.line(placed, fill=colour, width=max(1, round(width * _FINE)))

    def dot(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        box = ((x - rx) * _FINE, (y - ry) * _FINE, (x + rx) * _FINE, (y + ry) * _FINE)
        self._draw.ellipse(box, fill=colour)

    def done(self) -> None:
        self.canvas.image = self.image.reduce(_FINE)


def between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def inner(quad: Sequence[Point], left: float, right: float, top: float, bottom: float) -> list[Point]:
    """A part of a four-cornered shape (upper left, upper right, lower right, lower left), in shares of it."""
    upper = (between(quad[0], quad[3], top), between(quad[1], quad[2], top))
    lower = (between(quad[0], quad[3], bottom), between(quad[1], quad[2], bottom))
    return [between(*upper, left), between(*upper, right), between(*lower, right), between(*lower, left)]
