"""The railway: a train at the platform of a station with a high roof of steel and glass."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from PIL import Image, ImageOps

from .camera import Camera, Spot, shaded
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil
from .figures import someone, stand
from .lights import lamp
from .noise import fractal, plane
from .railway import Hall, coach, shade
from .rooms import (
    MIL,
    Box,
    Look,
    chest,
    develop,
    front,
    grounded,
    lens,
    level,
    patch,
    patches,
    pour,
    surface,
    upwall,
    wash,
)
from .sketch import Sketch
from .skies import haze_band, hour, lit, sky
from .tones import Colour, curve, gradient, mix, times, vary

_NEAR, _END, _BED = 1.3, 74.0, -1.0
_EDGE, _FAR_EDGE = -2.2, 3.9  # where our platform ends: towards the train, and towards the empty track


def train_station(rng: Random, size: tuple[int, int]) -> Image.Image:
    """One train waits, the other track lies free; the hall opens into the light at its far end."""
    light = hour(rng, "blue", "golden", "morning", "grey")
    dim = light.dark
    hall = Hall(
        light,
        dim,
        rng.uniform(10.2, 11.6),
        rng.uniform(4.6, 5.6),
        rng.uniform(9.2, 11.5),
        vary(rng, rng.choice(((92, 104, 112), (112, 108, 100), (76, 90, 92))), 0.08),
        vary(rng, rng.choice(((36, 74, 126), (146, 46, 42), (28, 104, 92), (196, 120, 36))), 0.08),
    )
    camera = lens(1.75, rng.uniform(0.66, 0.82), rng.uniform(0.54, 0.6), rng.uniform(0.44, 0.56))
    canvas = Canvas(rng, sky(rng, light, round(camera.horizon)))
    _outside(canvas, camera, hall)
    _roof(canvas, camera, hall)
    _tracks(canvas, camera, hall)
    _platforms(canvas, camera, hall)
    _train(canvas, camera, hall, _NEAR + rng.uniform(0, 12))
    _fittings(canvas, camera, hall)
    _travellers(canvas, camera, hall, rng.randint(1, 3) if dim else rng.randint(4, 8))
    x, y = camera.at(0, 2.6, _END)
    canvas.glow(x, y, 0.3 * WIDTH, times(light.haze, 0.42 if dim else 0.34), 1.6)
    if rng.random() < 0.5:
        canvas.image = ImageOps.mirror(canvas.image)
    look = Look(warmth=0.1, contrast=0.46, saturation=0.74, vignette=0.4, bloom=0.75, threshold=195)
    return develop(canvas, size, look)


def _outside(canvas: Canvas, camera: Camera, hall: Hall) -> None:
    """What the open end shows: hills in the haze, the yard, masts of the overhead line."""
    line = camera.horizon
    tone = mix(lit((92, 100, 92), hall.light, 0.3), hall.light.haze, 0.55)
    points: list[Point] = [
        (x, line - 16 * MIL + 9 * MIL * math.sin(x * 0.021) - canvas.rng.uniform(0, 3))
        for x in range(0, WIDTH + 9, 8)
    ]
    canvas.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], tone)
    canvas.image.paste(
        mix(lit((120, 114, 104), hall.light, 0.4), hall.light.haze, 0.4), (0, round(line), WIDTH, HEIGHT)
    )
    haze_band(canvas, hall.light.haze, line, 0.05 * HEIGHT, 0.7)
    dark = mix(lit((70, 74, 80), hall.light, 0.2), hall.light.haze, 0.3)
    for z in (150.0, 110.0, 84.0):
        for x in (-7.6, 9.4):
            patch(canvas, camera, front(x - 0.14, x + 0.14, 0, 8, z), dark)
        patch(canvas, camera, front(-7.6, 9.4, 6.7, 7.0, z), dark)


def _roof(canvas: Canvas, camera: Camera, hall: Hall) -> None:
    """Strips of glass and sheet between arched ribs, side walls with windows below."""
    steps = 18
    near, glass = (
        mix(hall.light.zenith, hall.light.middle, 0.7),
        mix(hall.light.horizon, (255, 255, 255), 0.0 if hall.dim else 0.2),
    )
    for step in range(steps):
        x0, y0 = hall.arch(step / steps)
        x1, y1 = hall.arch((step + 1) / steps)
        corners = [(x0, y0, _NEAR), (x0, y0, _END), (x1, y1, _END), (x1, y1, _NEAR)]
        overhead = 6 <= step < 12
        if overhead:
            panes = gradient((40, 200), [(0, near), (0.45, mix(near, glass, 0.7)), (1, glass)]).rotate(
                90, expand=True
            )
            surface(
                canvas,
                camera,
                corners,
                shaded(panes, fractal(canvas.rng, (60, 4), 9, 3).point(curve((0, 196), (255, 255)))),
            )
            continue
        tone = shade(hall, hall.steel, 0.15 + 0.5 * math.sin(math.pi * step / steps) ** 2)
        dirt = [(place / 6, canvas.rng.uniform(0.84, 0.98)) for place in range(6)]
        surface(
            canvas,
            camera,
            corners,
            wash(times(tone, 0.62 + 0.05 * min(step, steps - step)), [*dirt, (1, 1.0)]),
        )
    for side in (-1, 1):
        wall = wash(shade(hall, (138, 122, 106)), [(0, 0.42), (0.3, 0.62), (1, 1.0)], [(0, 0.7), (1, 1.0)])
        surface(canvas, camera, upwall(side * hall.half, _NEAR, _END, _BED, hall.spring), wall)
        panes = [
            upwall(side * (hall.half - 0.02), z, z + 3.2, 1.6, hall.spring - 0.7) for z in range(3, 70, 5)
        ]
        patches(canvas, camera, panes, times(mix(near, glass, 0.75), 0.85))
    _ribs(canvas, camera, hall)


def _ribs(canvas: Canvas, camera: Camera, hall: Hall) -> None:
    dark = shade(hall, times(hall.steel, 0.5), 0.15)
    for z in [float(place) for place in range(72, 3, -5)]:
        tone = mix(dark, hall.light.haze, 0.42 * (z / _END) ** 1.4)
        outer = [camera.at(*hall.arch(share / 24), z) for share in range(25)]
        inner = [camera.at(*hall.arch(share / 24, 0.55), z) for share in range(25)]
        rib = Stencil()
        for index in range(24):
            rib.limb(inner[index], inner[index + 1], *[camera.scale(z) * 0.07] * 2, round_ends=False)
            if index % 2 == 0 or z > 40:
                rib.limb(inner[index], outer[index + 1], *[camera.scale(z) * 0.035] * 2, round_ends=False)
            else:
                rib.limb(outer[index], inner[index + 1], *[camera.scale(z) * 0.035] * 2, round_ends=False)
            rib.limb(outer[index], outer[index + 1], *[camera.scale(z) * 0.09] * 2, round_ends=False)
        for side in (-1, 1):
            rib.polygon(
                [
                    camera.at(*spot)
                    for spot in front(side * hall.half - 0.25, side * hall.half + 0.25, _BED, hall.spring, z)
                ]
            )
        canvas.stamp(rib, tone)
    sketch = Sketch(canvas)
    for share in (5, 6, 7, 8, 9, 10, 11, 12, 13):
        x, y = hall.arch(share / 18)
        sketch.line([camera.at(x, y, 6), camera.at(x, y, _END)], dark, 0.9)
    sketch.done()


def _tracks(canvas: Canvas, camera: Camera, hall: Hall) -> None:
    """Ballast, sleepers and rails, shining where they lead out."""
    rng, top = canvas.rng, round(camera.horizon)
    far = mix(shade(hall, (126, 118, 108), 0.5), hall.light.haze, 0.35)
    bed = gradient(
        (WIDTH, HEIGHT - top),
        [(0, far), (0.12, shade(hall, (104, 96, 88))), (1, shade(hall, (70, 64, 60)))],
    )
    lower = camera.at(hall.half, _BED, _END)[1]
    mask = Stencil().polygon([camera.at(*spot) for spot in level(-hall.half, hall.half, _BED, 0.9, _END)])
    whole = Image.new("RGB", (WIDTH, HEIGHT), far)
    whole.paste(bed, (0, top))
    canvas.stamp(mask, whole)
    canvas.texture(
        plane(rng, (WIDTH, HEIGHT - round(lower)), cell=3.4, stretch=1.2, octaves=2), 0.5, (0, round(lower))
    )
    for centre in (-3.9, 5.6):
        sleepers = [
            level(centre - 1.25, centre + 1.25, _BED + 0.02, z, z + 0.28) for z in _spaced(2.0, 40.0, 0.62)
        ]
        patches(canvas, camera, sleepers, shade(hall, (128, 122, 114), 0.45), 0.55)
        for rail in (centre - 0.72, centre + 0.72):
            patch(
                canvas,
                camera,
                level(rail - 0.06, rail + 0.06, _BED + 0.17, 1.0, 120.0),
                shade(hall, (72, 62, 54)),
            )
            patch(
                canvas,
                camera,
                level(rail - 0.025, rail + 0.025, _BED + 0.19, 1.0, 120.0),
                mix(hall.light.horizon, (210, 214, 220), 0.4),
                0.85,
            )


def _spaced(start: float, end: float, step: float) -> list[float]:
    return [start + index * step for index in range(int((end - start) / step))]


def _platforms(canvas: Canvas, camera: Camera, hall: Hall) -> None:
    rng = canvas.rng
    stone = shade(hall, (170, 164, 154), 0.5)
    surface(
        canvas,
        camera,
        upwall(_FAR_EDGE, _NEAR, _END, _BED, 0),
        wash(times(stone, 0.42), [(0, 0.8), (1, 1.2)]),
    )
    surface(canvas, camera, upwall(7.3, _NEAR, _END, _BED, 0), wash(times(stone, 0.62), [(0, 0.8), (1, 1.2)]))
    paint = wash(stone, down=[(0, 1.12), (0.75, 0.92), (1, 0.62)], size=(80, 240))
    for x0, x1 in ((_EDGE, _FAR_EDGE), (7.3, hall.half)):
        surface(canvas, camera, level(x0, x1, 0, _NEAR, _END), paint)
    sketch = Sketch(canvas)
    joint = times(stone, 0.82)
    for z in _spaced(2.0, 30.0, 1.2):
        sketch.line([camera.at(_EDGE, 0, z), camera.at(_FAR_EDGE, 0, z)], joint, 0.5)
    for x in (-0.9, 0.0, 0.9, 1.8, 2.7):
        sketch.line([camera.at(x, 0, _NEAR), camera.at(x, 0, _END)], joint, 0.5)
    sketch.done()
    yellow, white = shade(hall, (214, 172, 62), 0.6), shade(hall, (226, 224, 216), 0.6)
    for x in (_EDGE + 0.6, _FAR_EDGE - 0.9):
        patch(canvas, camera, level(x, x + 0.3, 0.01, _NEAR, _END), yellow, 0.85)
    for x in (_EDGE, _FAR_EDGE - 0.14, 7.3):
        patch(canvas, camera, level(x, x + 0.14, 0.01, _NEAR, _END), white, 0.8)
    _sheen(canvas, camera, hall, stone)
    noise = fractal(rng, (WIDTH // 3, (HEIGHT - round(camera.horizon)) // 3), 40, 4, stretch=2.5)
    canvas.texture(
        noise.resize((WIDTH, HEIGHT - round(camera.horizon)), Image.Resampling.BICUBIC),
        0.08,
        (0, round(camera.horizon)),
    )


def _sheen(canvas: Canvas, camera: Camera, hall: Hall, stone: Colour) -> None:
    """Light of the open end and of the glass on worn stone, the shadows of the ribs across it."""
    pour(canvas, camera, [level(-1.6, 3.0, 0, 14, _END)], mix(hall.light.horizon, stone, 0.3), 12, 0.3)
    if hall.dim:
        pour(canvas, camera, [level(-1.2, 2.6, 0, z, z + 2.6) for z in _spaced(3.4, 60, 9)], (88, 74, 52), 16)
    else:
        panes = [level(-0.9 + z * 0.02, 2.4 + z * 0.02, 0, z, z + 3.6) for z in _spaced(3.0, 60, 5)]
        pour(canvas, camera, panes, mix(hall.light.sun, (255, 255, 255), 0.2), 7, 0.2)


def _train(canvas: Canvas, camera: Camera, hall: Hall, start: float) -> None:
    """Coaches one behind the other, from the near edge of the picture to the end of the hall."""
    x, length = _EDGE - 0.12, 21.0
    side = coach(hall, canvas.rng)
    begin = start - length
    grounded(canvas, camera, x - 0.1, x + 0.1, _NEAR, _END, 0.6)
    while begin < _END - 6:
        near, far = max(_NEAR, begin), begin + length - 0.5
        part = side.crop((round(side.width * (near - begin) / length), 0, side.width, side.height))
        begin += length
        if far > _NEAR + 0.4:
            _car(canvas, camera, hall, (x, near, far), part)
    if hall.dim:
        windows = [level(_EDGE + 0.1, _EDGE + 1.5, 0, z, z + 1.3) for z in _spaced(max(_NEAR, 2.0), 50, 2.1)]
        pour(canvas, camera, windows, (92, 76, 48), 9)


def _car(
    canvas: Canvas, camera: Camera, hall: Hall, place: tuple[float, float, float], part: Image.Image
) -> None:
    x, near, far = place
    dark = shade(hall, (26, 28, 32))
    patch(canvas, camera, upwall(x - 0.25, near, far + 0.5, -0.6, 3.0), dark)
    surface(canvas, camera, upwall(x, near, far, -0.35, 2.75), part)
    # And once more in pieces: what is close is seen so much larger that one texture is not fine enough for it.
    cuts = [near, *(z for z in (2.4, 4.0, 8.0, 16.0) if near < z < far), far]
    for first, last in pairwise(cuts):
        left, right = ((z - near) / (far - near) * part.width for z in (first, last))
        piece = part.crop((round(left), 0, max(round(left) + 1, round(right)), part.height))
        surface(canvas, camera, upwall(x, first, last, -0.35, 2.75), piece)
    shine_to = mix(shade(hall, (198, 202, 206), 0.6), hall.light.horizon, 0.3)
    for index in range(5):
        low, high = math.radians(index * 16), math.radians(index * 16 + 16)
        x0, y0 = x - 0.75 * (1 - math.cos(low)), 2.75 + 0.6 * math.sin(low)
        x1, y1 = x - 0.75 * (1 - math.cos(high)), 2.75 + 0.6 * math.sin(high)
        corners: list[Spot] = [(x1, y1, near), (x1, y1, far), (x0, y0, far), (x0, y0, near)]
        patch(canvas, camera, corners, times(shine_to, 0.62 + 0.1 * index))


def _fittings(canvas: Canvas, camera: Camera, hall: Hall) -> None:
    """Columns, benches, hanging lamps, signs and the wire above the tracks, the far ones first."""
    rng, dark = canvas.rng, shade(hall, (58, 62, 68), 0.3)
    sketch = Sketch(canvas)
    for centre in (-3.9, 5.6):
        sketch.line([camera.at(centre, 4.5, 3), camera.at(centre, 4.5, 120)], dark, 0.8)
    sketch.done()
    for z in (56.0, 46.0, 37.0, 28.0, 19.0, 10.5):
        tone = mix(dark, hall.light.haze, 0.4 * z / _END)
        chest(canvas, camera, Box(2.0, 2.24, 0, 4.2, z, z + 0.24), tone, (0.9, 0.6, 1.1))
        grounded(canvas, camera, 1.95, 2.3, z - 0.05, z + 0.3, 0.4)
        patch(canvas, camera, front(0.3, 3.9, 4.14, 4.24, z), tone)
        _pendant(canvas, camera, hall, (0.6, 4.0, z))
        if rng.random() < 0.5:
            chest(
                canvas,
                camera,
                Box(1.2, 3.0, 0.42, 0.5, z + 2.4, z + 2.9),
                times(shade(hall, (146, 108, 70), 0.5), 0.9),
            )
            for x in (1.35, 2.75):
                patch(canvas, camera, front(x, x + 0.1, 0, 0.42, z + 2.45), times(dark, 0.8))
            grounded(canvas, camera, 1.2, 3.0, z + 2.4, z + 2.9, 0.35)
    z = rng.uniform(12, 16)
    patch(canvas, camera, front(-0.9, 1.5, 3.2, 3.82, z), shade(hall, (24, 34, 52), 0.5))
    patch(canvas, camera, front(-0.8, -0.35, 3.3, 3.72, z - 0.01), vary(rng, (232, 226, 204), 0.04), 0.9)
    sign = [front(-0.15, 1.3 - rng.random() * 0.7, y, y + 0.1, z - 0.01) for y in (3.56, 3.36)]
    patches(canvas, camera, sign, (222, 184, 104) if hall.dim else (214, 216, 212), 0.85, 0.8)
    patches(canvas, camera, [front(x, x + 0.04, 3.82, 4.6, z) for x in (-0.6, 1.2)], dark)


def _pendant(canvas: Canvas, camera: Camera, hall: Hall, spot: Spot) -> None:
    x, y = camera.at(*spot)
    scale = camera.scale(spot[2])
    if hall.dim and canvas.rng.random() < 0.8:
        lamp(canvas, x, y, max(0.9, scale * 0.09), (255, 222, 168), 11)
    else:
        canvas.stamp(Stencil().ellipse(x, y, scale * 0.16, scale * 0.08), (232, 230, 222), alpha=0.8)


def _travellers(canvas: Canvas, camera: Camera, hall: Hall, count: int) -> None:
    """People who wait, mostly far off and seen from behind."""
    rng = canvas.rng
    for z in sorted((rng.uniform(9, 42) for _ in range(count)), reverse=True):
        place = rng.choice((rng.uniform(-1.3, 0.2), rng.uniform(0.9, 2.9)))
        who = replace(someone(rng, formal=False), facing=rng.random() < 0.3)
        x, foot = camera.at(place, 0, z)
        pixels = who.tall * camera.scale(z)
        canvas.shadow(x, foot, pixels * 0.16, pixels * 0.03, 0.4)
        veil = (hall.light.haze, 0.1 + 0.35 * z / _END)
        stand(canvas, rng, who, x, foot, pixels, light=0.5 if hall.dim else 0.8, veil=veil)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "train_station": train_station,
}
