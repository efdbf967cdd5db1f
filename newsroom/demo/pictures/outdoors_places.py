"""Places: an old village, blocks of flats, a court, an airport."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, slab, trapeze, upright
from .city import House, house
from .hanok import Roof, hanok
from .land import ground, hills, ridge, treeline
from .plants import crown, greens
from .rooms import Look, develop
from .sketch import Sketch, inner
from .skies import Light, haze_band, hour, lit, sky
from .tones import Colour, mix, times, vary


def old_village(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Tiled roofs close together up to the foot of a hill, seen from a slope across."""
    light = hour(rng, "morning", "golden", "noon", "grey")
    line = round(HEIGHT * rng.uniform(0.36, 0.42))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line + 0.06 * HEIGHT, ((0.19, 0.16), (0.1, 0.12), (0.03, 0.08)))
    canvas.image.paste(lit((112, 106, 84), light, 0.5), (0, line + round(0.06 * HEIGHT), WIDTH, HEIGHT))
    haze_band(canvas, light.haze, line + 0.06 * HEIGHT, 0.1 * HEIGHT, 0.5)
    rows = 8
    for row in range(rows):
        share = row / (rows - 1)
        y = line + 0.075 * HEIGHT + 0.56 * HEIGHT * share**1.55
        _village_row(canvas, light, y, share)
    return develop(canvas, size, Look(warmth=0.18, contrast=0.42, saturation=0.74, vignette=0.3, bloom=0.35))


def _village_row(canvas: Canvas, light: Light, y: float, share: float) -> None:
    rng, fog = canvas.rng, 0.5 * (1 - share) ** 1.2
    wide = WIDTH * (0.06 + 0.3 * share**1.3)
    _bushes(canvas, light, y, wide, fog, 5)
    sketch = Sketch(canvas)
    x = -rng.uniform(0.1, 0.9) * wide
    while x < WIDTH:
        own = wide * rng.uniform(0.7, 1.25)
        if rng.random() < 0.86:
            hanok(
                sketch,
                rng,
                light,
                Roof(
                    x,
                    y + rng.uniform(-0.12, 0.12) * wide,
                    own,
                    wide * rng.uniform(0.23, 0.29),
                    rng.uniform(-1, 1),
                ),
                fog,
            )
        x += own * rng.uniform(0.86, 1.06)
    sketch.done()
    if share < 0.8:
        _bushes(canvas, light, y + wide * 0.2, wide * 0.8, fog, 3)


def _bushes(canvas: Canvas, light: Light, y: float, wide: float, fog: float, count: int) -> None:
    rng = canvas.rng
    for _ in range(count):
        tone = vary(rng, rng.choice(((78, 92, 56), (70, 84, 58), (116, 100, 56))), 0.12)
        colours = (
            mix(times(lit(tone, light, 0.1), 0.5), light.haze, fog),
            mix(lit(tone, light, 0.6), light.haze, fog),
            mix(times(lit(tone, light, 1), 1.3), light.haze, fog),
        )
        r = wide * rng.uniform(0.12, 0.26)
        crown(
            canvas,
            rng.uniform(0, WIDTH),
            y - r * 0.3,
            r,
            r * 0.9,
            colours,
            side=light.side,
            leaf=max(2.0, wide * 0.016),
            blur=0.4,
        )


