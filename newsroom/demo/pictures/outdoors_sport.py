"""Sports grounds: a stadium under its lights, a running track."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .camera import Camera, face
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, upright
from .land import ground, hills, ridge, treeline
from .noise import fractal, plane, white
from .rooms import MIL, Look, develop
from .sketch import Sketch, inner
from .skies import Light, hour, lit, sky
from .tones import curve, mix, times, tint

CROWD = (
    (0.0, (30, 32, 40)),
    (0.3, (60, 66, 84)),
    (0.5, (116, 108, 104)),
    (0.68, (176, 160, 148)),
    (0.84, (196, 82, 70)),
    (0.92, (84, 120, 176)),
    (1.0, (232, 228, 220)),
)


def _crowd(rng: Random, size: tuple[int, int], full: float) -> Image.Image:
    """Rows of people as specks of clothes and faces, with stairs between the blocks."""
    specks = white(rng, (size[0] // 3, size[1] // 4)).resize(size, Image.Resampling.BILINEAR)
    people = tint(specks.point(curve((30, 0), (225, 255))), CROWD)
    seats = Image.new("RGB", size, (58, 76, 104))
    where = fractal(rng, (size[0] // 6, size[1] // 6), 16, 2).resize(size, Image.Resampling.BILINEAR)
    edge = round(255 * (1 - full))
    stand = Image.composite(people, seats, where.point(curve((edge - 30, 0), (edge + 10, 255))))
    rows = Image.new("L", (1, size[1]), 255)
    for y in range(0, size[1], 4):
        rows.putpixel((0, y), 150)
    shade = rows.resize(size)
    return ImageChops.multiply(stand, Image.merge("RGB", (shade, shade, shade)))


def stadium(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A bowl of stands around lawn, seen from high up opposite, floodlights on."""
    light = hour(rng, "blue", "night", "dusk")
    line = round(HEIGHT * rng.uniform(0.3, 0.36))
    canvas = Canvas(rng, sky(rng, light, line + 30))
    camera = Camera(25, WIDTH * 0.82, line, WIDTH / 2)
    diamond = rng.random() < 0.5
    canvas.image.paste((30, 34, 42), (0, line + 30, WIDTH, HEIGHT))
    _bowl(canvas, camera)
    _pitch(canvas, camera, diamond)
    _roof(canvas, camera)
    for x in (-92.0, -46.0, 46.0, 92.0):
        _floodlight(canvas, camera, x, 128.0 if abs(x) < 60 else 92.0)
    canvas.glow(WIDTH / 2, HEIGHT * 0.6, WIDTH * 0.6, (46, 50, 44), 1.4, 0.4)
    _rows_in_front(canvas)
    return develop(
        canvas,
        size,
        Look(warmth=-0.02, contrast=0.4, saturation=0.8, vignette=0.34, bloom=0.9, threshold=165),
    )


def _ring(turn: float, out: float) -> tuple[float, float]:
    """x, z of the oval around the field, `out` metres behind its inner edge."""
    flat = 0.72
    x, z = math.cos(turn), math.sin(turn)
    squared = (abs(x) ** 3 + abs(z) ** 3) ** (-1 / 3)
    return x * squared * (62 + out), 68 + z * squared * (62 + out) * flat


def _bowl(canvas: Canvas, camera: Camera) -> None:
    rng, tiers = canvas.rng, ((0.0, 2.0, 20.0, 11.0), (22.0, 14.0, 40.0, 27.0))
    textures = [_crowd(rng, (220, 96), full) for full in (0.8, 0.74, 0.86)]
    count = 30
    for inner_out, low, outer_out, high in tiers:
        parts = []
        for index in range(count):
            a, b = (math.pi * (-0.12 + 1.24 * (index + step) / count) for step in (0, 1))
            parts.append((a, b))
        for a, b in sorted(parts, key=lambda turn: -math.sin(turn[0])):
            (x0, z0), (x1, z1), (x2, z2), (x3, z3) = (
                _ring(b, outer_out),
                _ring(a, outer_out),
                _ring(a, inner_out),
                _ring(b, inner_out),
            )
            if min(z0, z1, z2, z3) < 8:
                continue
            shade = 0.66 + 0.26 * abs(math.sin((a + b) / 2)) + rng.uniform(-0.03, 0.03)
            face(
                canvas,
                camera,
                [(x0, high, z0), (x1, high, z1), (x2, low, z2), (x3, low, z3)],
                rng.choice(textures),
                light=shade,
            )
            board = [
                camera.at(x3, low, z3),
                camera.at(x2, low, z2),
                camera.at(x2, low - 1.8, z2),
                camera.at(x3, low - 1.8, z3),
            ]
            tone = rng.choice(((64, 84, 120), (150, 150, 150), (110, 60, 58), (66, 72, 84)))
            canvas.polygon(board, times(tone, 0.8 if inner_out < 1 else 0.4))


