"""The town: its skyline by day and at dusk, blocks of flats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, slab
from .city import Quarter, town
from .land import ridge, slope, treeline, water
from .noise import fractal
from .rooms import Look, develop
from .sketch import Sketch
from .skies import Light, haze_band, hour, sky
from .tones import mix, times


def _hills(canvas: Canvas, light: Light, line: float) -> None:
    """Three ridges behind the town, each nearer one clearer."""
    for rise, relief, mist in ((0.085, 0.085, 0.84), (0.05, 0.07, 0.66), (0.03, 0.05, 0.5)):
        heights = ridge(canvas.rng, line - rise * HEIGHT, relief * HEIGHT)
        stops = [
            (0.0, _lit((36, 50, 48), light, 0.5)),
            (0.5, _lit((66, 84, 70), light, 0.8)),
            (1.0, _lit((120, 126, 92), light, 1.0)),
        ]
        slope(
            canvas,
            heights,
            stops,
            side=light.side,
            cell=50,
            depth=line + 2 - max(heights),
            fog=(light.haze, mist, 1.0),
        )


def _lit(colour: tuple[int, int, int], light: Light, share: float) -> tuple[int, int, int]:
    tone = mix(light.ambient, light.sun, share)
    red, green, blue = (round(a * b / 255) for a, b in zip(colour, tone, strict=True))
    return times((red, green, blue), 0.6 if light.dark else 1.0)


def _panorama(rng: Random, light: Light, lighted: float) -> Canvas:
    """A town in front of hills, seen from a height or over a river."""
    river = rng.random() < 0.5
    line = round(HEIGHT * (rng.uniform(0.5, 0.56) if river else rng.uniform(0.36, 0.42)))
    canvas = Canvas(rng, sky(rng, light, line))
    _hills(canvas, light, line)
    height = rng.uniform(22, 30) if river else rng.uniform(62, 84)
    camera = Camera(height, WIDTH * rng.uniform(1.25, 1.6), line, WIDTH / 2)
    near = 620.0 if river else 150.0
    sketch, foot = Sketch(canvas), round(camera.at(0, 0, near)[1])
    land = _lit((84, 92, 78), light, 0.4)
    for y in range(line, foot + 2 if river else HEIGHT):
        share = min(1.0, (y - line) / (HEIGHT * 0.35))
        sketch.line([(0, y + 0.5), (WIDTH, y + 0.5)], mix(light.haze, land, share), 1)
    low, tall, centre = rng.uniform(10, 15), rng.uniform(110, 170), rng.uniform(-0.3, 0.3)
    quarter = Quarter(near, 5200, low, tall, centre, rng.uniform(0.16, 0.3), lighted)
    middle = near * 2.6
    town(sketch, rng, camera, light, replace(quarter, near=middle))
    sketch.done()
    haze_band(canvas, light.haze, line + 0.02 * HEIGHT, 0.08 * HEIGHT, 0.55)
    sketch = Sketch(canvas)
    town(sketch, rng, camera, light, replace(quarter, far=middle))
    sketch.done()
    if river:
        _river(canvas, light, foot)
    shade = fractal(rng, (WIDTH // 6, HEIGHT // 6), 50, 3, stretch=3)
    canvas.texture(shade.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), 0.16)
    return canvas


def _river(canvas: Canvas, light: Light, foot: int) -> None:
    """Trees on the bank, its wall, the water."""
    bank, leaves = ridge(canvas.rng, foot - 0.004 * HEIGHT, 0.004 * HEIGHT), _lit((60, 72, 52), light, 0.3)
    treeline(canvas, bank, leaves, size=0.007 * HEIGHT, haze=(light.haze, 0.25), side=light.side, foot=4)
    canvas.polygon(slab(0, foot - 3, WIDTH, foot + 2), _lit((120, 120, 116), light, 0.5))
    water(canvas, foot, _lit((64, 84, 92), light, 0.4), calm=0.72, clear=0.8)


def skyline_day(rng: Random, size: tuple[int, int]) -> Image.Image:
    light = hour(rng, "noon", "morning", "noon")
    return develop(
        _panorama(rng, light, 0.0),
        size,
        Look(warmth=0.15, contrast=0.4, saturation=0.8, vignette=0.22, bloom=0.35),
    )


def skyline_dusk(rng: Random, size: tuple[int, int]) -> Image.Image:
    light = hour(rng, "dusk")
    look = Look(warmth=0.15, contrast=0.35, saturation=0.78, vignette=0.3, bloom=0.9, threshold=150)
    return develop(_panorama(rng, light, rng.uniform(0.2, 0.36)), size, look)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "skyline_day": skyline_day,
    "skyline_dusk": skyline_dusk,
}
