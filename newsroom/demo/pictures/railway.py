"""The parts of a railway scene: what a station's hall looks like, and the side of a coach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from .boats import lit
from .canvas import Point
from .skies import Light
from .tones import Colour, gradient, mix, times, vary

_LAMPLIGHT: Colour = (255, 226, 172)


@dataclass(frozen=True)
class Hall:
    """What one station looks like: the arch of its roof in metres, its hour, its paint."""

    light: Light
    dim: bool
    half: float
    spring: float
    crown: float
    steel: Colour
    stripe: Colour

    def arch(self, share: float, inner: float = 0.0) -> Point:
        """x, y of the roof at a share 0..1 of its way from the left wall to the right one."""
        angle = math.pi * (1 - share)
        rise = self.crown - self.spring
        return (self.half - inner) * math.cos(angle), self.spring + (rise - inner) * math.sin(angle) ** 0.8


def shade(hall: Hall, colour: Colour, share: float = 0.35) -> Colour:
    """A colour under the roof: little sun, at an early hour little light at all."""
    return times(lit(colour, hall.light, share), 1.5 if hall.dim else 1.32)


def coach(hall: Hall, rng: Random) -> Image.Image:
    """The side of a coach: a painted band, a row of windows, two doors; what the windows mirror or let out."""
    width, height = 1280, 192
    body = shade(hall, (202, 204, 204), 0.55)
    image = gradient(
        (width, height),
        [(0, times(body, 0.84)), (0.2, body), (0.62, times(body, 0.92)), (1, times(body, 0.56))],
    )
    draw = ImageDraw.Draw(image)
    paint = shade(hall, hall.stripe, 0.6)
    draw.rectangle((0, 124, width, 140), fill=paint)
    draw.rectangle((0, 145, width, 148), fill=times(paint, 0.7))
    draw.rectangle((0, 44, width, 108), fill=shade(hall, (34, 39, 46), 0.5))
    glass = mix(hall.light.horizon, (62, 76, 88), 0.66)
    for x in range(144, width - 180, 80):
        _window(draw, hall, x, vary(rng, times(glass, 0.8), 0.1), rng.random())
    for x in (44, width - 112):
        draw.rectangle((x, 32, x + 68, 176), fill=times(body, 0.86), outline=times(body, 0.4), width=2)
        draw.line((x + 34, 32, x + 34, 176), fill=times(body, 0.4), width=2)
        for pane_x in (x + 8, x + 42):
            draw.rounded_rectangle(
                (pane_x, 48, pane_x + 18, 108), 5, fill=_LAMPLIGHT if hall.dim else times(glass, 0.7)
            )
    for y in (36, 114, 160):
        draw.line((0, y, width, y), fill=times(body, 0.78))
    return image.filter(ImageFilter.GaussianBlur(1.1))


def _window(draw: ImageDraw.ImageDraw, hall: Hall, x: int, glass: Colour, chance: float) -> None:
    """One pane: lamplight and seats behind it at an early hour, otherwise the hall mirrored in it."""
    if hall.dim and chance < 0.86:
        draw.rounded_rectangle((x, 50, x + 62, 102), 8, fill=mix(_LAMPLIGHT, (214, 170, 110), chance))
        for seat in (x + 8, x + 38):
            draw.rounded_rectangle((seat, 78, seat + 18, 101), 4, fill=(92, 72, 62))
        return
    draw.rounded_rectangle((x, 50, x + 62, 102), 8, fill=glass)
    draw.rounded_rectangle((x, 82, x + 62, 102), 6, fill=times(glass, 0.62))
    draw.polygon(
        [(x + 30, 50), (x + 46, 50), (x + 26, 102), (x + 10, 102)], fill=mix(glass, hall.light.horizon, 0.14)
    )
