"""Where work is done out of doors: factory, wind and sun, dam, building site, airport."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, slab
from .city import House, house
from .land import ground, hills, ridge, treeline, water
from .lights import lamp, smoke
from .plants import grass
from .rooms import Look, develop, front
from .sketch import Sketch, between, inner
from .skies import Light, haze_band, hour, lit, sky
from .tones import Colour, mix, times, vary


def factory(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Halls, tanks and chimneys in a low light, steam going with the wind."""
    light = hour(rng, "golden", "morning", "grey", "dusk")
    canal = rng.random() < 0.55
    line = round(HEIGHT * (rng.uniform(0.58, 0.64) if canal else rng.uniform(0.7, 0.76)))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.06, 0.07),))
    haze_band(canvas, light.haze, line, 0.12 * HEIGHT, 0.55)
    lean = rng.choice((-1, 1)) * rng.uniform(0.35, 0.8)
    for depth, fog in ((560.0, 0.42), (300.0, 0.2)):
        _chimneys(canvas, light, line, depth, fog, lean)
        _halls(canvas, light, line, depth, fog)
    _tanks(canvas, light, line)
    _foreground(canvas, light, line, canal)
    for _ in range(30 if light.dark else 0):
        y = line - rng.uniform(-0.02, 0.12) * HEIGHT
        lamp(canvas, rng.uniform(0, WIDTH), y, rng.uniform(0.8, 1.5), (255, 220, 160), 9)
    threshold = 180 if light.dark else 205
    look = Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.5, threshold=threshold)
    return develop(canvas, size, look)


def _foreground(canvas: Canvas, light: Light, line: int, canal: bool) -> None:
    """A yard and a hedge, then still water or tall grass."""
    edge, floor = line + round(0.055 * HEIGHT), lit((112, 110, 106), light, 0.6)
    yard = [(0, mix(floor, light.haze, 0.3)), (1, times(floor, 0.62))]
    ground(canvas, line + round(0.03 * HEIGHT), yard, cell=5, stretch=2.0, rough=0.35)
    hedge, leaves = ridge(canvas.rng, edge, 0.01 * HEIGHT), lit((62, 72, 52), light, 0.5)
    treeline(canvas, hedge, leaves, size=0.014 * HEIGHT, haze=(light.haze, 0.15), side=light.side, foot=8)
    if canal:
        canvas.polygon(slab(0, edge + 8, WIDTH, edge + 20), lit((150, 146, 138), light, 0.5))
        water(canvas, edge + 18, lit((60, 78, 84), light, 0.4), calm=0.78, clear=0.9)
    else:
        stalks = (lit((60, 66, 40), light, 0.3), lit((156, 142, 92), light, 0.9))
        grass(canvas, HEIGHT + 6, 0.14 * HEIGHT, stalks, 420, 2.2)


def _chimneys(canvas: Canvas, light: Light, line: int, depth: float, fog: float, lean: float) -> None:
    rng, camera = canvas.rng, Camera(14, WIDTH * 1.3, line, WIDTH / 2)
    for _ in range(rng.randint(2, 3)):
        x, tall = rng.uniform(-0.34, 0.34) * depth, rng.uniform(70, 120)
        top, foot = camera.at(x, tall, depth), camera.at(x, 0, depth)
        half = camera.scale(depth) * rng.uniform(2.4, 3.6)
        shaft = [
            (top[0] - half * 0.6, top[1]),
            (top[0] + half * 0.6, top[1]),
            (foot[0] + half, foot[1]),
            (foot[0] - half, foot[1]),
        ]
        canvas.model(
            Stencil().polygon(shaft),
            mix(lit((182, 176, 168), light, 0.7), light.haze, fog),
            side=light.side,
            depth=max(2.0, half * 0.6),
            contrast=1.2,
        )
        for band in (0.02, 0.12):
            tone = mix(lit((156, 62, 52), light, 0.7), light.haze, fog)
            canvas.polygon(inner(shaft, 0, 1, band, band + 0.05), tone, 0.85, 0.5)
        shades = (mix(light.cloud_shade, light.haze, 0.3), mix(light.cloud, light.sun, 0.3))
        smoke(
            canvas,
            top[0],
            top[1] - 2,
            rng.uniform(0.26, 0.4) * HEIGHT,
            lean=lean,
            colours=shades,
            width=half * 2.2,
        )


