"""Where power comes from: wind, sun, a dam."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil, slab, trapeze, upright
from .land import ground, hills, ridge, slope, water
from .noise import fractal, plane
from .plants import grass
from .rooms import Look, develop
from .sketch import Sketch, inner
from .skies import Light, haze_band, hour, lit, sky
from .tones import curve, mix, times, tint


def wind_turbines(rng: Random, size: tuple[int, int]) -> Image.Image:
    """White turbines along a ridge, the far ones pale."""
    light = hour(rng, "morning", "noon", "golden")
    line = round(HEIGHT * rng.uniform(0.6, 0.68))
    canvas = Canvas(rng, sky(rng, light, line))
    placed: list[tuple[list[float], float, float, int]] = []
    for share, base, tall, count in ((0.1, -0.02, 0.17, 5), (0.5, 0.06, 0.3, 4), (0.85, 0.16, 0.56, 2)):
        heights = ridge(rng, line + base * HEIGHT, 0.1 * HEIGHT, lean=rng.uniform(-0.04, 0.04) * HEIGHT)
        placed.append((heights, share, tall, count))
    for heights, share, tall, count in placed:
        start = rng.uniform(0.05, 0.25)
        for index in range(count):
            x = WIDTH * (start + index * (0.92 / count) * rng.uniform(0.9, 1.1))
            foot = heights[max(0, min(len(heights) - 1, int(x / 4)))] + 4
            _turbine(canvas, light, x, foot, tall * HEIGHT * rng.uniform(0.92, 1.06), 0.62 * (1 - share))
        shade = [
            (0.0, lit((32, 42, 36), light, 0.2)),
            (0.5, lit((122, 124, 108), light, 0.85)),
            (1.0, lit((222, 214, 176), light, 1.0)),
        ]
        slope(
            canvas,
            heights,
            shade,
            side=light.side,
            cell=90,
            depth=0.5 * HEIGHT,
            fog=(light.haze, 0.66 * (1 - share), 0.8 * (1 - share)),
            cover=[(0.0, (70, 84, 52)), (0.5, (112, 118, 70)), (1.0, (152, 142, 88))],
            crowns=2 + 2 * share,
        )
    grass(
        canvas,
        HEIGHT + 6,
        0.09 * HEIGHT,
        (lit((60, 72, 40), light, 0.3), lit((150, 144, 88), light, 0.9)),
        320,
        2.0,
    )
    return develop(canvas, size, Look(warmth=0.15, contrast=0.38, saturation=0.78, vignette=0.24, bloom=0.4))


def _turbine(canvas: Canvas, light: Light, x: float, foot: float, tall: float, fog: float) -> None:
    rng, hub = canvas.rng, foot - tall
    white = mix(lit((238, 238, 236), light, 0.92), light.haze, fog)
    half = max(0.9, tall * 0.011)
    canvas.model(
        Stencil().polygon(
            [(x - half * 0.55, hub), (x + half * 0.55, hub), (x + half, foot), (x - half, foot)]
        ),
        white,
        side=light.side,
        depth=max(0.8, half * 0.6),
    )
    turn, narrow = rng.uniform(0, 2.09), rng.uniform(0.55, 1.0)
    blades = Stencil()
    for index in range(3):
        angle = turn + index * 2.094
        dx, dy = math.cos(angle) * narrow, math.sin(angle)
        tip = (x + dx * tall * 0.62, hub + dy * tall * 0.62)
        mid = (x + dx * tall * 0.13 - dy * tall * 0.018, hub + dy * tall * 0.13 + dx * tall * 0.018)
        blades.polygon(
            [
                (x - dy * half * 0.5, hub + dx * half * 0.5),
                mid,
                tip,
                (x + dy * half * 0.5, hub - dx * half * 0.5),
            ]
        )
    canvas.model(blades, white, side=light.side, depth=max(0.7, half * 0.4), contrast=0.8)
    canvas.model(
        Stencil().ellipse(x, hub, half * 1.5, half * 1.3),
        times(white, 0.96),
        side=light.side,
        depth=max(0.7, half * 0.5),
    )


def solar_farm(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Rows of tilted panels on a slope, the sky in their glass."""
    light = hour(rng, "noon", "morning", "golden")
    line = round(HEIGHT * rng.uniform(0.38, 0.44))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.1, 0.1), (0.05, 0.07)))
    land = lit((124, 126, 76), light, 0.8)
    ground(
        canvas, line, [(0, mix(land, light.haze, 0.5)), (1, times(land, 0.7))], cell=4, stretch=1.4, rough=0.6
    )
    camera = Camera(5.2, WIDTH * 0.9, line, WIDTH / 2, yaw=rng.choice((-1, 1)) * rng.uniform(0.24, 0.5))
    sketch = Sketch(canvas)
    for row in range(34, -1, -1):
        z = 6.0 + row * 7.5
        for column in range(-30, 31):
            _panel(sketch, rng, camera, light, column * 8.4, z)
    sketch.done()
    canvas.texture(plane(rng, (WIDTH, HEIGHT - line), cell=10, stretch=2.5, octaves=2), 0.1, (0, line))
    haze_band(canvas, light.haze, line + 4, 0.06 * HEIGHT, 0.4)
    grass(
        canvas,
        HEIGHT + 6,
        0.08 * HEIGHT,
        (lit((60, 70, 40), light, 0.3), lit((140, 142, 84), light, 0.9)),
        260,
        2.4,
    )
    return develop(canvas, size, Look(warmth=0.12, contrast=0.42, saturation=0.78, vignette=0.26, bloom=0.45))


