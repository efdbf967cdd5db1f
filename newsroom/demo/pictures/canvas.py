"""The canvas: shapes with soft edges, light from one side, blur, perspective.

All scenes compose on the same canvas of WIDTH x HEIGHT pixels; the last step brings it to the size asked for.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .noise import fractal
from .tones import Colour, disc, mix, times

WIDTH, HEIGHT = 960, 640
Point = tuple[float, float]
Box = tuple[float, float, float, float]
_FINE = 2  # a mask is drawn this many times larger than it is used


class Stencil:
    """Shapes gathered in canvas coordinates and rendered together into one mask with smooth edges."""

    def __init__(self) -> None:
        self._shapes: list[tuple[str, list[Point], float]] = []

    def polygon(self, points: Iterable[Point], tone: float = 1.0) -> Stencil:
        self._shapes.append(("polygon", list(points), tone))
        return self

    def ellipse(self, x: float, y: float, rx: float, ry: float | None = None, tone: float = 1.0) -> Stencil:
        ry = rx if ry is None else ry
        self._shapes.append(("ellipse", [(x - rx, y - ry), (x + rx, y + ry)], tone))
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float, tone: float = 1.0) -> Stencil:
        return self.polygon([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], tone)

    def line(self, points: Sequence[Point], width: float, tone: float = 1.0) -> Stencil:
        """A stroke of even width with round joints."""
        for first, second in itertools.pairwise(points):
            self.limb(first, second, width / 2, width / 2, tone, round_ends=width > 3)
        return self

    def limb(
        self, first: Point, second: Point, r0: float, r1: float, tone: float = 1.0, *, round_ends: bool = True
    ) -> Stencil:
        """A tapering stroke: radius r0 at its beginning, r1 at its end."""
        angle = math.atan2(second[1] - first[1], second[0] - first[0])
        nx, ny = -math.sin(angle), math.cos(angle)
        corners = [
            (first[0] + nx * r0, first[1] + ny * r0),
            (second[0] + nx * r1, second[1] + ny * r1),
            (second[0] - nx * r1, second[1] - ny * r1),
            (first[0] - nx * r0, first[1] - ny * r0),
        ]
        self.polygon(corners, tone)
        if round_ends:
            self.ellipse(*first, r0, tone=tone).ellipse(*second, r1, tone=tone)
        return self

    def bounds(self, margin: float) -> tuple[int, int, int, int]:
        """The part of the canvas the shapes touch; empty when they are all outside."""
        xs = [x for _, points, _ in self._shapes for x, _ in points]
        ys = [y for _, points, _ in self._shapes for _, y in points]
        if not xs:
            return 0, 0, 0, 0
        left, top = max(-40, math.floor(min(xs) - margin)), max(-40, math.floor(min(ys) - margin))
        right = min(WIDTH + 40, math.ceil(max(xs) + margin))
        bottom = min(HEIGHT + 40, math.ceil(max(ys) + margin))
        return left, top, max(left, right), max(top, bottom)

    def render(self, blur: float = 0.0) -> tuple[Image.Image, int, int] | None:
        """The mask and the place of its upper left corner, or None when nothing is on the canvas."""
        left, top, right, bottom = self.bounds(2 + blur * 2.6)
        if right - left < 1 or bottom - top < 1:
            return None
        fine = 1 if blur >= 2 else _FINE
        mask = Image.new("L", ((right - left) * fine, (bottom - top) * fine), 0)
        draw = ImageDraw.Draw(mask)
        for kind, points, tone in self._shapes:
            placed = [((x - left) * fine, (y - top) * fine) for x, y in points]
            if kind == "polygon":
                draw.polygon(placed, fill=round(255 * tone))
            else:
                draw.ellipse([placed[0], placed[1]], fill=round(255 * tone))
        if fine > 1:
            mask = mask.reduce(fine)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        return mask, left, top


class Canvas:
    """A picture in the making, with the dice of its seed."""

    def __init__(self, rng: Random, ground: Colour | Image.Image = (0, 0, 0)) -> None:
        self.rng = rng
        if isinstance(ground, Image.Image):
            self.image = ground
        else:
            self.image = Image.new("RGB", (WIDTH, HEIGHT), ground)

    def stamp(
        self, stencil: Stencil, paint: Colour | Image.Image, *, alpha: float = 1.0, blur: float = 0.0
    ) -> None:
        """Paint through the stencil; a picture as paint must have the size of the canvas."""
        rendered = stencil.render(blur)
        if rendered is None:
            return
        mask, left, top = rendered
        if alpha < 1:
            mask = mask.point([round(value * alpha) for value in range(256)])
        if isinstance(paint, Image.Image):
            paint = paint.crop((left, top, left + mask.width, top + mask.height))
            self.image.paste(paint, (left, top), mask)
        else:
            self.image.paste(paint, (left, top, left + mask.width, top + mask.height), mask)

    def polygon(
        self, points: Iterable[Point], paint: Colour | Image.Image, alpha: float = 1.0, blur: float = 0.0
    ) -> None:
        self.stamp(Stencil().polygon(points), paint, alpha=alpha, blur=blur)

    def model(
        self,
        stencil: Stencil,
        colour: Colour,
        *,
        side: float = -1.0,
        depth: float = 6.0,
        blur: float = 0.0,
        contrast: float = 1.0,
        rough: float = 0.0,
    ) -> None:
        """Paint a rounded body: lit from the left (side -1) or the right (+1) and from above.

        `depth` is the width in pixels of the shading at its edges, `rough` the share of texture on it.
        """
        rendered = stencil.render(blur + 0.01)
        if rendered is None:
            return
        mask, left, top = rendered
        paint = self._lit(mask, colour, side, depth, contrast)
        if rough:
            noise = fractal(self.rng, mask.size, max(3.0, depth * 1.5), 3)
            noise = noise.point([round(128 + (value - 128) * rough) for value in range(256)])
            paint = ImageChops.overlay(paint, Image.merge("RGB", (noise, noise, noise)))
        self.image.paste(paint, (left, top), mask)

    def _lit(
        self, mask: Image.Image, colour: Colour, side: float, depth: float, contrast: float
    ) -> Image.Image:
        border = round(depth * 2)
        padded = ImageOps.expand(mask, border, 0).filter(ImageFilter.GaussianBlur(depth))
        dx, dy = round(depth * 0.75 * side), round(-depth * 0.55)
        towards = ImageChops.offset(padded, -dx, -dy)
        away = ImageChops.offset(padded, dx, dy)
        relief = ImageChops.subtract(away, towards, scale=2 / contrast, offset=128)
        relief = ImageOps.crop(relief, border)
        light = mix(times(colour, 1.55), (255, 244, 228), 0.18)
        return ImageOps.colorize(relief, black=times(colour, 0.28), mid=colour, white=light)

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, power: float = 2.0, flat: float = 1.0
    ) -> None:
        """Add light around a point; `flat` < 1 presses the glow flat."""
        rx, ry = max(1, round(radius)), max(1, round(radius * flat))
        left, top = round(x - rx), round(y - ry)
        mask = disc((rx * 2, ry * 2), power)
        light = Image.merge(
            "RGB", [mask.point([round(v * part / 255) for v in range(256)]) for part in colour]
        )
        area = (left, top, left + rx * 2, top + ry * 2)
        self.image.paste(ImageChops.screen(self.image.crop(area), light), area)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.5) -> None:
        """The soft dark patch on the ground below a thing."""
        self.stamp(Stencil().ellipse(x, y, rx, ry), (8, 10, 16), alpha=strength, blur=max(1.0, ry * 0.6))

    def multiply(self, mask: Image.Image, area: tuple[int, int] = (0, 0)) -> None:
        """Darken by a grey picture (255 leaves as it is) laid at `area`."""
        shade = mask if mask.mode == "RGB" else Image.merge("RGB", (mask, mask, mask))
        box = (area[0], area[1], area[0] + mask.width, area[1] + mask.height)
        self.image.paste(ImageChops.multiply(self.image.crop(box), shade), box)

    def texture(self, noise: Image.Image, strength: float, area: tuple[int, int] = (0, 0)) -> None:
        """Lay grey noise (128 is neutral) over a part of the picture."""
        grey = noise.point([round(128 + (value - 128) * strength) for value in range(256)])
        box = (area[0], area[1], area[0] + noise.width, area[1] + noise.height)
        over = ImageChops.overlay(self.image.crop(box), Image.merge("RGB", (grey, grey, grey)))
        self.image.paste(over, box)

    def blur(self, radius: float) -> None:
        self.image = soften(self.image, radius)

    def veil(self, colour: Colour, mask: Image.Image | float, area: tuple[int, int] = (0, 0)) -> None:
        """Mist: the colour through a mask, or an even share of it over everything."""
        if isinstance(mask, float):
            self.image = Image.blend(self.image, Image.new("RGB", self.image.size, colour), mask)
        else:
            self.image.paste(colour, (area[0], area[1], area[0] + mask.width, area[1] + mask.height), mask)


def slab(x0: float, y0: float, x1: float, y1: float) -> list[Point]:
    """A rectangle by two corners."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def trapeze(x: float, top: float, upper: float, foot: float, lower: float) -> list[Point]:
    """An upright shape around x: half as wide as `upper` at its top, as `lower` at its foot."""
    return [(x - upper, top), (x + upper, top), (x + lower, foot), (x - lower, foot)]


