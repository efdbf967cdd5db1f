"""At the water: harbour, boats, beach, a bridge by night, fireworks over a river."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops

from .boats import Hull, boat, breakwater, lighthouse
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .land import glitter, reflected, ridge, slope, water
from .noise import plane
from .rooms import MIL, Look, develop
from .sketch import Sketch
from .skies import Light, haze_band, hour, lit, sky
from .tones import curve, gradient, mix, times, vary


def _coast(canvas: Canvas, light: Light, line: float, layers: int = 3) -> None:
    """Hills on the far side of the water."""
    for layer in range(layers):
        share = (layer + 1) / (layers + 0.4)
        heights = ridge(
            canvas.rng,
            line - (0.05 - 0.02 * layer) * HEIGHT,
            0.085 * HEIGHT * (1.1 - 0.5 * share),
            lean=canvas.rng.uniform(-0.05, 0.05) * HEIGHT,
        )
        heights = [min(line - 1, height) for height in heights]
        shade = [
            (0.0, lit((30, 40, 44), light, 0.2)),
            (0.5, lit((118, 122, 116), light, 0.8)),
            (1.0, lit((214, 210, 190), light, 1.0)),
        ]
        cover = [(0.0, (56, 72, 58)), (0.5, (84, 98, 70)), (1.0, (124, 122, 84))]
        slope(
            canvas,
            heights,
            shade,
            side=light.side,
            cell=50,
            depth=0.2 * HEIGHT,
            fog=(light.haze, 0.8 - 0.6 * share, 0.9 - 0.5 * share),
            cover=cover,
            crowns=2.4,
        )


def sea_harbour(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A breakwater with its light, hills behind the bay, boats at anchor."""
    light = hour(rng, "morning", "noon", "golden", "grey")
    line = round(HEIGHT * rng.uniform(0.44, 0.54))
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line)
    _shore_town(canvas, light, line)
    haze_band(canvas, light.haze, line, 0.06 * HEIGHT, 0.4)
    water(canvas, line, lit((50, 92, 112), light, 0.6), calm=rng.uniform(0.4, 0.65), clear=0.7, cell=5.0)
    if light.name in ("golden", "morning"):
        glitter(canvas, line, light.sun_x * WIDTH, mix(light.sun, (255, 255, 255), 0.3), 0.2 * WIDTH, 0.7)
    before = canvas.image.copy()
    side = rng.choice((-1, 1))
    tip = WIDTH * (0.5 + side * rng.uniform(0.06, 0.24))
    y, tall = line + 0.055 * HEIGHT, 0.05 * HEIGHT
    breakwater(canvas, WIDTH * (0.5 + side * 0.55), tip, y, tall, light)
    lighthouse(
        canvas,
        tip + side * 0.03 * WIDTH,
        y - tall * 0.8,
        0.21 * HEIGHT,
        light,
        rng.choice(((192, 62, 50), (226, 226, 222))),
        lantern=light.name == "golden",
    )
    reflected(canvas, before, y, 0.55)
    for place in sorted(rng.uniform(0.16, 0.3) for _ in range(rng.randint(2, 4))):
        before = canvas.image.copy()
        y = line + place * HEIGHT
        hull = Hull(
            WIDTH * (0.5 - side * rng.uniform(-0.2, 0.42)),
            y,
            WIDTH * (0.05 + place * 0.5),
            rng.choice((-1.0, 1.0)),
        )
        boat(canvas, hull, light, fog=0.18 - place * 0.4)
        reflected(canvas, before, y, 0.6)
    return develop(canvas, size, Look(warmth=0.1, contrast=0.4, saturation=0.78, vignette=0.26, bloom=0.4))