def _panel(sketch: Sketch, rng: Random, camera: Camera, light: Light, x: float, z: float) -> None:
    """One table of modules, tilted towards the viewer's side, with its legs and its shadow."""
    deep = x * math.sin(camera.yaw) + z * math.cos(camera.yaw)
    if (
        deep < 5
        or deep > 260
        or abs(camera.at(x + 4, 1, z)[0] - WIDTH / 2) > WIDTH * 0.62 + camera.scale(deep) * 8
    ):
        return
    fog = min(0.7, (deep / 330) ** 0.8)
    quad = [
        camera.at(x, 2.9, z + 3.2),
        camera.at(x + 8.1, 2.9, z + 3.2),
        camera.at(x + 8.1, 0.9, z),
        camera.at(x, 0.9, z),
    ]
    shadow = [
        camera.at(x, 0, z + 3.4),
        camera.at(x + 8.1, 0, z + 3.4),
        camera.at(x + 8.1, 0, z + 0.4),
        camera.at(x, 0, z + 0.4),
    ]
    sketch.shape(shadow, mix(lit((70, 74, 52), light, 0.1), light.haze, fog))
    for leg in (0.8, 7.2):
        sketch.line(
            [camera.at(x + leg, 0, z + 0.4), camera.at(x + leg, 1.1, z + 0.4)],
            mix((120, 122, 122), light.haze, fog),
            max(0.5, camera.scale(deep) * 0.08),
        )
    glass = mix((34, 52, 86), light.middle, 0.26 + rng.uniform(-0.04, 0.05))
    sketch.shape(quad, mix((186, 192, 198), light.haze, fog))
    cells = 8 if deep < 60 else 4 if deep < 120 else 1
    for column in range(cells):
        for half in (0.0, 0.5):
            part = inner(quad, (column + 0.05) / cells, (column + 0.95) / cells, half + 0.02, half + 0.48)
            shine = 0.24 * (1 - half) + rng.uniform(0, 0.05)
            sketch.shape(part, mix(mix(glass, light.horizon, shine), light.haze, fog))
    if deep < 26:
        for step in range(1, 48):
            sketch.line(
                inner(quad, step / 48, step / 48, 0.02, 0.98)[1:3], mix(glass, (150, 170, 196), 0.25), 0.35
            )


