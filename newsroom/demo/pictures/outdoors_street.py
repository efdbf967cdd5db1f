"""Streets close up: in the rain, in the snow, a market lane."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .city import House, house
from .land import ground, streaks, water
from .lights import WARM, bokeh, lamp, rain, snowfall
from .noise import fractal, plane
from .plants import boughs
from .rooms import MIL, Look, develop
from .sketch import Sketch, inner
from .skies import Light, haze_band, hour, lit, sky
from .tones import Colour, curve, mix, times, vary

SIGNS: tuple[Colour, ...] = (
    (255, 196, 110),
    (236, 92, 74),
    (110, 190, 230),
    (250, 236, 210),
    (126, 206, 150),
    (240, 150, 180),
)


def _both_sides(canvas: Canvas, camera: Camera, light: Light, lit_share: float, shops: bool) -> None:
    """Houses along a street, from far to near, with shop windows at the ground."""
    rng, sketch = canvas.rng, Sketch(canvas)
    for row in range(13, -1, -1):
        z = 7.0 + row * 11.0
        for side in (-1, 1):
            wide, tall = 12.0, rng.uniform(9, 24)
            x = side * 7.2 if side > 0 else -7.2 - wide
            fog = min(0.82, (z / 170) ** 0.9)
            wall = vary(
                rng, rng.choice(((150, 134, 120), (122, 124, 130), (168, 158, 146), (112, 98, 90))), 0.12
            )
            house(sketch, rng, camera, light, House(x, z, wide, 10.4, tall, "grid", wall), fog, lit_share)
            if shops:
                _shop(sketch, rng, camera, light, side, z, fog)
    sketch.done()


def _shop(sketch: Sketch, rng: Random, camera: Camera, light: Light, side: int, z: float, fog: float) -> None:
    """A lighted window at the ground, and a sign that stands out from the wall."""
    x = side * 7.15
    glow = mix(times(rng.choice(WARM), rng.uniform(0.55, 1.0)), light.haze, fog * 0.6)
    quad = [
        camera.at(x, 3.0, z + 9.6),
        camera.at(x, 3.0, z + 0.8),
        camera.at(x, 0.3, z + 0.8),
        camera.at(x, 0.3, z + 9.6),
    ]
    if side < 0:
        quad = [quad[1], quad[0], quad[3], quad[2]]
    sketch.shape(quad, glow)
    for step in range(4):
        sketch.shape(inner(quad, step / 4, step / 4 + 0.03, 0, 1), times(glow, 0.35))
    for _ in range(5):
        place = rng.uniform(0, 0.9)
        sketch.shape(inner(quad, place, place + 0.08, rng.uniform(0.4, 0.7), 1), times(glow, 0.5))
    band = [
        camera.at(x, 3.9, z + 9.8),
        camera.at(x, 3.9, z + 0.6),
        camera.at(x, 3.1, z + 0.6),
        camera.at(x, 3.1, z + 9.8),
    ]
    sketch.shape(band, mix(times(rng.choice(SIGNS), rng.uniform(0.4, 0.85)), light.haze, fog * 0.7))
    if rng.random() < 0.75:
        y, out = rng.uniform(4.4, 7), side * 6.2
        sign = [
            camera.at(out, y + 2.4, z + 1),
            camera.at(x, y + 2.4, z + 1),
            camera.at(x, y, z + 1),
            camera.at(out, y, z + 1),
        ]
        sketch.shape(sign, mix(times(rng.choice(SIGNS), rng.uniform(0.55, 1.0)), light.haze, fog * 0.6))


def rainy_street(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A street after dark in the rain: lamps, signs and their light on the wet road."""
    light = hour(rng, "blue", "night", "blue")
    line = round(HEIGHT * rng.uniform(0.46, 0.54))
    canvas = Canvas(rng, sky(rng, light, line))
    camera = Camera(1.7, WIDTH * rng.uniform(0.84, 1.0), line, WIDTH * rng.uniform(0.4, 0.6))
    _both_sides(canvas, camera, light, 0.26, shops=True)
    canvas.glow(camera.centre, line, 0.42 * WIDTH, (120, 100, 84), 1.8, 0.6)
    for row in range(7, -1, -1):
        for side in (-1, 1):
            z = 9.0 + row * 14
            top = camera.at(side * 4.6, 6.2, z)
            canvas.stamp(
                Stencil().line(
                    [camera.at(side * 5.6, 0, z), camera.at(side * 5.6, 6.3, z), top],
                    max(1.0, camera.scale(z) * 0.09),
                ),
                (30, 34, 42),
            )
            lamp(canvas, *top, max(1.4, camera.scale(z) * 0.16), (255, 206, 140), 12)
    haze_band(canvas, mix(light.haze, (200, 170, 140), 0.4), line, 0.12 * HEIGHT, 0.5)
    canvas.blur(rng.uniform(1.6, 3.0) * MIL)
    street = round(line + 0.004 * HEIGHT)
    dry = canvas.image
    canvas.image = dry.copy()
    water(canvas, street, (26, 30, 38), calm=0.6, clear=0.85, cell=4.0, dark=0.8)
    streaks(canvas, street, threshold=104, length=0.15 * HEIGHT, strength=0.9)
    _wet_ground(canvas, camera, street)
    road = Stencil().polygon(
        [camera.at(-7.1, 0, 150), camera.at(7.1, 0, 150), camera.at(7.1, 0, 1.2), camera.at(-7.1, 0, 1.2)]
    )
    wet, canvas.image = canvas.image, dry
    canvas.stamp(road, wet, blur=2.0)
    bokeh(canvas, (0, 0.1 * HEIGHT, WIDTH, 0.56 * HEIGHT), 12, 16 * MIL, SIGNS, 0.42)
    rain(canvas, 0.42)
    return develop(
        canvas,
        size,
        Look(warmth=0.05, contrast=0.38, saturation=0.82, vignette=0.38, bloom=0.8, threshold=150),
    )