def _pitch(canvas: Canvas, camera: Camera, diamond: bool) -> None:
    """Lawn in mown stripes; either the lines of football or the bare earth of baseball."""
    lawn = Image.new("RGB", (480, 480), (70, 116, 62))
    for stripe in range(12):
        tone = (84, 132, 68) if stripe % 2 else (66, 110, 58)
        lawn.paste(tone, (stripe * 40, 0, stripe * 40 + 40, 480))
    grain = fractal(canvas.rng, (480, 480), 12, 3).point(
        [round(128 + (value - 128) * 0.16) for value in range(256)]
    )
    lawn = ImageChops.overlay(lawn, Image.merge("RGB", (grain, grain, grain)))
    ring = [
        camera.at(*(lambda place: (place[0], 0.0, place[1]))(_ring(turn / 40 * math.tau, -1.5)))
        for turn in range(41)
        if _ring(turn / 40 * math.tau, 0)[1] > 13
    ]
    canvas.polygon(ring, (92, 74, 60) if diamond else (58, 92, 60))
    face(canvas, camera, [(-52, 0, 104), (52, 0, 104), (52, 0, 31), (-52, 0, 31)], lawn)
    lines, sketch = ((232, 236, 230), Sketch(canvas))
    if diamond:
        _infield(sketch, camera)
    else:
        for x in (-46.0, 0.0, 46.0):
            sketch.line([camera.at(x, 0, 36), camera.at(x, 0, 99)], lines, 1.4)
        for z, wide in ((36.0, 1.8), (99.0, 0.8)):
            sketch.line([camera.at(-46, 0, z), camera.at(46, 0, z)], lines, wide)
        circle = [
            camera.at(9.1 * math.cos(step / 20 * math.tau), 0, 67 + 9.1 * math.sin(step / 20 * math.tau))
            for step in range(21)
        ]
        sketch.line(circle, lines, 1.1)
        for side in (-1, 1):
            box = [camera.at(side * x, 0, z) for x, z in ((46, 87), (30, 87), (30, 48), (46, 48))]
            sketch.line(box, lines, 1.2)
    sketch.done()


def _infield(sketch: Sketch, camera: Camera) -> None:
    earth = (150, 106, 74)
    arc = [camera.at(0, 0, 36)]
    for step in range(19):
        turn = math.pi * (0.25 + 0.5 * step / 18)
        arc.append(camera.at(math.cos(turn) * 38, 0, 36 + math.sin(turn) * 38))
    sketch.shape(arc, earth)
    sketch.shape([camera.at(x, 0, z) for x, z in ((0, 40), (15, 54.5), (0, 69), (-15, 54.5))], (76, 122, 64))
    mound = [
        camera.at(3 * math.cos(step / 12 * math.tau), 0.2, 54 + 3 * math.sin(step / 12 * math.tau))
        for step in range(12)
    ]
    sketch.shape(mound, earth)
    for side in (-1, 1):
        sketch.line([camera.at(0, 0, 37), camera.at(side * 47, 0, 84)], (232, 230, 224), 1.3)
        sketch.shape(
            [
                camera.at(side * 18.6 + dx, 0.1, 55.6 + dz)
                for dx, dz in ((-0.6, 0), (0, 0.6), (0.6, 0), (0, -0.6))
            ],
            (240, 240, 236),
        )