def river_dam(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A wall of concrete between wooded slopes, water falling through its gates."""
    light = hour(rng, "noon", "morning", "grey")
    line = round(HEIGHT * 0.36)
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, round(HEIGHT * 0.5), ((0.22, 0.14), (0.15, 0.1)), foot=0.7)
    top, foot = HEIGHT * rng.uniform(0.34, 0.38), HEIGHT * 0.72
    _dam_wall(canvas, light, top, foot)
    for side in (-1, 1):
        edge = [(WIDTH * (0.5 + side * 0.56), top - 0.24 * HEIGHT)]
        for step in range(1, 13):
            share = step / 12
            edge.append(
                (
                    WIDTH * (0.5 + side * (0.5 - 0.2 * share + rng.uniform(-0.01, 0.01))),
                    top - 0.24 * HEIGHT + share * (foot - top + 0.36 * HEIGHT),
                )
            )
        bank = Stencil().polygon([*edge, (WIDTH * (0.5 + side * 0.62), HEIGHT)])
        forms = Image.blend(
            fractal(rng, (WIDTH // 2, HEIGHT // 2), 40, 5), fractal(rng, (WIDTH // 2, HEIGHT // 2), 4, 2), 0.4
        )
        green = tint(
            forms.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC),
            [
                (0.1, lit((24, 34, 28), light, 0.2)),
                (0.55, lit((72, 88, 56), light, 0.7)),
                (1, lit((150, 152, 96), light, 1)),
            ],
        )
        canvas.stamp(bank, green, blur=1.0)
    water(canvas, round(foot), lit((84, 112, 110), light, 0.5), calm=0.3, clear=0.55, cell=6)
    foam = plane(rng, (WIDTH, HEIGHT - round(foot)), cell=7, stretch=3, octaves=4).point(
        curve((120, 0), (190, 230))
    )
    canvas.veil((236, 242, 242), foam.point([value * 6 // 10 for value in range(256)]), (0, round(foot)))
    haze_band(canvas, (232, 238, 240), foot, 0.11 * HEIGHT, 0.85)
    return develop(canvas, size, Look(warmth=0.05, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.4))


def _dam_wall(canvas: Canvas, light: Light, top: float, foot: float) -> None:
    """The face of the wall with its stains, seven gates between piers, a walk on top."""
    rng, left, right, gates = canvas.rng, 0.1 * WIDTH, 0.9 * WIDTH, 7
    scratch = Canvas(rng, Image.new("RGB", (WIDTH, HEIGHT), lit((176, 172, 164), light, 0.75)))
    stains = fractal(rng, (WIDTH // 2, HEIGHT // 8), 9, 4)
    scratch.texture(stains.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), 0.32)
    scratch.multiply(upright((WIDTH, HEIGHT), (0, 255), (top / HEIGHT, 255), (foot / HEIGHT, 176), (1, 170)))
    canvas.polygon(trapeze(WIDTH / 2, top, 0.4 * WIDTH, foot + 8, 0.42 * WIDTH), scratch.image)
    fall = fractal(rng, (WIDTH, 60), 5, 3).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    spray = [
        (0.1, lit((150, 172, 178), light, 0.6)),
        (0.6, lit((236, 242, 242), light, 0.9)),
        (1, (255, 255, 255)),
    ]
    foam = tint(fall, spray)
    for gate in range(gates):
        x0, x1 = (left + (right - left) * (gate + share) / gates for share in (0.16, 0.84))
        canvas.polygon(slab(x0, top + 0.02 * HEIGHT, x1, top + 0.1 * HEIGHT), lit((60, 72, 78), light, 0.5))
        canvas.polygon(
            slab(x0, top + 0.02 * HEIGHT, x1, top + 0.055 * HEIGHT), lit((96, 128, 130), light, 0.7)
        )
        if 1 <= gate <= 5:
            half = (x1 - x0) / 2
            water_fall = trapeze((x0 + x1) / 2, top + 0.085 * HEIGHT, half - 3, foot + 6, half + 6)
            canvas.polygon(water_fall, foam, 0.96, 1.6)
        _pier(canvas, light, x1 + 2, top, foot)
    walk = Stencil().box(left, top - 0.062 * HEIGHT, right, top - 0.042 * HEIGHT)
    canvas.model(walk, lit((196, 192, 184), light, 0.85), side=light.side, depth=3)


def _pier(canvas: Canvas, light: Light, x: float, top: float, foot: float) -> None:
    high = top - 0.05 * HEIGHT
    shape = Stencil().polygon([(x, high), (x + 0.02 * WIDTH, high), (x + 0.028 * WIDTH, foot), (x, foot)])
    canvas.model(shape, lit((190, 186, 178), light, 0.8), side=light.side, depth=5, rough=0.2)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "wind_turbines": wind_turbines,
    "solar_farm": solar_farm,
    "river_dam": river_dam,
}
