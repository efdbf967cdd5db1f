"""Rooms for many: an assembly's hall, a speaker's desk, a row of people, a stage."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, upright
from .figures import Person, someone, stand
from .lights import beam, lamp
from .noise import fractal
from .plants import crown
from .rooms import MIL, Look, develop, focus, front, lens, level, nearby, patch, pour, shine, strip, wash, worn
from .sketch import Sketch, inner
from .tones import Colour, curve, gradient, mix, times, vary


def assembly_hall(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Rows of desks in half circles towards the chair, seen from the gallery."""
    line = round(HEIGHT * rng.uniform(0.24, 0.3))
    camera = Camera(rng.uniform(10.5, 12.5), WIDTH * rng.uniform(0.72, 0.82), line, WIDTH * rng.uniform(0.46, 0.54))
    wood = vary(rng, rng.choice(((134, 92, 58), (116, 80, 54), (152, 114, 76))), 0.05)
    carpet = vary(rng, rng.choice(((62, 74, 92), (92, 52, 50), (58, 78, 68))), 0.06)
    canvas = Canvas(rng, times(wood, 0.6))
    _chamber(canvas, camera, wood)
    _seats(canvas, camera, wood, carpet)
    canvas.glow(camera.centre, camera.at(0, 3, 34)[1], 0.46 * WIDTH, (74, 64, 48), 1.7, 0.6)
    worn(canvas, 0.12)
    focus(canvas, nearby(0.78, 1.2), 4.0)
    return develop(canvas, size, Look(warmth=0.25, contrast=0.42, saturation=0.76, vignette=0.4, bloom=0.7, threshold=190))


def _chamber(canvas: Canvas, camera: Camera, wood: Colour) -> None:
    """The panelled wall behind the chair, the ceiling with its lights, the steps and the tall desk."""
    sketch, end = Sketch(canvas), 40.0
    sketch.shape([camera.at(x, y, end) for x, y in ((-30, 17), (30, 17), (30, 0), (-30, 0))], times(wood, 0.78))
    for index in range(60):
        x = -30.0 + index
        tone = times(wood, 0.74 + 0.3 * math.exp(-((x / 11) ** 2)) + canvas.rng.uniform(-0.03, 0.03))
        sketch.shape([camera.at(px, py, end) for px, py in ((x, 14), (x + 0.86, 14), (x + 0.86, 0), (x, 0))], tone)
    stone = (196, 188, 172)
    sketch.shape([camera.at(x, y, end - 0.1) for x, y in ((-5, 14), (5, 14), (5, 0), (-5, 0))], times(stone, 0.8))
    for x in (-24.0, -18.0, -12.0, 12.0, 18.0, 24.0):
        sketch.shape([camera.at(px, y, end - 0.6) for px, y in ((x - 0.5, 15), (x + 0.5, 15), (x + 0.5, 0), (x - 0.5, 0))], times(stone, 0.92))
    sketch.shape([(0, 0), (WIDTH, 0), *[camera.at(x, 15.5, end) for x in (30, -30)]], (120, 112, 100))
    for row in range(7):
        for column in range(-9, 10):
            x, y = camera.at(column * 3.0, 15.5, 16 + row * 3.6)
            sketch.dot(x, y, 0.4 * camera.scale(16 + row * 3.6), 0.12 * camera.scale(16 + row * 3.6), (255, 244, 216))
    for low, wide, z in ((0.0, 11.0, 33.0), (0.7, 8.0, 34.2), (1.4, 5.4, 35.4)):
        sketch.shape([camera.at(x, low + 0.7, z0) for x, z0 in ((-wide, z + 4), (wide, z + 4), (wide, z), (-wide, z))], times(wood, 1.1))
        sketch.shape([camera.at(x, y, z) for x, y in ((-wide, low + 0.7), (wide, low + 0.7), (wide, low), (-wide, low))], times(wood, 0.7))
    for x, wide, low, tall, z in ((0.0, 3.2, 2.1, 1.5, 35.6), (0.0, 1.1, 0.7, 1.3, 33.3), (-6.4, 1.8, 0.7, 1.0, 34.0), (6.4, 1.8, 0.7, 1.0, 34.0)):
        sketch.shape([camera.at(px, y, z) for px, y in ((x - wide, low + tall), (x + wide, low + tall), (x + wide, low), (x - wide, low))], times(wood, 0.95))
        sketch.shape([camera.at(px, low + tall, z0) for px, z0 in ((x - wide, z + 0.7), (x + wide, z + 0.7), (x + wide, z), (x - wide, z))], times(wood, 1.4))
    sketch.done()
    x, y = camera.at(0, 8.6, end - 0.2)
    disc = Stencil().ellipse(x, y, 1.9 * camera.scale(end))
    canvas.model(disc, (186, 158, 104), depth=4)
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
    sketch: Sketch, rng: Random, place: Callable[[float, float, float], Point], spot: tuple[float, float, float, float], wood: Colour
) -> None:
    """One desk with its screen and papers, and the back of its chair."""
    radius, turn, rise, pitch = spot
    a, b = turn - pitch * 0.48, turn + pitch * 0.48
    top = [place(radius - 0.35, a, rise + 0.78), place(radius - 0.35, b, rise + 0.78), place(radius + 0.3, b, rise + 0.76), place(radius + 0.3, a, rise + 0.76)]
    light = 1.05 + 0.25 * math.exp(-((turn / 0.6) ** 2)) - 0.012 * radius
    sketch.shape([place(radius + 0.3, a, rise + 0.76), place(radius + 0.3, b, rise + 0.76), place(radius + 0.3, b, rise), place(radius + 0.3, a, rise)], times(wood, 0.4))
    sketch.shape(top, times(vary(rng, wood, 0.03), light * 1.25))
    sketch.shape(inner(top, 0.3, 0.7, 0.0, 0.4), (34, 38, 46))
    if rng.random() < 0.6:
        sketch.shape(inner(top, 0.55, 0.85, 0.5, 0.95), times((226, 222, 212), min(1.1, light)))
    c, d = turn - pitch * 0.3, turn + pitch * 0.3
    chair = [place(radius + 0.95, c, rise + 1.05), place(radius + 0.95, d, rise + 1.05), place(radius + 0.95, d, rise + 0.2), place(radius + 0.95, c, rise + 0.2)]
    leather = (78, 62, 54)
    sketch.shape(chair, times(leather, 0.7))
    sketch.shape(inner(chair, 0.06, 0.94, 0.04, 0.3), times(leather, 1.25 * light))
    sketch.shape(inner(chair, 0.1, 0.9, 0.3, 0.8), times(leather, 0.95 * light))