def apartment_blocks(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Slabs of flats in rows, trees between them."""
    light = hour(rng, "noon", "morning", "golden", "grey")
    line = round(HEIGHT * rng.uniform(0.68, 0.74))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.16, 0.12),))
    haze_band(canvas, light.haze, line, 0.24 * HEIGHT, 0.5)
    camera = Camera(9, WIDTH * 1.0, line, WIDTH / 2, yaw=rng.choice((-1, 1)) * rng.uniform(0.24, 0.4))
    wall = vary(rng, rng.choice(((214, 208, 196), (206, 206, 204), (216, 200, 180))), 0.04)
    for z, fog in ((330.0, 0.46), (220.0, 0.28), (135.0, 0.1)):
        sketch = Sketch(canvas)
        for index in range(-5, 6):
            x = index * 66.0 + rng.uniform(-8, 8) + (33 if z == 220 else 0)
            tall = rng.choice((15, 18, 22, 25)) * 3.0 * (0.72 if z < 150 else 1.0)
            flats = House(x, z, 46, 13, tall, "flats", vary(rng, wall, 0.05))
            house(sketch, rng, camera, light, flats, fog, 0.0)
        sketch.done()
        heights, tone = (
            ridge(rng, camera.at(0, 4, z * 0.86)[1], 0.012 * HEIGHT),
            lit((78, 92, 58), light, 0.6),
        )
        crowns, haze = camera.scale(z) * 3.4, (light.haze, fog * 0.8)
        treeline(canvas, heights, tone, size=crowns, haze=haze, side=light.side, foot=40)
    lawn = [(0, lit((104, 112, 72), light, 0.6)), (1, lit((72, 84, 52), light, 0.5))]
    ground(canvas, round(HEIGHT * 0.84), lawn, cell=5, rough=0.6)
    for _ in range(22):
        leaves = greens(vary(rng, (80, 96, 56), 0.14), light)
        x, y = rng.uniform(0, WIDTH), HEIGHT * rng.uniform(0.9, 1.02)
        crown(canvas, x, y, 0.09 * WIDTH, 0.1 * HEIGHT, leaves, side=light.side, leaf=5, blur=1.0)
    return develop(canvas, size, Look(warmth=0.12, contrast=0.4, saturation=0.76, vignette=0.26, bloom=0.35))


def court_building(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A public building with tall columns over broad steps."""
    light = hour(rng, "noon", "morning", "grey", "golden")
    line = round(HEIGHT * 0.8)
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.2, 0.1),))
    stone = vary(rng, (206, 198, 184), 0.04)
    left, right, top, foot = 0.08 * WIDTH, 0.92 * WIDTH, HEIGHT * rng.uniform(0.22, 0.28), HEIGHT * 0.74
    _court_walls(canvas, light, stone, (left, top, right, foot))
    _steps(canvas, light, stone, foot)
    for side in (-1, 1):
        for _ in range(6):
            tone = vary(rng, (70, 88, 56), 0.12)
            colours = (
                times(lit(tone, light, 0.1), 0.5),
                lit(tone, light, 0.6),
                times(lit(tone, light, 1.0), 1.25),
            )
            x = WIDTH * (0.5 + side * rng.uniform(0.44, 0.56))
            crown(
                canvas,
                x,
                HEIGHT * rng.uniform(0.6, 0.78),
                0.09 * WIDTH,
                0.16 * HEIGHT,
                colours,
                side=light.side,
                leaf=4.5,
                blur=0.6,
            )
    return develop(canvas, size, Look(warmth=0.12, contrast=0.44, saturation=0.72, vignette=0.28, bloom=0.35))


