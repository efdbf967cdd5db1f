"""Rooms for many: an assembly's hall, a speaker's desk, a row of people, a stage."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, upright
from .figures import someone, stand
from .lights import beam
from .noise import fractal
from .rooms import MIL, Look, develop, focus, front, level, nearby, shine, worn
from .sketch import Sketch, inner
from .tones import Colour, curve, gradient, times, vary

# The chair's desk, the speaker's, the clerks': middle, half width, floor, height, depth in the hall; metres.
DESKS = (
    (0.0, 3.2, 2.1, 1.5, 35.6),
    (0.0, 1.1, 0.7, 1.3, 33.3),
    (-6.4, 1.8, 0.7, 1.0, 34.0),
    (6.4, 1.8, 0.7, 1.0, 34.0),
)


def assembly_hall(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Rows of desks in half circles towards the chair, seen from the gallery."""
    line = round(HEIGHT * rng.uniform(0.24, 0.3))
    camera = Camera(
        rng.uniform(10.5, 12.5), WIDTH * rng.uniform(0.72, 0.82), line, WIDTH * rng.uniform(0.46, 0.54)
    )
    wood = vary(rng, rng.choice(((134, 92, 58), (116, 80, 54), (152, 114, 76))), 0.05)
    carpet = vary(rng, rng.choice(((62, 74, 92), (92, 52, 50), (58, 78, 68))), 0.06)
    canvas = Canvas(rng, times(wood, 0.6))
    _chamber(canvas, camera, wood)
    _seats(canvas, camera, wood, carpet)
    canvas.glow(camera.centre, camera.at(0, 3, 34)[1], 0.46 * WIDTH, (74, 64, 48), 1.7, 0.6)
    worn(canvas, 0.12)
    focus(canvas, nearby(0.78, 1.2), 4.0)
    return develop(
        canvas,
        size,
        Look(warmth=0.25, contrast=0.42, saturation=0.76, vignette=0.4, bloom=0.7, threshold=190),
    )


def _chamber(canvas: Canvas, camera: Camera, wood: Colour) -> None:
    """The panelled wall behind the chair, the ceiling with its lights, the steps and the tall desk."""
    sketch, end, stone = Sketch(canvas), 40.0, (196, 188, 172)

    def wall(x0: float, x1: float, y0: float, y1: float, z: float, tone: Colour) -> None:
        sketch.shape(camera.spots(front(x0, x1, y0, y1, z)), tone)

    wall(-30, 30, 0, 17, end, times(wood, 0.78))
    for index in range(60):
        x = -30.0 + index
        light = 0.74 + 0.3 * math.exp(-((x / 11) ** 2)) + canvas.rng.uniform(-0.03, 0.03)
        wall(x, x + 0.86, 0, 14, end, times(wood, light))
    wall(-5, 5, 0, 14, end - 0.1, times(stone, 0.8))
    for x in (-24.0, -18.0, -12.0, 12.0, 18.0, 24.0):
        wall(x - 0.5, x + 0.5, 0, 15, end - 0.6, times(stone, 0.92))
    sketch.shape([(0, 0), (WIDTH, 0), *[camera.at(x, 15.5, end) for x in (30, -30)]], (120, 112, 100))
    for row in range(7):
        z = 16 + row * 3.6
        for column in range(-9, 10):
            sketch.dot(
                *camera.at(column * 3.0, 15.5, z),
                0.4 * camera.scale(z),
                0.12 * camera.scale(z),
                (255, 244, 216),
            )
    for low, wide, z in ((0.0, 11.0, 33.0), (0.7, 8.0, 34.2), (1.4, 5.4, 35.4)):
        sketch.shape(camera.spots(level(-wide, wide, low + 0.7, z, z + 4)), times(wood, 1.1))
        wall(-wide, wide, low, low + 0.7, z, times(wood, 0.7))
    for x, wide, low, tall, z in DESKS:
        wall(x - wide, x + wide, low, low + tall, z, times(wood, 0.95))
        sketch.shape(camera.spots(level(x - wide, x + wide, low + tall, z, z + 0.7)), times(wood, 1.4))
    sketch.done()
    x, y = camera.at(0, 8.6, end - 0.2)
    canvas.model(Stencil().ellipse(x, y, 1.9 * camera.scale(end)), (186, 158, 104), depth=4)
    canvas.model(Stencil().ellipse(x, y, 1.35 * camera.scale(end)), (160, 132, 84), side=1, depth=3)


