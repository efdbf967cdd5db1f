"""A building site with its cranes."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .land import ground, hills
from .rooms import Look, develop, front
from .sketch import Sketch
from .skies import Light, haze_band, hour, lit, sky
from .tones import Colour, mix, times, vary


def construction_site(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Skeletons of concrete with cranes over them."""
    light = hour(rng, "morning", "golden", "noon", "grey")
    line = round(HEIGHT * 0.78)
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.12, 0.1),))
    haze_band(canvas, light.haze, line, 0.2 * HEIGHT, 0.5)
    for fog, z, count in ((0.5, 260.0, 4), (0.24, 150.0, 2)):
        for index in range(count):
            x = (index / count - 0.5 + rng.uniform(0.0, 0.16)) * z * 0.95
            _crane(
                canvas,
                light,
                line,
                (x + rng.uniform(-12, 12), z + 14),
                rng.uniform(62, 84) * (1 if z > 200 else 0.85),
                fog,
            )
            _skeleton(canvas, light, line, (x, z), fog)
    mud = lit((142, 124, 100), light, 0.7)
    ground(canvas, line, [(0, mix(mud, light.haze, 0.3)), (1, times(mud, 0.7))], cell=9, stretch=2, rough=0.8)
    fence = Stencil().box(0, line - 0.02 * HEIGHT, WIDTH, line + 0.045 * HEIGHT)
    canvas.model(fence, lit((196, 202, 206), light, 0.8), side=light.side, depth=2)
    bars = Stencil()
    for step in range(60):
        bars.box(step * WIDTH / 60, line - 0.02 * HEIGHT, step * WIDTH / 60 + 1.5, line + 0.045 * HEIGHT)
    canvas.stamp(bars, lit((120, 128, 134), light, 0.5), alpha=0.5)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.28, bloom=0.45))


def _skeleton(canvas: Canvas, light: Light, line: int, place: tuple[float, float], fog: float) -> None:
    """Floors and pillars of concrete, walls in the lower floors, scaffolding on the upper ones."""
    rng, sketch = canvas.rng, Sketch(canvas)
    camera = Camera(3, WIDTH * 1.3, line, WIDTH / 2, yaw=0.16)
    (x, z), floors, bays = place, rng.randint(8, 15), rng.randint(4, 6)
    stone, dark, net = (
        mix(lit(tone, light, share), light.haze, fog)
        for tone, share in (((176, 170, 160), 0.75), ((84, 84, 88), 0.2), ((88, 124, 118), 0.7))
    )
    wide = bays * 6.0

    def wall(x0: float, x1: float, y0: float, y1: float, tone: Colour) -> None:
        sketch.shape(camera.spots(front(x0, x1, y0, y1, z)), tone)

    wall(x, x + wide, 0, floors * 3.4, dark)
    for floor in range(floors + 1):
        y, reach = floor * 3.4, 3.4 if floor < floors else 1.4
        wall(x - 0.6, x + wide + 0.6, y - 0.5, y, vary(rng, stone, 0.05))
        for bay in range(bays + 1):
            px = x + bay * 6.0
            wall(px - 0.4, px + 0.4, y, y + reach, times(stone, 0.9))
            if floor < floors * 0.45 and bay < bays and rng.random() < 0.8:
                wall(px + 0.6, px + 5.4, y, y + 2.8, vary(rng, times(stone, 0.82), 0.06))
    thin = max(0.5, camera.scale(z) * 0.08)
    for y in (floor * 3.4 for floor in range(floors - 3, floors)):
        for px in (x + pole * 1.5 for pole in range(round(wide / 1.5))):
            sketch.line([camera.at(px, y, z - 1), camera.at(px, y + 3.4, z - 1)], net, thin)
        sketch.line([camera.at(x, y + 1.7, z - 1), camera.at(x + wide, y + 1.7, z - 1)], net, 0.7)
    sketch.done()


def _crane(
    canvas: Canvas, light: Light, line: int, place: tuple[float, float], tall: float, fog: float
) -> None:
    rng, camera = canvas.rng, Camera(3, WIDTH * 1.3, line, WIDTH / 2, yaw=0.16)
    (x, z), side = place, canvas.rng.choice((-1, 1))
    tone = mix(lit(rng.choice(((204, 156, 54), (190, 76, 58), (210, 208, 200))), light, 0.8), light.haze, fog)
    thin = max(1.1, camera.scale(z) * 0.26)
    sketch = Sketch(canvas)

    def truss(start: Point, end: Point, wide: float, steps: int) -> None:
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = math.hypot(dx, dy)
        nx, ny = -dy / length * wide, dx / length * wide
        last: Point | None = None
        for sign in (-1, 1):
            sketch.line(
                [(start[0] + nx * sign, start[1] + ny * sign), (end[0] + nx * sign, end[1] + ny * sign)],
                tone,
                thin,
            )
        for step in range(steps + 1):
            sign = 1 if step % 2 else -1
            point = (start[0] + dx * step / steps + nx * sign, start[1] + dy * step / steps + ny * sign)
            if last is not None:
                sketch.line([last, point], tone, thin * 0.7)
            last = point

    wide = camera.scale(z) * 1.0
    truss(camera.at(x, 0, z), camera.at(x, tall, z), wide, 34)
    truss(camera.at(x - side * 14, tall, z), camera.at(x + side * 46, tall, z), wide * 0.7, 40)
    top = camera.at(x, tall + 8, z)
    truss(camera.at(x, tall, z), top, wide * 0.6, 4)
    for reach in (-12, 22, 40):
        sketch.line([top, camera.at(x + side * reach, tall + 0.6, z)], tone, thin * 0.6)
    a, b = camera.at(x - side * 14, tall, z), camera.at(x - side * 10, tall - 3.4, z)
    sketch.shape([a, (b[0], a[1]), b, (a[0], b[1])], times(tone, 0.6))
    hook = camera.at(x + side * rng.uniform(18, 38), tall, z)
    sketch.line([hook, (hook[0], hook[1] + camera.scale(z) * rng.uniform(10, 26))], times(tone, 0.5), 0.6)
    sketch.done()


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "construction_site": construction_site,
}