def _shore_town(canvas: Canvas, light: Light, line: int) -> None:
    """White and grey houses along the far shore."""
    sketch, rng = Sketch(canvas), canvas.rng
    start, end = sorted((rng.uniform(0, 0.9) * WIDTH, rng.uniform(0.1, 1.0) * WIDTH))
    for _ in range(110):
        x, tall, wide = rng.uniform(start - 80, end + 80), rng.uniform(4, 13) * MIL, rng.uniform(5, 13) * MIL
        wall = mix(
            lit(
                vary(rng, rng.choice(((216, 212, 204), (190, 184, 176), (206, 190, 172))), 0.08),
                light,
                rng.choice((0.35, 0.85)),
            ),
            light.haze,
            0.42,
        )
        sketch.shape([(x, line - tall), (x + wide, line - tall), (x + wide, line), (x, line)], wall)
        roof = mix(
            lit(rng.choice(((120, 74, 60), (72, 96, 116), (96, 98, 96))), light, 0.7), light.haze, 0.42
        )
        sketch.shape(
            [(x - 1, line - tall), (x + wide / 2, line - tall - 2.5 * MIL), (x + wide + 1, line - tall)], roof
        )
        for step in range(int(wide // (3 * MIL))):
            sketch.shape(
                [
                    (x + 1 + step * 3 * MIL, line - tall * 0.75),
                    (x + 2.4 + step * 3 * MIL, line - tall * 0.75),
                    (x + 2.4 + step * 3 * MIL, line - tall * 0.45),
                    (x + 1 + step * 3 * MIL, line - tall * 0.45),
                ],
                mix(wall, (40, 48, 58), 0.5),
            )
    sketch.done()


def fishing_boats(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Boats side by side in a harbour basin, early or late in the day."""
    light = hour(rng, "morning", "golden", "grey", "dusk")
    line = round(HEIGHT * rng.uniform(0.36, 0.42))
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line, 2)
    _shore_town(canvas, light, line)
    haze_band(canvas, light.haze, line, 0.07 * HEIGHT, 0.45)
    canvas.blur(1.6 * MIL)
    water(canvas, line, lit((46, 78, 92), light, 0.5), calm=0.74, clear=0.85, cell=6.0)
    bow = rng.choice((-1.0, 1.0))
    for row, (place, length, count) in enumerate(((0.08, 0.16, 5), (0.2, 0.3, 3), (0.4, 0.52, 2))):
        y = line + place * HEIGHT
        first = rng.uniform(0.02, 0.2)
        for index in range(count):
            before = canvas.image.copy()
            x = WIDTH * (first + index * (1.0 / count) * rng.uniform(0.92, 1.1))
            level = y + rng.uniform(-0.008, 0.016) * HEIGHT
            boat(
                canvas,
                Hull(x, level, WIDTH * length * rng.uniform(0.92, 1.08), bow),
                light,
                fog=0.26 - 0.13 * row,
                lamps=light.dark and row > 0,
            )
            reflected(canvas, before, level, 0.72)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.55))


def beach_summer(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Sand, surf in long lines, parasols."""
    light = hour(rng, "noon", "noon", "morning")
    line, shore = round(HEIGHT * rng.uniform(0.34, 0.4)), HEIGHT * rng.uniform(0.6, 0.66)
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line, 2)
    deep = [
        (0, mix((64, 120, 156), light.haze, 0.3)),
        (0.3, (52, 126, 156)),
        (0.62, (86, 168, 176)),
        (0.9, (168, 206, 196)),
        (1, (206, 214, 196)),
    ]
    canvas.image.paste(gradient((WIDTH, round(shore) - line + 40), deep), (0, line))
    canvas.texture(plane(rng, (WIDTH, HEIGHT - line), cell=5.0, stretch=6.0, octaves=4), 0.3, (0, line))
    _sand(canvas, shore)
    _surf(canvas, line, shore)
    for _ in range(10):
        depth = rng.random() ** 1.5
        _parasol(
            canvas,
            light,
            rng.uniform(0.04, 0.96) * WIDTH,
            shore + (0.07 + 0.25 * depth) * HEIGHT,
            (0.03 + 0.075 * depth) * WIDTH,
        )
    canvas.veil((255, 250, 236), 0.04)
    return develop(canvas, size, Look(warmth=0.18, contrast=0.36, saturation=0.8, vignette=0.2, bloom=0.4))


def _tide(rng: Random, y: float, swing: float, tilt: float) -> list[Point]:
    """The edge of a wave along the shore."""
    phases = [
        (rng.uniform(0, 7), rng.uniform(0.6, 1.2), swing),
        (rng.uniform(0, 7), rng.uniform(2, 4), swing * 0.4),
        (rng.uniform(0, 7), rng.uniform(7, 12), swing * 0.12),
    ]
    points = []
    for step in range(0, WIDTH + 13, 12):
        share = step / WIDTH
        wave = sum(size * math.sin(phase + share * pace * 6.28) for phase, pace, size in phases)
        points.append((float(step), y + wave + tilt * (share - 0.5)))
    return points


def _sand(canvas: Canvas, shore: float) -> None:
    rng = canvas.rng
    edge = _tide(rng, shore, 0.012 * HEIGHT, 0.05 * HEIGHT)
    dry = Image.new("RGB", (WIDTH, HEIGHT), (214, 196, 164))
    dry.paste(
        gradient(
            (WIDTH, HEIGHT - round(shore) + 40),
            [(0, (206, 190, 160)), (0.4, (222, 204, 172)), (1, (198, 176, 142))],
        ),
        (0, round(shore) - 40),
    )
    noise = plane(rng, (WIDTH, HEIGHT - round(shore) + 60), cell=4.0, stretch=1.3, octaves=4)
    grey = noise.point([round(128 + (value - 128) * 0.4) for value in range(256)])
    part = dry.crop((0, round(shore) - 60, WIDTH, HEIGHT))
    dry.paste(ImageChops.overlay(part, Image.merge("RGB", (grey, grey, grey))), (0, round(shore) - 60))
    canvas.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], dry, blur=2.0)
    wet = [(x, y + 0.055 * HEIGHT + 4 * math.sin(x / 60)) for x, y in edge]
    canvas.polygon([*edge, *wet[::-1]], (136, 118, 94), 0.55, 5.0)
    canvas.polygon([*edge, *[(x, y + 0.02 * HEIGHT) for x, y in edge][::-1]], (176, 196, 204), 0.4, 4.0)