def _seats(canvas: Canvas, camera: Camera, wood: Colour, carpet: Colour) -> None:
    sketch, rows = Sketch(canvas), 11

    def place(radius: float, turn: float, y: float) -> Point:
        return camera.at(radius * math.sin(turn), y, 33.0 - radius * math.cos(turn))

    for row in range(rows):
        radius, rise = 6.6 + row * 2.05, 0.22 * row
        floor = [place(radius - 0.6, -1.35 + 2.7 * step / 40, rise) for step in range(41)]
        back = [place(radius + 1.6, -1.35 + 2.7 * step / 40, rise) for step in range(41)]
        sketch.shape([*floor, *back[::-1]], times(carpet, 0.9 - 0.02 * row))
        pitch = 1.14 / radius
        count = int(1.28 / pitch)
        for index in range(-count, count + 1):
            if row and index in (-count // 2, count // 2, 0) and abs(index) < count:
                continue
            _seat(sketch, canvas.rng, place, (radius, index * pitch, rise, pitch), wood)
    sketch.done()


def _seat(
    sketch: Sketch,
    rng: Random,
    place: Callable[[float, float, float], Point],
    spot: tuple[float, float, float, float],
    wood: Colour,
) -> None:
    """One desk with its screen and papers, and the back of its chair."""
    radius, turn, rise, pitch = spot
    a, b = turn - pitch * 0.48, turn + pitch * 0.48
    top = [
        place(radius - 0.35, a, rise + 0.78),
        place(radius - 0.35, b, rise + 0.78),
        place(radius + 0.3, b, rise + 0.76),
        place(radius + 0.3, a, rise + 0.76),
    ]
    light = 1.05 + 0.25 * math.exp(-((turn / 0.6) ** 2)) - 0.012 * radius
    sketch.shape(
        [
            place(radius + 0.3, a, rise + 0.76),
            place(radius + 0.3, b, rise + 0.76),
            place(radius + 0.3, b, rise),
            place(radius + 0.3, a, rise),
        ],
        times(wood, 0.4),
    )
    sketch.shape(top, times(vary(rng, wood, 0.03), light * 1.25))
    sketch.shape(inner(top, 0.3, 0.7, 0.0, 0.4), (34, 38, 46))
    if rng.random() < 0.6:
        sketch.shape(inner(top, 0.55, 0.85, 0.5, 0.95), times((226, 222, 212), min(1.1, light)))
    c, d = turn - pitch * 0.3, turn + pitch * 0.3
    chair = [
        place(radius + 0.95, c, rise + 1.05),
        place(radius + 0.95, d, rise + 1.05),
        place(radius + 0.95, d, rise + 0.2),
        place(radius + 0.95, c, rise + 0.2),
    ]
    leather = (78, 62, 54)
    sketch.shape(chair, times(leather, 0.7))
    sketch.shape(inner(chair, 0.06, 0.94, 0.04, 0.3), times(leather, 1.25 * light))
    sketch.shape(inner(chair, 0.1, 0.9, 0.3, 0.8), times(leather, 0.95 * light))


def _curtain(canvas: Canvas, tone: Colour, foot: float) -> None:
    """Folds of heavy cloth from the upper edge down to `foot`."""
    folds = (
        fractal(canvas.rng, (WIDTH // 2, 4), 20, 3)
        .crop((0, 0, WIDTH // 2, 1))
        .resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    )
    lit = folds.point(curve((0, 30), (128, 105), (255, 255)))
    paint = Image.merge(
        "RGB", [lit.point([round(value * part / 255) for value in range(256)]) for part in tone]
    )
    canvas.image.paste(paint.crop((0, 0, WIDTH, round(foot))), (0, 0))
    canvas.multiply(upright((WIDTH, round(foot)), (0, 120), (0.5, 235), (1, 200)))


def podium_speech(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A speaker's desk with microphones in the light; mostly somebody speaks at it."""
    speaks = rng.random() < 0.85
    side = rng.choice((-1.0, 1.0))
    canvas = Canvas(rng, (20, 22, 28))
    tone = vary(rng, rng.choice(((74, 40, 40), (40, 54, 84), (52, 60, 62))), 0.06)
    _curtain(canvas, tone, HEIGHT)
    for x, colour in ((0.16, (196, 200, 206)), (0.26, (150, 64, 58)), (0.86, (58, 92, 140))):
        _flag(canvas, WIDTH * x, colour)
    canvas.blur(6 * MIL)
    x = WIDTH * (0.5 + side * rng.uniform(0.0, 0.08))
    canvas.glow(x, 0.4 * HEIGHT, 0.44 * WIDTH, (96, 88, 74), 1.8)
    beam(canvas, x - side * 0.3 * WIDTH, -0.1 * HEIGHT, side * 24, 1.3 * HEIGHT, 9, (255, 240, 214), 0.26)
    floor = round(0.84 * HEIGHT)
    canvas.image.paste(
        gradient((WIDTH, HEIGHT - floor), [(0, times(tone, 0.6)), (1, times(tone, 0.24))]), (0, floor)
    )
    shine(canvas, Stencil().ellipse(x, floor + 0.045 * HEIGHT, 0.22 * WIDTH, 0.04 * HEIGHT), (74, 66, 54), 12)
    tall = 0.64 * HEIGHT
    if speaks:
        stand(
            canvas,
            rng,
            someone(rng, formal=True),
            x,
            floor + 0.02 * HEIGHT,
            tall,
            side=-side,
            light=1.02,
            blur=0.9,
        )
    _lectern(canvas, x, -side, floor + 0.05 * HEIGHT, tall * 0.66)
    heads = Stencil()
    for index in range(9):
        px = WIDTH * (index / 8 + rng.uniform(-0.04, 0.04))
        if abs(px - x) > 0.16 * WIDTH:
            r, py = WIDTH * rng.uniform(0.04, 0.052), HEIGHT * rng.uniform(0.96, 1.02)
            heads.ellipse(px, py - r * 0.5, r * 0.62, r * 0.8).ellipse(px, py + r * 1.2, r * 1.5, r)
    canvas.stamp(heads, (12, 12, 16), alpha=0.95, blur=9 * MIL)
    return develop(
        canvas, size, Look(warmth=0.2, contrast=0.4, saturation=0.74, vignette=0.42, bloom=0.6, threshold=190)
    )


def _flag(canvas: Canvas, x: float, tone: Colour) -> None:
    """Cloth hanging from a pole."""
    top, foot = 0.12 * HEIGHT, 0.86 * HEIGHT
    canvas.stamp(Stencil().line([(x, top - 14), (x, HEIGHT)], 3.0), (150, 130, 84))
    cloth = [
        (x, top),
        (x + 0.05 * WIDTH, top + 0.06 * HEIGHT),
        (x + 0.062 * WIDTH, foot - 0.1 * HEIGHT),
        (x + 0.03 * WIDTH, foot),
        (x, foot - 0.06 * HEIGHT),
    ]
    canvas.model(Stencil().polygon(cloth), tone, depth=8, contrast=1.3)
    for step in (0.018, 0.036):
        canvas.stamp(
            Stencil().line(
                [(x + step * WIDTH, top + 0.05 * HEIGHT), (x + step * WIDTH * 1.1, foot - 0.04 * HEIGHT)], 4
            ),
            times(tone, 0.4),
            alpha=0.6,
            blur=3,
        )


def _lectern(canvas: Canvas, x: float, side: float, foot: float, tall: float) -> None:
    """A speaker's desk with papers, a seal and microphones."""
    rng, half, top = canvas.rng, tall * 0.4, foot - tall
    wood = vary(rng, rng.choice(((126, 82, 52), (96, 66, 46), (150, 112, 76))), 0.05)
    canvas.shadow(x, foot, half * 1.3, tall * 0.06, 0.7)
    body = Stencil().polygon(
        [(x - half, top), (x + half, top), (x + half * 0.86, foot), (x - half * 0.86, foot)]
    )
    canvas.model(body, wood, side=side, depth=7, rough=0.12)
    inset = [
        (x - half * 0.74, top + tall * 0.14),
        (x + half * 0.74, top + tall * 0.14),
        (x + half * 0.66, foot - tall * 0.06),
        (x - half * 0.66, foot - tall * 0.06),
    ]
    canvas.polygon(inset, times(wood, 0.8), 0.9, 1.0)
    board = [
        (x - half * 1.12, top - tall * 0.06),
        (x + half * 1.12, top - tall * 0.06),
        (x + half * 1.05, top + tall * 0.05),
        (x - half * 1.05, top + tall * 0.05),
    ]
    canvas.model(Stencil().polygon(board), times(wood, 1.15), side=side, depth=3)
    canvas.model(Stencil().ellipse(x, top + tall * 0.46, half * 0.24), (176, 150, 96), side=side, depth=3)
    sheet = [
        (x - half * 0.5, top - tall * 0.045),
        (x + half * 0.42, top - tall * 0.05),
        (x + half * 0.5, top - tall * 0.014),
        (x - half * 0.56, top - tall * 0.01),
    ]
    canvas.polygon(sheet, (232, 228, 218), 0.95, 0.6)
    stems, heads = Stencil(), Stencil()
    for dx, reach in ((-0.34, -0.12), (-0.12, 0.02), (0.3, -0.1)):
        base, tip = (
            (x + dx * half, top - tall * 0.04),
            (x + reach * half, top - tall * (0.26 - abs(dx) * 0.1)),
        )
        stems.line([base, (base[0] + (tip[0] - base[0]) * 0.35, base[1] - tall * 0.13), tip], tall * 0.009)
        heads.limb(
            tip, (tip[0] + (tip[0] - base[0]) * 0.15, tip[1] - tall * 0.04), tall * 0.014, tall * 0.017
        )
    canvas.stamp(stems, (28, 28, 32))
    canvas.model(heads, (58, 58, 62), side=side, depth=2, contrast=1.5)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "assembly_hall": assembly_hall,
    "podium_speech": podium_speech,
}
