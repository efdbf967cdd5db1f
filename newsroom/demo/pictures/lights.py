"""Lamps, bokeh, rain, snow, smoke: what is in the air between the camera and things."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter

from .canvas import HEIGHT, WIDTH, Box, Canvas, Stencil
from .noise import fractal, white
from .tones import Colour, curve, disc, mix, times

WARM: tuple[Colour, ...] = (
    (255, 196, 120),
    (255, 214, 160),
    (255, 168, 92),
    (255, 232, 200),
    (236, 240, 255),
)


def bokeh(
    canvas: Canvas, area: Box, count: int, radius: float, colours: Sequence[Colour] = WARM, alpha: float = 0.5
) -> None:
    """Discs of light far out of focus, their rims a little brighter, more of them small than large."""
    layer = Image.new("RGB", (WIDTH, HEIGHT))
    scratch = Canvas(canvas.rng, layer)
    for _ in range(count):
        x, y = canvas.rng.uniform(area[0], area[2]), canvas.rng.uniform(area[1], area[3])
        r = radius * canvas.rng.choice((0.4, 0.55, 0.7, 0.85, 1.0))
        colour = times(canvas.rng.choice(colours), alpha * canvas.rng.uniform(0.35, 1.0))
        scratch.stamp(Stencil().ellipse(x, y, r), colour, alpha=0.8)
        scratch.stamp(Stencil().ellipse(x, y, r * 0.86), times(colour, 0.86), alpha=0.8)
    soft = scratch.image.filter(ImageFilter.GaussianBlur(1.6))
    canvas.image = ImageChops.screen(canvas.image, soft)


def lamp(
    canvas: Canvas, x: float, y: float, size: float, colour: Colour = (255, 220, 170), reach: float = 14
) -> None:
    """A point of light with its halo."""
    canvas.glow(x, y, size * reach, times(colour, 0.42), 2.6)
    canvas.glow(x, y, size * reach * 0.35, times(colour, 0.8), 2.0)
    canvas.stamp(Stencil().ellipse(x, y, size), mix(colour, (255, 255, 255), 0.7), blur=size * 0.25)


def rain(canvas: Canvas, strength: float = 0.3) -> None:
    """Thin slanted streaks in front of everything."""
    small = (WIDTH // 2, HEIGHT // 2)
    drops = white(canvas.rng, small).point([255 if value > 253 else 0 for value in range(256)])
    streaks = drops
    for step in (1, 2, 4, 8):
        streaks = ImageChops.lighter(streaks, ImageChops.offset(streaks, -step // 3, step))
    streaks = streaks.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.8))
    patches = fractal(canvas.rng, (90, 60), 30, 2).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    mask = ImageChops.multiply(streaks, patches).point([round(value * strength) for value in range(256)])
    canvas.veil((222, 228, 236), mask)


def snowfall(canvas: Canvas, count: int = 420) -> None:
    """Flakes at every distance; the near ones large, soft and few."""
    rng = canvas.rng
    for radius, share, blur, alpha in ((1.4, 0.62, 0.6, 0.75), (2.8, 0.3, 1.4, 0.6), (9.0, 0.06, 4.5, 0.36)):
        stencil = Stencil()
        for _ in range(round(count * share)):
            r = radius * rng.uniform(0.6, 1.3)
            stencil.ellipse(rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), r, r * rng.uniform(0.9, 1.5))
        canvas.stamp(stencil, (246, 248, 252), alpha=alpha, blur=blur)


def smoke(
    canvas: Canvas,
    x: float,
    y: float,
    length: float,
    *,
    lean: float = 0.5,
    colours: tuple[Colour, Colour],
    width: float = 26,
) -> None:
    """A plume that rises from a point, widens and thins; `lean` how far the wind takes it aside."""
    rng, steps = canvas.rng, 46
    stencil = Stencil()
    for step in range(steps):
        share = step / steps
        px = x + lean * length * share**1.5 + rng.gauss(0, width * (0.1 + share * 0.9))
        py = y - length * share * (1 - 0.25 * share) + rng.gauss(0, width * share * 0.6)
        r = width * (0.4 + share * 2.4) * rng.uniform(0.7, 1.2)
        stencil.ellipse(px, py, r, r * 0.85, tone=max(0.05, 0.95 - share * 0.95))
    rendered = stencil.render(4.0)
    if rendered is None:
        return
    mask, left, top = rendered
    puffs = fractal(rng, mask.size, max(12.0, width * 1.4), 4)
    mask = ImageChops.multiply(mask, puffs.point(curve((0, 60), (150, 255))))
    lit = ImageChops.subtract(puffs, ImageChops.offset(puffs, 9, 9), scale=0.9, offset=140)
    shade, light = colours
    paint = Image.merge(
        "RGB",
        [
            lit.point([round(a + (b - a) * v / 255) for v in range(256)])
            for a, b in zip(shade, light, strict=True)
        ],
    )
    canvas.image.paste(paint, (left, top), mask)


def beam(
    canvas: Canvas,
    x: float,
    y: float,
    angle: float,
    length: float,
    spread: float,
    colour: Colour,
    strength: float = 0.5,
) -> None:
    """A stage light's cone through haze; the angle in degrees from straight down."""
    size = (WIDTH // 2, HEIGHT // 2)
    left, right = math.radians(angle - spread), math.radians(angle + spread)
    cone = [
        (x / 2, y / 2),
        (x / 2 + math.sin(left) * length / 2, y / 2 + math.cos(left) * length / 2),
        (x / 2 + math.sin(right) * length / 2, y / 2 + math.cos(right) * length / 2),
    ]
    rendered = Stencil().polygon(cone).render(5.0)
    if rendered is None:
        return
    mask = Image.new("L", size, 0)
    mask.paste(rendered[0], rendered[1:])
    reach = round(length / 2)
    fade = Image.new("L", size, 0)
    fade.paste(disc((reach * 2, reach * 2), 1.3), (round(x / 2 - reach), round(y / 2 - reach)))
    mask = ImageChops.multiply(mask, fade).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    light = Image.merge(
        "RGB", [mask.point([round(v * part / 255 * strength) for v in range(256)]) for part in colour]
    )
    canvas.image = ImageChops.screen(canvas.image, light)