def soften(image: Image.Image, radius: float) -> Image.Image:
    """A wide blur at the price of a small one."""
    if radius < 5:
        return image.filter(ImageFilter.GaussianBlur(radius))
    factor = 4 if radius >= 10 else 2
    small = image.reduce(factor).filter(ImageFilter.GaussianBlur(radius / factor))
    return small.resize(image.size, Image.Resampling.BICUBIC)


def rounded(points: Sequence[Point], rounds: int = 3, *, closed: bool = True) -> list[Point]:
    """The outline with its corners cut again and again (Chaikin's way), as a body has them."""
    line = list(points)
    for _ in range(rounds):
        pairs = list(zip(line, line[1:] + line[:1] if closed else line[1:], strict=False))
        cut: list[Point] = [] if closed else [line[0]]
        for (x0, y0), (x1, y1) in pairs:
            cut.append((x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25))
            cut.append((x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75))
        line = cut if closed else [*cut, line[-1]]
    return line


def upright(size: tuple[int, int], *stops: tuple[float, int]) -> Image.Image:
    """A grey gradient from the upper to the lower edge through (position 0..1, value)."""
    table = []
    for step in range(256):
        position, value = step / 255, stops[-1][1]
        for (p0, v0), (p1, v1) in itertools.pairwise(stops):
            if position <= p1:
                value = round(v0 + (v1 - v0) * max(0.0, position - p0) / max(1e-6, p1 - p0))
                break
        table.append(value)
    column = Image.linear_gradient("L").resize((1, 256)).point(table)
    return column.resize((1, size[1]), Image.Resampling.BILINEAR).resize(size)