def _surf(canvas: Canvas, line: int, shore: float) -> None:
    """Breakers: a dark face, a white crest that is torn, a film of foam behind."""
    rng = canvas.rng
    lace = plane(rng, (WIDTH, HEIGHT), cell=4.0, stretch=2.4, octaves=4).point(curve((92, 0), (150, 255)))
    for share in (0.42, 0.62, 0.8, 0.95, 1.03):
        y = line + (shore - line) * share
        thick = (1.5 + 12 * share**3) * MIL * rng.uniform(0.8, 1.2)
        edge = _tide(rng, y, 0.014 * HEIGHT * share, 0.05 * HEIGHT * share)
        face = [(x, py - thick * 1.4) for x, py in edge]
        canvas.polygon(
            [*face, *[(x, py + thick * 0.2) for x, py in edge[::-1]]], (44, 112, 132), 0.35 * share, 2.0
        )
        foam = Stencil().polygon(
            [
                *[(x, py - thick * 0.4) for x, py in edge],
                *[(x, py + thick * (1.1 + 0.5 * math.sin(x / 37))) for x, py in edge[::-1]],
            ]
        )
        rendered = foam.render(1.2)
        if rendered is None:
            continue
        mask, left, top = rendered
        torn = ImageChops.multiply(mask, lace.crop((left, top, left + mask.width, top + mask.height)))
        mask = Image.blend(torn, mask, 0.35 if share > 0.7 else 0.1)
        canvas.image.paste((246, 248, 246), (left, top), mask)


def _parasol(canvas: Canvas, light: Light, x: float, foot: float, wide: float) -> None:
    rng, tall = canvas.rng, wide * 1.5
    tone = rng.choice(((196, 74, 60), (58, 104, 150), (228, 226, 216), (222, 178, 84), (86, 140, 128)))
    canvas.shadow(x - light.side * wide * 0.7, foot + wide * 0.05, wide * 0.85, wide * 0.17, 0.42)
    canvas.stamp(
        Stencil().limb((x, foot), (x + wide * 0.06, foot - tall), wide * 0.022, wide * 0.018), (226, 224, 216)
    )
    top, rim = (x + wide * 0.06, foot - tall * 1.04), foot - tall * 0.68
    for gore in range(6):
        a, b = -1 + gore / 3, -1 + (gore + 1) / 3
        curve_points = [
            (
                top[0] + wide * 0.86 * s,
                rim + wide * 0.12 * (1 - abs(s)) + (0.05 * wide if s in (a, b) else -0.02 * wide),
            )
            for s in (a, (a + b) / 2, b)
        ]
        side = 1.14 if (gore < 3) == (light.side < 0) else 0.78
        colour = times(
            mix(tone, (240, 238, 230), 0.82 if gore % 2 else 0.0), side * (1 - 0.06 * abs(gore - 2.5))
        )
        shoulder = [(top[0] + wide * 0.5 * s, rim - tall * 0.22) for s in (b, a)]
        canvas.polygon([*curve_points, *shoulder[:1], top, *shoulder[1:]], lit(colour, light, 0.95))
    mat = [
        (x - 0.5 * wide, foot),
        (x + 0.1 * wide, foot + 0.02 * wide),
        (x + 0.22 * wide, foot - 0.07 * wide),
        (x - 0.34 * wide, foot - 0.08 * wide),
    ]
    canvas.polygon(mat, rng.choice(((206, 206, 200), (92, 118, 140), (176, 118, 92))), 0.85, 0.6)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "sea_harbour": sea_harbour,
    "fishing_boats": fishing_boats,
    "beach_summer": beach_summer,
}
