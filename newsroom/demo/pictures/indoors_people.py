"""People who stand in a row for their picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image

from .canvas import HEIGHT, WIDTH, Canvas, Stencil, slab
from .figures import Person, someone, stand
from .noise import fractal
from .plants import crown
from .rooms import (
    MIL,
    Look,
    develop,
    shine,
)
from .sketch import Sketch
from .tones import gradient, mix, times, vary


def people_row(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Four delegates before a wall, standing in a row for their picture."""
    return _row(rng, size, formal=True)


def school_row(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Four youths and their teacher, on the right, in front of a school."""
    return _row(rng, size, formal=False)


def _row(rng: Random, size: tuple[int, int], *, formal: bool) -> Image.Image:
    side = rng.choice((-1.0, 1.0))
    canvas = _delegates_wall(rng) if formal else _school_wall(rng)
    foot, count = 0.93 * HEIGHT, 4 if formal else 5
    gap = WIDTH * (0.128 if formal else 0.118)
    taken: list[tuple[float, Person]] = []
    for index in range(count):
        tall = None if formal or index == count - 1 else rng.uniform(1.6, 1.72)
        who = someone(
            rng, formal=formal or index == count - 1, tall=tall, woman=(index % 2 == 0) if formal else None
        )
        taken.append((WIDTH / 2 + (index - (count - 1) / 2) * gap + rng.uniform(-0.01, 0.01) * WIDTH, who))
    unit = 0.74 * HEIGHT / 1.75
    for x, _ in taken:
        canvas.shadow(x - side * 0.02 * WIDTH, foot + 2, 0.055 * WIDTH, 0.016 * HEIGHT, 0.55)
        canvas.polygon(
            [
                (x - 20, foot),
                (x + 20, foot),
                (x - side * 0.2 * WIDTH + 26, foot - 0.06 * HEIGHT),
                (x - side * 0.2 * WIDTH - 26, foot - 0.06 * HEIGHT),
            ],
            (10, 10, 16),
            0.22,
            7,
        )
    for x, who in taken:
        stand(canvas, rng, who, x, foot + rng.uniform(-2, 3), who.tall * unit, side=side, light=1.0, blur=0.9)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.36, saturation=0.78, vignette=0.28, bloom=0.35))


def _delegates_wall(rng: Random) -> Canvas:
    """A hall's end: a blue panel with soft stripes of light between plants, a carpet in front."""
    tone = vary(rng, rng.choice(((70, 98, 128), (96, 110, 120), (84, 104, 98))), 0.06)
    canvas = Canvas(
        rng,
        gradient((WIDTH, HEIGHT), [(0, times(tone, 1.25)), (0.7, times(tone, 0.95)), (1, times(tone, 0.6))]),
    )
    for index in range(7):
        x = WIDTH * (0.08 + index * 0.14)
        canvas.stamp(Stencil().box(x, 0, x + 2, 0.8 * HEIGHT), times(tone, 0.7), alpha=0.6, blur=1.5)
    shine(canvas, Stencil().ellipse(WIDTH * 0.5, 0.1 * HEIGHT, 0.5 * WIDTH, 0.34 * HEIGHT), (58, 58, 54), 60)
    for start, amount in ((0.2, 0.5), (0.34, 0.34)):
        wave = [
            (WIDTH * step / 20, HEIGHT * (start + 0.05 * math.sin(step / 3.1 + start * 9)))
            for step in range(21)
        ]
        canvas.polygon(
            [*wave, *[(x, y + 0.05 * HEIGHT) for x, y in wave[::-1]]],
            mix(tone, (230, 236, 240), 0.5),
            amount,
            4,
        )
    carpet = times(mix(tone, (120, 60, 56), 0.6), 0.8)
    canvas.image.paste(
        gradient((WIDTH, round(0.2 * HEIGHT)), [(0, times(carpet, 0.9)), (1, times(carpet, 1.1))]),
        (0, round(0.8 * HEIGHT)),
    )
    canvas.stamp(Stencil().box(0, 0.785 * HEIGHT, WIDTH, 0.805 * HEIGHT), times(tone, 0.4), blur=1.5)
    for x in (0.05, 0.95):
        for _ in range(5):
            px, py = WIDTH * (x + rng.uniform(-0.04, 0.04)), HEIGHT * rng.uniform(0.56, 0.74)
            crown(
                canvas,
                px,
                py,
                0.07 * WIDTH,
                0.09 * HEIGHT,
                ((22, 34, 26), (62, 86, 56), (122, 140, 92)),
                leaf=7,
                blur=2.4,
                dense=0.5,
            )
    canvas.blur(2.4 * MIL)
    return canvas


def _school_wall(rng: Random) -> Canvas:
    """A brick front with windows, out of focus, and the yard before it."""
    sheet = Canvas(rng, Image.new("RGB", (240, 160), times(vary(rng, (158, 112, 88), 0.06), 0.86)))
    sheet.texture(fractal(rng, (240, 160), 5, 2, stretch=3), 0.4)
    canvas = Canvas(rng, sheet.image.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
    sketch, wide, tall = Sketch(canvas), 0.15 * WIDTH, 0.29 * HEIGHT
    for column in range(5):
        for row in range(2):
            x, y = WIDTH * (0.02 + column * 0.205), HEIGHT * (0.02 + row * 0.4)
            sketch.shape(slab(x - 6, y - 6, x + wide + 6, y + tall + 10), (206, 200, 190))
            for left in (x + 2, x + wide / 2 + 2):
                right = left + wide / 2 - 4
                sky = mix((96, 116, 132), (206, 216, 220), rng.uniform(0.1, 0.55))
                sketch.shape(slab(left, y, right, y + tall), sky)
                mirrored = [
                    (left, y + tall * 0.3),
                    (right, y + tall * 0.1),
                    (right, y + tall),
                    (left, y + tall),
                ]
                sketch.shape(mirrored, times(sky, 0.72))
    sketch.done()
    yard = gradient((WIDTH, round(0.18 * HEIGHT)), [(0, (138, 123, 102)), (1, (168, 150, 124))])
    canvas.image.paste(yard, (0, round(0.82 * HEIGHT)))
    leaves = ((30, 42, 28), (78, 98, 60), (142, 152, 96))
    for index in range(9):
        crown(canvas, WIDTH * index / 8, 0.8 * HEIGHT, 0.09 * WIDTH, 0.055 * HEIGHT, leaves, leaf=5)
    canvas.blur(4.6 * MIL)
    canvas.texture(fractal(rng, (WIDTH, HEIGHT // 6), 4, 2, stretch=2), 0.14, (0, HEIGHT - HEIGHT // 6))
    return canvas


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "people_row": people_row,
}

# A caption that names five people from left to right needs five.
VARIANTS: dict[tuple[str, int], Callable[[Random, tuple[int, int]], Image.Image]] = {
    ("people_row", 1301): school_row,
}