def _halls(canvas: Canvas, light: Light, line: int, depth: float, fog: float) -> None:
    rng, camera, sketch = canvas.rng, Camera(14, WIDTH * 1.3, line, WIDTH / 2), Sketch(canvas)
    x = -0.5 * depth
    while x < 0.5 * depth:
        width, tall = rng.uniform(36, 90), rng.uniform(16, 34)
        wall = vary(
            rng, rng.choice(((176, 178, 178), (150, 160, 168), (186, 178, 164), (128, 138, 146))), 0.08
        )
        z = depth + rng.uniform(-20, 30)
        _hall(sketch, rng, camera, light, House(x, z, width, 40, tall, wall=wall), fog)
        x += width + rng.uniform(-8, 26)
    sketch.done()


def _hall(sketch: Sketch, rng: Random, camera: Camera, light: Light, one: House, fog: float) -> None:
    """A shed of ribbed sheet with strips of windows and gates."""

    def seen(colour: Colour) -> Colour:
        return mix(colour, light.haze, fog)

    house(sketch, rng, camera, light, replace(one, style="none"), fog, 0.0)
    quad = camera.spots(front(one.x, one.x + one.width, 0, one.height, one.z))
    wall = lit(one.wall, light, 0.62)
    ribs = round(one.width / 1.6)
    for rib in range(ribs):
        sketch.shape(inner(quad, rib / ribs, (rib + 0.35) / ribs, 0, 1), seen(times(wall, 0.93)))
    panes = mix(lit((96, 112, 124), light, 0.6), (255, 214, 150) if light.dark else light.middle, 0.4)
    step = 6 / one.width
    for pane in range(round(one.width / 6)):
        part = inner(quad, pane * step + 0.01, (pane + 0.8) * step, 0.16, 0.26)
        sketch.shape(part, seen(vary(rng, panes, 0.12)))
    for _ in range(2):
        place = rng.uniform(0.05, 0.85)
        gate = inner(quad, place, place + 7 / one.width, 1 - 6 / one.height, 1)
        sketch.shape(gate, seen(times(wall, 0.5)))
    _on_the_roof(sketch, rng, quad, round(one.width / 9), camera.scale(one.z), seen(wall))


def _on_the_roof(
    sketch: Sketch, rng: Random, quad: list[Point], count: int, metre: float, wall: Colour
) -> None:
    """Saw teeth with windows to one side, or vents, or nothing."""
    kind = rng.random()
    for index in range(count):
        (ax, ay), (bx, by) = (between(quad[0], quad[1], (index + step) / count) for step in (0, 1))
        if kind < 0.4:
            sketch.shape([(ax, ay), (bx, by - 4 * metre), (bx, by)], times(wall, 1.1))
        elif kind < 0.8 and index % 2:
            sketch.shape(slab(ax, ay - 2 * metre, ax + 2.8 * metre, ay), times(wall, 0.8))


def _tanks(canvas: Canvas, light: Light, line: int) -> None:
    rng, camera, z = canvas.rng, Camera(14, WIDTH * 1.3, line, WIDTH / 2), 236.0
    x = rng.uniform(-0.36, 0.0) * z
    for _ in range(rng.randint(3, 5)):
        radius, tall = rng.uniform(8, 13), rng.uniform(14, 24)
        top, foot, half = camera.at(x, tall, z), camera.at(x, 0, z), radius * camera.scale(z)
        body = Stencil().polygon(
            [
                (top[0] - half, top[1]),
                (top[0] + half, top[1]),
                (foot[0] + half, foot[1] + 2),
                (foot[0] - half, foot[1] + 2),
            ]
        )
        body.ellipse(top[0], top[1], half, half * 0.16)
        tone = mix(lit(vary(rng, (204, 204, 198), 0.06), light, 0.8), light.haze, 0.14)
        canvas.model(body, tone, side=light.side, depth=half * 0.34, contrast=1.3, rough=0.12)
        pipes = Stencil().line(
            [(foot[0] - half, foot[1] - 0.3 * half), (foot[0] + half * 3, foot[1] - 0.3 * half)], 2
        )
        pipes.line([(top[0] + half * 0.7, top[1]), (top[0] + half * 0.7, foot[1])], 1.4)
        canvas.stamp(pipes, times(tone, 0.55), alpha=0.8)
        x += radius * 2 + rng.uniform(3, 12)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "factory": factory,
}