def _roof(canvas: Canvas, camera: Camera) -> None:
    """The canopy over the far stand, with its struts."""
    sketch, count = Sketch(canvas), 26
    back = [
        camera.at(place[0], 27.0, place[1])
        for place in (_ring(math.pi * step / 40, 40) for step in range(41))
        if place[1] > 30
    ]
    sketch.shape([*back, *[(x, y - 11 * camera.scale(100)) for x, y in reversed(back)]], (34, 38, 48))
    for x, y in back:
        sketch.dot(x, y - 2.2 * camera.scale(120), 1.6, 1.2, (214, 206, 180))
    for index in range(count):
        a, b = (math.pi * (0.04 + 0.92 * (index + step) / count) for step in (0, 1))
        (x0, z0), (x1, z1), (x2, z2), (x3, z3) = _ring(b, 46), _ring(a, 46), _ring(a, 24), _ring(b, 24)
        if min(z2, z3) < 30:
            continue
        quad = [camera.at(x0, 35, z0), camera.at(x1, 35, z1), camera.at(x2, 38, z2), camera.at(x3, 38, z3)]
        sketch.shape(quad, times((96, 104, 116), 0.7 + 0.3 * math.sin(a)))
        sketch.line([quad[3], quad[2]], (196, 200, 204), 1.4)
        sketch.line([quad[0], quad[3]], (60, 66, 76), 0.8)
    sketch.done()


def _floodlight(canvas: Canvas, camera: Camera, x: float, z: float) -> None:
    top, foot = camera.at(x, 50, z), camera.at(x, 30, z)
    canvas.stamp(Stencil().limb(top, foot, 1.5 * MIL, 2.2 * MIL), (92, 98, 106))
    unit = camera.scale(z)
    canvas.glow(top[0], top[1], 34 * unit, (120, 128, 140), 2.4)
    for row in range(4):
        for column in range(6):
            px, py = top[0] + (column - 2.5) * 1.7 * unit, top[1] + (row - 1.5) * 1.6 * unit
            canvas.stamp(Stencil().ellipse(px, py, 0.62 * unit), (255, 255, 248), blur=0.4)
    canvas.glow(top[0], top[1], 9 * unit, (230, 236, 246), 1.6)


def _rows_in_front(canvas: Canvas) -> None:
    """Heads and shoulders of the rows below the camera, out of focus and against the light."""
    rng = canvas.rng
    for y, r, tone, blur in ((0.96, 0.019, (26, 28, 36), 3.0), (1.02, 0.03, (14, 16, 22), 5.0)):
        heads, x = Stencil(), -10.0
        while x < WIDTH + 20:
            if rng.random() < 0.84:
                px, py, rr = (
                    x + rng.uniform(-6, 6),
                    HEIGHT * y + rng.uniform(-0.3, 0.3) * r * WIDTH,
                    r * WIDTH * rng.uniform(0.85, 1.1),
                )
                heads.ellipse(px, py - rr * 1.1, rr * 0.62, rr * 0.8).ellipse(
                    px, py + rr * 0.75, rr * 1.35, rr * 1.0
                )
            x += r * WIDTH * 2.7
        canvas.stamp(heads, tone, alpha=0.96, blur=blur * MIL * 0.6)