def _wet_ground(canvas: Canvas, camera: Camera, street: int) -> None:
    """Kerbs, rough asphalt between the puddles, a zebra crossing that shines through."""
    rough = plane(canvas.rng, (WIDTH, HEIGHT - street), cell=3.0, stretch=1.6, octaves=4)
    canvas.texture(rough, 0.4, (0, street))
    dry = fractal(canvas.rng, (WIDTH // 4, (HEIGHT - street) // 4), 26, 3, stretch=3).resize(
        (WIDTH, HEIGHT - street), Image.Resampling.BICUBIC
    )
    canvas.veil((24, 26, 32), dry.point(curve((120, 0), (190, 150))), (0, street))
    marks = Stencil()
    for stripe in range(-5, 6):
        x = stripe * 0.95
        marks.polygon(
            [
                camera.at(x, 0, 7.4),
                camera.at(x + 0.48, 0, 7.4),
                camera.at(x + 0.48, 0, 4.4),
                camera.at(x, 0, 4.4),
            ]
        )
    canvas.stamp(marks, (170, 172, 176), alpha=0.26, blur=1.2)
    for side in (-1, 1):
        kerb = [
            camera.at(side * 5.2, 0.14, 60),
            camera.at(side * 5.4, 0.14, 60),
            camera.at(side * 5.4, 0.14, 2.4),
            camera.at(side * 5.2, 0.14, 2.4),
        ]
        canvas.polygon(kerb, (128, 126, 124), 0.5, 0.8)


def snow_street(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Fresh snow on a street with bare trees and lamps."""
    light = hour(rng, "grey", "blue", "grey")
    line = round(HEIGHT * rng.uniform(0.46, 0.52))
    canvas = Canvas(rng, sky(rng, light, line))
    camera = Camera(1.7, WIDTH * 0.92, line, WIDTH * rng.uniform(0.42, 0.58))
    _both_sides(canvas, camera, light, 0.4 if light.dark else 0.1, shops=light.dark)
    haze_band(canvas, light.haze, line, 0.3 * HEIGHT, 0.6)
    canvas.blur(2.2 * MIL)
    snow = lit((236, 238, 244), light, 0.8) if not light.dark else mix(light.ambient, (170, 180, 206), 0.72)
    ground(
        canvas,
        line + 4,
        [(0, mix(snow, light.haze, 0.4)), (0.4, snow), (1, times(snow, 0.86))],
        cell=8,
        stretch=2,
        rough=0.16,
    )
    for side in (-1, 1):
        track = [
            camera.at(side * 0.8, 0, 70),
            camera.at(side * 1.1, 0, 70),
            camera.at(side * 1.25, 0, 2),
            camera.at(side * 0.7, 0, 2),
        ]
        canvas.polygon(track, times(snow, 0.7), 0.7, 2.0)
        bank = [
            camera.at(side * 4.6, 0, 70),
            camera.at(side * 5.2, 0.3, 70),
            camera.at(side * 5.2, 0.35, 3),
            camera.at(side * 4.4, 0, 3),
        ]
        canvas.polygon(bank, times(snow, 1.06), 0.9, 3.0)
    for row in range(5, -1, -1):
        for side in (-1, 1):
            _bare_tree(canvas, camera, light, side, 6.5 + row * 8.5 + rng.uniform(-1, 1), snow)
    snowfall(canvas, 520)
    return develop(
        canvas,
        size,
        Look(
            warmth=-0.05,
            contrast=0.36,
            saturation=0.72,
            vignette=0.28,
            bloom=0.6,
            threshold=200 if not light.dark else 160,
        ),
    )


def _bare_tree(canvas: Canvas, camera: Camera, light: Light, side: int, z: float, snow: Colour) -> None:
    foot, unit = camera.at(side * 4.9, 0.2, z), camera.scale(z)
    fog = min(0.7, z / 75)
    stencil = boughs(
        canvas,
        foot[0],
        foot[1],
        6.4 * unit,
        0.3 * unit,
        mix(lit((52, 46, 44), light, 0.5), light.haze, fog),
        blur=0.5,
    )
    rendered = stencil.render(0.6)
    if rendered is not None and unit > 20:
        mask, left, top = rendered
        canvas.veil(snow, mask.point([value * 4 // 10 for value in range(256)]), (left, top - 2))
    if light.dark and z > 9:
        lamp(
            canvas,
            camera.at(side * 4.2, 4.6, z + 3)[0],
            camera.at(side * 4.2, 4.6, z + 3)[1],
            max(1.2, unit * 0.1),
            (255, 214, 150),
            14,
        )


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "rainy_street": rainy_street,
    "snow_street": snow_street,
}
