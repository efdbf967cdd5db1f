"""Colour: mixing, gradients, and what happens to a picture after it was taken (bloom, grade, grain)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .noise import grain_noise

Colour = tuple[int, int, int]
Stop = tuple[float, Colour]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` with `share` (0..1) of `second`."""
    (a, b, c), (x, y, z) = first, second
    return round(a + (x - a) * share), round(b + (y - b) * share), round(c + (z - c) * share)


def times(colour: Colour, factor: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def under(colour: Colour, light: Colour) -> Colour:
    """What a thing of that colour looks like in a coloured light."""
    return colour[0] * light[0] // 255, colour[1] * light[1] // 255, colour[2] * light[2] // 255


def vary(rng: Random, colour: Colour, spread: float) -> Colour:
    """The colour a little lighter or darker, and a little warmer or colder."""
    factor = 1 + rng.uniform(-spread, spread)
    warm = rng.uniform(-spread, spread) * 40
    return times((round(colour[0] + warm), colour[1], round(colour[2] - warm)), factor)


def ramp(stops: Sequence[Stop]) -> list[list[int]]:
    """Three look-up tables of 256 entries through the stops (position 0..1, colour)."""
    tables: list[list[int]] = [[], [], []]
    for step in range(256):
        colour = _at(stops, step / 255)
        for table, part in zip(tables, colour, strict=True):
            table.append(part)
    return tables


def _at(stops: Sequence[Stop], position: float) -> Colour:
    if position <= stops[0][0]:
        return stops[0][1]
    for (left, first), (right, second) in itertools.pairwise(stops):
        if position <= right:
            share = (position - left) / max(1e-6, right - left)
            return mix(first, second, share)
    return stops[-1][1]


def tint(grey: Image.Image, stops: Sequence[Stop]) -> Image.Image:
    """A grey picture in the colours of the stops: 0 is the first, 255 the last."""
    return Image.merge("RGB", [grey.point(table) for table in ramp(stops)])


def gradient(size: tuple[int, int], stops: Sequence[Stop]) -> Image.Image:
    """Colours from the upper to the lower edge."""
    return tint(Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR), stops).resize(
        size
    )


def curve(*points: tuple[int, int]) -> list[int]:
    """A look-up table through points (from, to), straight between them."""
    table = []
    for value in range(256):
        table.append(_between(points, value))
    return table


def _between(points: Sequence[tuple[int, int]], value: int) -> int:
    if value <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if value <= x1:
            return round(y0 + (y1 - y0) * (value - x0) / max(1, x1 - x0))
    return points[-1][1]


def disc(size: tuple[int, int], power: float = 2.0) -> Image.Image:
    """A glow: 255 in the middle, falling to 0 at the edge of the box."""
    falling = [round(255 * max(0.0, 1 - value / 181) ** power) for value in range(256)]
    return Image.radial_gradient("L").point(falling).resize(size, Image.Resampling.BILINEAR)


def bloom(image: Image.Image, threshold: int = 190, radius: float = 26, strength: float = 0.6) -> Image.Image:
    """Light spilling over from the brightest parts, as in a lens."""
    small = image.resize((image.width // 4, image.height // 4), Image.Resampling.BOX)
    small = small.point(curve((threshold, 0), (255, round(255 * strength))) * 3)
    small = small.filter(ImageFilter.GaussianBlur(radius / 4))
    return ImageChops.screen(image, small.resize(image.size, Image.Resampling.BILINEAR))


def vignette(image: Image.Image, strength: float) -> Image.Image:
    dark = [255 - round(strength * 255 * (value / 255) ** 2.2) for value in range(256)]
    mask = Image.radial_gradient("L").point(dark).resize(image.size, Image.Resampling.BILINEAR)
    return ImageChops.multiply(image, Image.merge("RGB", (mask, mask, mask)))


def grade(image: Image.Image, warmth: float, contrast: float, saturation: float) -> Image.Image:
    """A muted editorial look: raised blacks, soft highlights, shadows a little colder than the lights."""
    grey = image.convert("L")
    muted = Image.blend(Image.merge("RGB", (grey, grey, grey)), image, saturation)
    tables: list[int] = []
    for shift in (warmth, 0.1 * warmth, -warmth):
        tables += [_graded(value, shift, contrast) for value in range(256)]
    return muted.point(tables)


def _graded(value: int, shift: float, contrast: float) -> int:
    x = value / 255
    smooth = x * x * (3 - 2 * x)
    y = x + (smooth - x) * contrast
    y = 0.022 + y * 0.962 + shift * (x - 0.28) * 0.12
    return max(0, min(255, round(y * 255)))


def grain(image: Image.Image, rng: Random, strength: float) -> Image.Image:
    """Film grain, strongest in the middle tones."""
    noise = grain_noise(rng, image.size)
    noise = noise.point([max(0, min(255, round(128 + (value - 128) * strength))) for value in range(256)])
    return ImageChops.soft_light(image, Image.merge("RGB", (noise, noise, noise)))