def running_track(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Red lanes that bend away, low light across them."""
    light = hour(rng, "golden", "morning", "golden")
    line = round(HEIGHT * rng.uniform(0.36, 0.44))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.07, 0.09), (0.03, 0.05)))
    turf = lit((92, 118, 64), light, 0.8)
    ground(canvas, line, [(0, mix(turf, light.haze, 0.4)), (1, times(turf, 0.7))], cell=3.0, rough=0.6)
    _stand_and_trees(canvas, light, line)
    canvas.blur(2.6 * MIL)
    _lanes(canvas, light, line, rng.choice((-1, 1)))
    return develop(
        canvas,
        size,
        Look(warmth=0.2, contrast=0.44, saturation=0.78, vignette=0.34, bloom=0.5, threshold=195),
    )


def _stand_and_trees(canvas: Canvas, light: Light, line: int) -> None:
    rng = canvas.rng
    treeline(
        canvas,
        ridge(rng, line - 0.012 * HEIGHT, 0.014 * HEIGHT),
        lit((70, 84, 54), light, 0.6),
        size=0.03 * HEIGHT,
        haze=(light.haze, 0.2),
        side=light.side,
        foot=10,
    )
    sketch, x0 = Sketch(canvas), rng.uniform(0.1, 0.5) * WIDTH
    x1, top = x0 + 0.4 * WIDTH, line - 0.1 * HEIGHT
    quad = [(x0 + 20, top + 20), (x1 - 20, top + 20), (x1, line + 6), (x0, line + 6)]
    sketch.shape(quad, lit((126, 132, 140), light, 0.5))
    for row in range(8):
        part = inner(quad, 0, 1, row / 8 + 0.03, row / 8 + 0.09)
        sketch.shape(part, lit(((96, 120, 150), (176, 176, 172))[row % 2], light, 0.6))
    sketch.shape(
        [(x0 - 8, top - 6), (x1 + 8, top - 14), (x1 + 4, top - 2), (x0 - 4, top + 6)],
        lit((206, 206, 202), light, 0.8),
    )
    for step in range(7):
        x = x0 + 20 + (x1 - x0 - 40) * step / 6
        sketch.line([(x, top), (x, line)], lit((150, 150, 148), light, 0.6), 1.6)
    sketch.done()
    for x in (0.06, 0.94):
        canvas.stamp(
            Stencil().line([(WIDTH * x, line), (WIDTH * x, line - 0.24 * HEIGHT)], 2.2),
            lit((140, 144, 146), light, 0.6),
        )
        canvas.stamp(
            Stencil().box(WIDTH * x - 14, line - 0.26 * HEIGHT, WIDTH * x + 14, line - 0.23 * HEIGHT),
            lit((180, 184, 188), light, 0.7),
        )


def _lanes(canvas: Canvas, light: Light, line: int, bend: int) -> None:
    """Eight lanes: straight near the lens, then a bend to one side."""
    camera = Camera(1.25, WIDTH * 0.84, line, WIDTH / 2, yaw=-bend * canvas.rng.uniform(0.02, 0.14))
    first = bend * canvas.rng.uniform(3.6, 5.4)

    def edge(lane: float) -> list[Point]:
        x = first - bend * lane * 1.22
        points = [camera.at(x, 0, 0.9 + (straight / 14) ** 2 * 23) for straight in range(15)]
        radius = 30 + lane * 1.22
        centre = x + bend * radius
        for step in range(1, 22):
            turn = step / 21 * 1.5
            points.append(
                camera.at(centre - bend * radius * math.cos(turn), 0, 23.9 + radius * math.sin(turn))
            )
        return points

    red = lit((166, 78, 58), light, 0.85)
    surface = Image.new("RGB", (WIDTH, HEIGHT), mix(red, light.haze, 0.25))
    ramp = upright((WIDTH, HEIGHT), (line / HEIGHT, 40), (line / HEIGHT + 0.12, 215), (1, 255))
    surface.paste(times(red, 0.86), (0, 0, WIDTH, HEIGHT), ramp)
    noise = plane(canvas.rng, (WIDTH, HEIGHT - line), cell=4.2, octaves=4)
    scratch = Canvas(canvas.rng, surface)
    scratch.texture(noise, 0.36, (0, line))
    outer, inside = edge(-0.15), edge(8.15)
    canvas.polygon([*outer, *inside[::-1]], scratch.image, blur=0.8)
    _low_sun(canvas, light, line)
    marks = Stencil()
    for lane in range(9):
        marks.polygon([*edge(lane - 0.022), *edge(lane + 0.022)[::-1]])
    canvas.stamp(marks, lit((236, 232, 222), light, 0.95), alpha=0.92, blur=0.5)
    near = canvas.image.filter(ImageFilter.GaussianBlur(2.4 * MIL))
    canvas.image = Image.composite(near, canvas.image, upright((WIDTH, HEIGHT), (0, 0), (0.86, 0), (1, 255)))


def _low_sun(canvas: Canvas, light: Light, line: int) -> None:
    """Shine on the track towards the light, long shadows of what stands beside it."""
    x = WIDTH * (0.5 + light.side * 0.42)
    canvas.glow(x, line + 0.06 * HEIGHT, 0.6 * WIDTH, times(light.sun, 0.36), 2.0, 0.36)
    for _ in range(2):
        start, reach = canvas.rng.uniform(0.5, 0.92) * HEIGHT, canvas.rng.uniform(0.02, 0.05) * HEIGHT
        far = WIDTH * (0.5 - light.side * 0.7)
        origin = WIDTH * (0.5 + light.side * 0.55)
        canvas.polygon(
            [(origin, start), (far, start + reach * 2), (far, start + reach * 4), (origin, start + reach)],
            (24, 20, 40),
            0.3,
            5.0,
        )


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "stadium": stadium,
    "running_track": running_track,
}