def _court_walls(canvas: Canvas, light: Light, stone: Colour, box: tuple[float, float, float, float]) -> None:
    """Two wings with windows, between them a porch of eight columns under a heavy roof."""
    left, top, right, foot = box
    sketch, wide, tall = Sketch(canvas), right - left, foot - top
    bright, shade = lit(stone, light, 0.85), lit(stone, light, 0.25)
    sketch.shape(slab(left, top, right, foot), times(bright, 0.92))
    porch = (left + wide * 0.24, right - wide * 0.24)
    for x0, x1 in ((left, porch[0]), (porch[1], right)):
        _wing(sketch, canvas.rng, light, slab(x0, top + tall * 0.2, x1, foot), (shade, times(bright, 1.1)))
    sketch.shape(slab(porch[0], top + tall * 0.2, porch[1], foot), times(shade, 0.5))
    hall, glow = (
        slab(porch[0], top + tall * 0.3, porch[1], foot),
        mix(lit((62, 66, 70), light, 0.4), (230, 200, 150), 0.16),
    )
    for bay in range(7):
        sketch.shape(inner(hall, (bay + 0.2) / 7, (bay + 0.8) / 7, 0.1, 0.98), glow)
    sketch.done()
    half = wide * 0.0155
    for column in range(8):
        x = porch[0] + (porch[1] - porch[0]) * column / 7
        shaft = Stencil().polygon(trapeze(x, top + tall * 0.18, half * 0.86, foot, half))
        canvas.model(
            shaft, times(bright, 1.02), side=light.side, depth=half * 0.62, contrast=1.25, rough=0.08
        )
        plinth = Stencil().polygon(trapeze(x, foot - tall * 0.03, half * 1.35, foot + 2, half * 1.35))
        canvas.model(plinth, bright, side=light.side, depth=2)
    roof = lit(stone, light, 0.95)
    beam = Stencil().box(left - wide * 0.012, top - tall * 0.02, right + wide * 0.012, top + tall * 0.1)
    canvas.model(beam, roof, side=light.side, depth=3, rough=0.1)
    beam = Stencil().box(porch[0] - wide * 0.03, top - tall * 0.06, porch[1] + wide * 0.03, top + tall * 0.19)
    canvas.model(beam, times(roof, 1.02), side=light.side, depth=4, rough=0.1)
    canvas.polygon(slab(porch[0], top + tall * 0.19, porch[1], top + tall * 0.27), (10, 12, 18), 0.5, 6)
    canvas.texture(upright((WIDTH, round(tall)), (0, 138), (1, 112)), 1.0, (0, round(top)))


def _wing(sketch: Sketch, rng: Random, light: Light, quad: list[Point], edges: tuple[Colour, Colour]) -> None:
    """Four floors of six windows, each with its shadow above and its bright sill."""
    glass = mix(lit((52, 60, 70), light, 0.6), light.middle, 0.25)
    for floor in range(4):
        for bay in range(6):
            part = inner(quad, (bay + 0.26) / 6, (bay + 0.74) / 6, (floor + 0.16) / 4, (floor + 0.8) / 4)
            sketch.shape(part, vary(rng, glass, 0.12))
            sketch.line([part[0], part[1]], edges[0], 2.2)
            sketch.line([part[3], part[2]], edges[1], 1.2)


def _steps(canvas: Canvas, light: Light, stone: Colour, foot: float) -> None:
    sketch, count = Sketch(canvas), 9
    sketch.shape(
        [(0, foot + 0.09 * HEIGHT), (WIDTH, foot + 0.09 * HEIGHT), (WIDTH, HEIGHT), (0, HEIGHT)],
        lit((150, 146, 138), light, 0.7),
    )
    for step in range(count):
        share = step / count
        y0, y1 = foot + 0.11 * HEIGHT * share**1.15, foot + 0.11 * HEIGHT * ((step + 1) / count) ** 1.15
        spread = 0.26 + 0.1 * share
        x0, x1 = WIDTH * (0.5 - spread), WIDTH * (0.5 + spread)
        sketch.shape([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], times(lit(stone, light, 0.9), 1.02))
        sketch.shape(
            [(x0, y0 + (y1 - y0) * 0.45), (x1, y0 + (y1 - y0) * 0.45), (x1, y1), (x0, y1)],
            times(lit(stone, light, 0.45), 0.9),
        )
    sketch.done()
    ground(
        canvas,
        round(foot + 0.11 * HEIGHT),
        [(0, lit((160, 154, 144), light, 0.75)), (1, lit((120, 116, 110), light, 0.6))],
        cell=4,
        stretch=2,
        rough=0.25,
    )


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "old_village": old_village,
    "apartment_blocks": apartment_blocks,
    "court_building": court_building,
}