def _curtain(canvas: Canvas, tone: Colour, foot: float) -> None:
    """Folds of heavy cloth from the upper edge down to `foot`."""
    folds = fractal(canvas.rng, (WIDTH // 2, 4), 20, 3).crop((0, 0, WIDTH // 2, 1)).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    lit = folds.point(curve((0, 30), (128, 105), (255, 255)))
    paint = Image.merge("RGB", [lit.point([round(value * part / 255) for value in range(256)]) for part in tone])
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
    canvas.image.paste(gradient((WIDTH, HEIGHT - floor), [(0, times(tone, 0.6)), (1, times(tone, 0.24))]), (0, floor))
    shine(canvas, Stencil().ellipse(x, floor + 0.045 * HEIGHT, 0.22 * WIDTH, 0.04 * HEIGHT), (74, 66, 54), 12)
    tall = 0.64 * HEIGHT
    if speaks:
        stand(canvas, rng, someone(rng, formal=True), x, floor + 0.02 * HEIGHT, tall, side=-side, light=1.02, blur=0.9)
    _lectern(canvas, x, -side, floor + 0.05 * HEIGHT, tall * 0.66)
    heads = Stencil()
    for index in range(9):
        px = WIDTH * (index / 8 + rng.uniform(-0.04, 0.04))
        if abs(px - x) > 0.16 * WIDTH:
            r, py = WIDTH * rng.uniform(0.04, 0.052), HEIGHT * rng.uniform(0.96, 1.02)
            heads.ellipse(px, py - r * 0.5, r * 0.62, r * 0.8).ellipse(px, py + r * 1.2, r * 1.5, r)
    canvas.stamp(heads, (12, 12, 16), alpha=0.95, blur=9 * MIL)
    return develop(canvas, size, Look(warmth=0.2, contrast=0.4, saturation=0.74, vignette=0.42, bloom=0.6, threshold=190))


def _flag(canvas: Canvas, x: float, tone: Colour) -> None:
    """Cloth hanging from a pole."""
    top, foot = 0.12 * HEIGHT, 0.86 * HEIGHT
    canvas.stamp(Stencil().line([(x, top - 14), (x, HEIGHT)], 3.0), (150, 130, 84))
    cloth = [(x, top), (x + 0.05 * WIDTH, top + 0.06 * HEIGHT), (x + 0.062 * WIDTH, foot - 0.1 * HEIGHT), (x + 0.03 * WIDTH, foot), (x, foot - 0.06 * HEIGHT)]
    canvas.model(Stencil().polygon(cloth), tone, depth=8, contrast=1.3)
    for step in (0.018, 0.036):
        canvas.stamp(Stencil().line([(x + step * WIDTH, top + 0.05 * HEIGHT), (x + step * WIDTH * 1.1, foot - 0.04 * HEIGHT)], 4), times(tone, 0.4), alpha=0.6, blur=3)


def _lectern(canvas: Canvas, x: float, side: float, foot: float, tall: float) -> None:
    """A speaker's desk with papers, a seal and microphones."""
    rng, half, top = canvas.rng, tall * 0.4, foot - tall
    wood = vary(rng, rng.choice(((126, 82, 52), (96, 66, 46), (150, 112, 76))), 0.05)
    canvas.shadow(x, foot, half * 1.3, tall * 0.06, 0.7)
    body = Stencil().polygon([(x - half, top), (x + half, top), (x + half * 0.86, foot), (x - half * 0.86, foot)])
    canvas.model(body, wood, side=side, depth=7, rough=0.12)
    inset = [(x - half * 0.74, top + tall * 0.14), (x + half * 0.74, top + tall * 0.14), (x + half * 0.66, foot - tall * 0.06), (x - half * 0.66, foot - tall * 0.06)]
    canvas.polygon(inset, times(wood, 0.8), 0.9, 1.0)
    board = [(x - half * 1.12, top - tall * 0.06), (x + half * 1.12, top - tall * 0.06), (x + half * 1.05, top + tall * 0.05), (x - half * 1.05, top + tall * 0.05)]
    canvas.model(Stencil().polygon(board), times(wood, 1.15), side=side, depth=3)
    canvas.model(Stencil().ellipse(x, top + tall * 0.46, half * 0.24), (176, 150, 96), side=side, depth=3)
    sheet = [(x - half * 0.5, top - tall * 0.045), (x + half * 0.42, top - tall * 0.05), (x + half * 0.5, top - tall * 0.014), (x - half * 0.56, top - tall * 0.01)]
    canvas.polygon(sheet, (232, 228, 218), 0.95, 0.6)
    stems, heads = Stencil(), Stencil()
    for dx, reach in ((-0.34, -0.12), (-0.12, 0.02), (0.3, -0.1)):
        base, tip = (x + dx * half, top - tall * 0.04), (x + reach * half, top - tall * (0.26 - abs(dx) * 0.1))
        stems.line([base, (base[0] + (tip[0] - base[0]) * 0.35, base[1] - tall * 0.13), tip], tall * 0.009)
        heads.limb(tip, (tip[0] + (tip[0] - base[0]) * 0.15, tip[1] - tall * 0.04), tall * 0.014, tall * 0.017)
    canvas.stamp(stems, (28, 28, 32))
    canvas.model(heads, (58, 58, 62), side=side, depth=2, contrast=1.5)


def people_row(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Four delegates before a wall, or five from a school, standing in a row for their picture."""
    formal = rng.random() >= 0.7
    side = rng.choice((-1.0, 1.0))
    canvas = _delegates_wall(rng) if formal else _school_wall(rng)
    foot, count = 0.93 * HEIGHT, 4 if formal else 5
    gap = WIDTH * (0.145 if formal else 0.135)
    taken: list[tuple[float, Person]] = []
    for index in range(count):
        tall = None if formal or index == count - 1 else rng.uniform(1.56, 1.72)
        who = someone(rng, formal=formal or index == count - 1, tall=tall, woman=(index % 2 == 0) if formal else None)
        taken.append((WIDTH / 2 + (index - (count - 1) / 2) * gap + rng.uniform(-0.01, 0.01) * WIDTH, who))
    unit = 0.7 * HEIGHT / 1.75
    for x, who in taken:
        canvas.shadow(x - side * 0.02 * WIDTH, foot + 2, 0.055 * WIDTH, 0.016 * HEIGHT, 0.55)
        canvas.polygon([(x - 20, foot), (x + 20, foot), (x - side * 0.2 * WIDTH + 26, foot - 0.06 * HEIGHT), (x - side * 0.2 * WIDTH - 26, foot - 0.06 * HEIGHT)], (10, 10, 16), 0.22, 7)
    for x, who in taken:
        stand(canvas, rng, who, x, foot + rng.uniform(-2, 3), who.tall * unit, side=side, light=1.04)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.36, saturation=0.78, vignette=0.28, bloom=0.35))


def _delegates_wall(rng: Random) -> Canvas:
    """A hall's end: a blue panel with soft stripes of light between plants, a carpet in front."""
    tone = vary(rng, rng.choice(((70, 98, 128), (96, 110, 120), (84, 104, 98))), 0.06)
    canvas = Canvas(rng, gradient((WIDTH, HEIGHT), [(0, times(tone, 1.25)), (0.7, times(tone, 0.95)), (1, times(tone, 0.6))]))
    for index in range(7):
        x = WIDTH * (0.08 + index * 0.14)
        canvas.stamp(Stencil().box(x, 0, x + 2, 0.8 * HEIGHT), times(tone, 0.7), alpha=0.6, blur=1.5)
    shine(canvas, Stencil().ellipse(WIDTH * 0.5, 0.1 * HEIGHT, 0.5 * WIDTH, 0.34 * HEIGHT), (58, 58, 54), 60)
    for start, amount in ((0.2, 0.5), (0.34, 0.34)):
        wave = [(WIDTH * step / 20, HEIGHT * (start + 0.05 * math.sin(step / 3.1 + start * 9))) for step in range(21)]
        canvas.polygon([*wave, *[(x, y + 0.05 * HEIGHT) for x, y in wave[::-1]]], mix(tone, (230, 236, 240), 0.5), amount, 4)
    carpet = times(mix(tone, (120, 60, 56), 0.6), 0.8)
    canvas.image.paste(gradient((WIDTH, round(0.2 * HEIGHT)), [(0, times(carpet, 0.9)), (1, times(carpet, 1.1))]), (0, round(0.8 * HEIGHT)))
    canvas.stamp(Stencil().box(0, 0.785 * HEIGHT, WIDTH, 0.805 * HEIGHT), times(tone, 0.4), blur=1.5)
    for x in (0.05, 0.95):
        for _ in range(5):
            px, py = WIDTH * (x + rng.uniform(-0.04, 0.04)), HEIGHT * rng.uniform(0.56, 0.74)
            crown(canvas, px, py, 0.07 * WIDTH, 0.09 * HEIGHT, ((22, 34, 26), (62, 86, 56), (122, 140, 92)), leaf=7, blur=2.4, dense=0.5)
    canvas.blur(2.4 * MIL)
    return canvas


def _school_wall(rng: Random) -> Canvas:
    """A brick front with windows, out of focus, and the yard before it."""
    brick = vary(rng, (158, 112, 88), 0.06)
    rows = Image.new("RGB", (240, 160), times(brick, 0.86))
    sheet = Canvas(rng, rows)
    sheet.texture(fractal(rng, (240, 160), 5, 2, stretch=3), 0.4)
    canvas = Canvas(rng, sheet.image.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
    sketch = Sketch(canvas)
    for column in range(5):
        for row in range(2):
            x, y = WIDTH * (0.02 + column * 0.205), HEIGHT * (0.02 + row * 0.4)
            wide, tall = 0.15 * WIDTH, 0.29 * HEIGHT
            sketch.shape([(x - 6, y - 6), (x + wide + 6, y - 6), (x + wide + 6, y + tall + 10), (x - 6, y + tall + 10)], (206, 200, 190))
            for pane in range(2):
                left = x + pane * wide / 2
                sky = mix((96, 116, 132), (206, 216, 220), rng.uniform(0.1, 0.55))
                sketch.shape([(left + 2, y), (left + wide / 2 - 2, y), (left + wide / 2 - 2, y + tall), (left + 2, y + tall)], sky)
                sketch.shape([(left + 2, y + tall * 0.3), (left + wide / 2 - 2, y + tall * 0.1), (left + wide / 2 - 2, y + tall), (left + 2, y + tall)], times(sky, 0.72))
    yard = (168, 150, 124)
    sketch.done()
    canvas.image.paste(gradient((WIDTH, round(0.18 * HEIGHT)), [(0, times(yard, 0.82)), (1, yard)]), (0, round(0.82 * HEIGHT)))
    for index in range(9):
        x = WIDTH * (index / 8)
        crown(canvas, x, 0.8 * HEIGHT, 0.09 * WIDTH, 0.055 * HEIGHT, ((30, 42, 28), (78, 98, 60), (142, 152, 96)), leaf=5)
    canvas.blur(4.6 * MIL)
    canvas.texture(fractal(rng, (WIDTH, HEIGHT // 6), 4, 2, stretch=2), 0.14, (0, HEIGHT - HEIGHT // 6))
    return canvas


def concert_stage(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Coloured lights on a stage: empty before the evening, or out of doors with the audience before it."""
    full = rng.random() >= 0.55
    canvas = Canvas(rng, (10, 10, 18))
    palette = rng.choice((((86, 120, 255), (255, 92, 140), (255, 190, 120)), ((120, 90, 255), (80, 200, 230), (255, 220, 180)), ((255, 140, 80), (255, 210, 150), (120, 150, 255))))
    edge = HEIGHT * (0.7 if full else 0.66)
    if not full:
        _curtain(canvas, (88, 34, 36), edge)
    canvas.veil((8, 9, 18), 0.45)
    canvas.glow(WIDTH / 2, edge - 0.1 * HEIGHT, 0.62 * WIDTH, times(palette[0], 0.5), 1.5, 0.7)
    _truss(canvas, palette)
    haze = fractal(rng, (WIDTH // 6, HEIGHT // 6), 34, 4).point(curve((90, 0), (255, 110))).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    canvas.veil(mix(palette[0], palette[1], 0.4), ImageChops.multiply(haze, upright((WIDTH, HEIGHT), (0, 60), (0.6, 220), (1, 60))))
    _boards(canvas, edge, palette)
    _instruments(canvas, edge)
    if full:
        _audience(canvas)
    else:
        _rows_of_seats(canvas)
    return develop(canvas, size, Look(warmth=0.0, contrast=0.36, saturation=0.86, vignette=0.4, bloom=1.0, threshold=140))


def _truss(canvas: Canvas, palette: tuple[Colour, ...]) -> None:
    rng, y = canvas.rng, 0.1 * HEIGHT
    bars = Stencil().line([(0, y), (WIDTH, y)], 2.4).line([(0, y - 0.035 * HEIGHT), (WIDTH, y - 0.035 * HEIGHT)], 2.4)
    for step in range(41):
        x = WIDTH * step / 40
        bars.line([(x, y), (x + WIDTH / 80, y - 0.035 * HEIGHT)], 1.4).line([(x + WIDTH / 80, y - 0.035 * HEIGHT), (x + WIDTH / 40, y)], 1.4)
    canvas.stamp(bars, (44, 46, 56))
    for index in range(9):
        x = WIDTH * (0.08 + index * 0.105)
        colour = palette[index % 3]
        turn = (0.5 - x / WIDTH) * rng.uniform(10, 60) + rng.uniform(-8, 8)
        beam(canvas, x, y, turn, HEIGHT * rng.uniform(0.8, 1.0), rng.uniform(3, 6), colour, rng.uniform(0.4, 0.65))
    for index in range(9):
        lamp(canvas, WIDTH * (0.08 + index * 0.105), y + 4, 3.2 * MIL, mix(palette[index % 3], (255, 255, 255), 0.4), 11)


def _boards(canvas: Canvas, edge: float, palette: tuple[Colour, ...]) -> None:
    """The stage's floor, in which the light lies in pools, and its dark front."""
    rng, top = canvas.rng, round(edge - 0.1 * HEIGHT)
    above = canvas.image.crop((0, top - (round(edge) - top) * 2, WIDTH, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirrored = above.resize((WIDTH, round(edge) - top), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur((2, 9)))
    canvas.image.paste(Image.blend(mirrored, Image.new("RGB", mirrored.size, (38, 32, 34)), 0.35), (0, top))
    for index in range(6):
        x = WIDTH * (0.12 + index * 0.155)
        shine(canvas, Stencil().ellipse(x, edge - 0.045 * HEIGHT, 0.075 * WIDTH, 0.022 * HEIGHT), times(palette[index % 3], rng.uniform(0.35, 0.6)), 8)
    canvas.stamp(Stencil().box(0, edge, WIDTH, HEIGHT), (12, 11, 16), blur=1.0)
    canvas.stamp(Stencil().box(0, edge - 1.5, WIDTH, edge + 1.5), (120, 112, 120), alpha=0.7, blur=0.8)


def _instruments(canvas: Canvas, edge: float) -> None:
    """A grand piano, stands and a few loudspeakers against the light."""
    x, y, unit = WIDTH * canvas.rng.uniform(0.4, 0.56), edge - 0.035 * HEIGHT, 0.13 * WIDTH
    canvas.shadow(x, y, unit * 1.2, unit * 0.1, 0.7)
    piano = Stencil().polygon([(x - unit, y - unit * 0.52), (x + unit * 0.9, y - unit * 0.5), (x + unit * 0.92, y - unit * 0.32), (x - unit, y - unit * 0.3)])
    piano.polygon([(x - unit * 0.7, y - unit * 0.5), (x + unit * 0.85, y - unit * 1.12), (x + unit * 0.9, y - unit * 1.08), (x - unit * 0.6, y - unit * 0.46)])
    piano.line([(x + unit * 0.4, y - unit * 0.5), (x + unit * 0.44, y - unit * 0.92)], 2.0)
    for dx in (-0.85, 0.2, 0.8):
        piano.line([(x + dx * unit, y - unit * 0.34), (x + dx * unit * 0.98, y)], 4.0)
    piano.box(x - unit * 1.55, y - unit * 0.3, x - unit * 1.15, y - unit * 0.22).line([(x - unit * 1.5, y - unit * 0.24), (x - unit * 1.5, y)], 2.4)
    piano.line([(x - unit * 1.2, y - unit * 0.24), (x - unit * 1.2, y)], 2.4)
    canvas.model(piano, (22, 22, 28), side=canvas.rng.choice((-1, 1)), depth=3, contrast=1.8)
    boxes = Stencil()
    for side in (-1, 1):
        px = WIDTH * (0.5 + side * 0.43)
        boxes.box(px - 0.028 * WIDTH, edge - 0.34 * HEIGHT, px + 0.028 * WIDTH, edge - 0.02 * HEIGHT)
    canvas.model(boxes, (24, 24, 30), side=1, depth=4, contrast=1.4)


def _audience(canvas: Canvas) -> None:
    """Rows of heads, some with an arm up, against the light of the stage."""
    rng = canvas.rng
    for y, r, tone, blur in ((0.78, 0.012, (26, 24, 38), 0.8), (0.83, 0.017, (18, 17, 28), 1.4), (0.9, 0.026, (11, 11, 18), 2.6), (1.0, 0.042, (6, 6, 10), 5.0)):
        heads, x = Stencil(), -20.0
        while x < WIDTH + 30:
            px, py, rr = x + rng.uniform(-0.4, 0.4) * r * WIDTH, HEIGHT * y + rng.uniform(-0.5, 0.5) * r * WIDTH, r * WIDTH * rng.uniform(0.85, 1.1)
            heads.ellipse(px, py - rr, rr * 0.62, rr * 0.8).ellipse(px, py + rr * 0.85, rr * 1.35, rr * 1.1)
            if rng.random() < 0.16:
                hand = (px + rng.uniform(-0.8, 0.8) * rr, py - rr * rng.uniform(2.8, 3.8))
                heads.limb((px + rr * 0.8, py + rr * 0.2), hand, rr * 0.26, rr * 0.18).ellipse(*hand, rr * 0.24)
            x += r * WIDTH * rng.uniform(1.7, 2.6)
        heads.box(-20, HEIGHT * y + r * WIDTH * 1.2, WIDTH + 20, HEIGHT + 20)
        canvas.stamp(heads, tone, blur=blur * MIL)


def _rows_of_seats(canvas: Canvas) -> None:
    """Empty seats in the dark, their edges touched by the light of the stage."""
    rng = canvas.rng
    for y, wide, tone in ((0.76, 0.042, (58, 26, 32)), (0.82, 0.058, (46, 21, 27)), (0.9, 0.082, (34, 16, 22)), (1.0, 0.12, (22, 11, 16))):
        x = -rng.uniform(0, wide) * WIDTH
        while x < WIDTH:
            w, top = wide * WIDTH, HEIGHT * y
            seat = Stencil().box(x + w * 0.06, top + w * 0.1, x + w * 0.94, HEIGHT + 10).ellipse(x + w * 0.5, top + w * 0.12, w * 0.44, w * 0.12)
            canvas.model(seat, tone, depth=max(2.0, w * 0.06), contrast=1.5, blur=w * 0.012)
            x += w


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "assembly_hall": assembly_hall,
    "podium_speech": podium_speech,
    "people_row": people_row,
    "concert_stage": concert_stage,
}
