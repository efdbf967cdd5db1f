"""A stage with coloured lights, with and without an audience."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .canvas import HEIGHT, WIDTH, Canvas, Stencil, upright
from .indoors_public import _curtain
from .lights import beam, lamp
from .noise import fractal
from .rooms import (
    MIL,
    Look,
    develop,
    shine,
)
from .tones import Colour, curve, mix, times


def concert_stage(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Coloured lights on a stage: empty before the evening, or out of doors with the audience before it."""
    full = rng.random() >= 0.55
    canvas = Canvas(rng, (10, 10, 18))
    palette = rng.choice(
        (
            ((86, 120, 255), (255, 92, 140), (255, 190, 120)),
            ((120, 90, 255), (80, 200, 230), (255, 220, 180)),
            ((255, 140, 80), (255, 210, 150), (120, 150, 255)),
        )
    )
    edge = HEIGHT * (0.7 if full else 0.66)
    if not full:
        _curtain(canvas, (88, 34, 36), edge)
    canvas.veil((8, 9, 18), 0.45)
    canvas.glow(WIDTH / 2, edge - 0.1 * HEIGHT, 0.62 * WIDTH, times(palette[0], 0.5), 1.5, 0.7)
    _truss(canvas, palette)
    haze = (
        fractal(rng, (WIDTH // 6, HEIGHT // 6), 34, 4)
        .point(curve((90, 0), (255, 110)))
        .resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    )
    canvas.veil(
        mix(palette[0], palette[1], 0.4),
        ImageChops.multiply(haze, upright((WIDTH, HEIGHT), (0, 60), (0.6, 220), (1, 60))),
    )
    _boards(canvas, edge, palette)
    _instruments(canvas, edge)
    if full:
        _audience(canvas)
    else:
        _rows_of_seats(canvas)
    return develop(
        canvas, size, Look(warmth=0.0, contrast=0.36, saturation=0.86, vignette=0.4, bloom=1.0, threshold=140)
    )


def _truss(canvas: Canvas, palette: tuple[Colour, ...]) -> None:
    rng, y = canvas.rng, 0.1 * HEIGHT
    bars = (
        Stencil()
        .line([(0, y), (WIDTH, y)], 2.4)
        .line([(0, y - 0.035 * HEIGHT), (WIDTH, y - 0.035 * HEIGHT)], 2.4)
    )
    for step in range(41):
        x = WIDTH * step / 40
        bars.line([(x, y), (x + WIDTH / 80, y - 0.035 * HEIGHT)], 1.4).line(
            [(x + WIDTH / 80, y - 0.035 * HEIGHT), (x + WIDTH / 40, y)], 1.4
        )
    canvas.stamp(bars, (44, 46, 56))
    for index in range(9):
        x = WIDTH * (0.08 + index * 0.105)
        colour = palette[index % 3]
        turn = (0.5 - x / WIDTH) * rng.uniform(10, 60) + rng.uniform(-8, 8)
        beam(
            canvas,
            x,
            y,
            turn,
            HEIGHT * rng.uniform(0.8, 1.0),
            rng.uniform(3, 6),
            colour,
            rng.uniform(0.4, 0.65),
        )
    for index in range(9):
        lamp(
            canvas,
            WIDTH * (0.08 + index * 0.105),
            y + 4,
            3.2 * MIL,
            mix(palette[index % 3], (255, 255, 255), 0.4),
            11,
        )


def _boards(canvas: Canvas, edge: float, palette: tuple[Colour, ...]) -> None:
    """The stage's floor, in which the light lies in pools, and its dark front."""
    rng, top = canvas.rng, round(edge - 0.1 * HEIGHT)
    above = canvas.image.crop((0, top - (round(edge) - top) * 2, WIDTH, top)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    mirrored = above.resize((WIDTH, round(edge) - top), Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur((2, 9))
    )
    canvas.image.paste(Image.blend(mirrored, Image.new("RGB", mirrored.size, (38, 32, 34)), 0.35), (0, top))
    for index in range(6):
        x = WIDTH * (0.12 + index * 0.155)
        shine(
            canvas,
            Stencil().ellipse(x, edge - 0.045 * HEIGHT, 0.075 * WIDTH, 0.022 * HEIGHT),
            times(palette[index % 3], rng.uniform(0.35, 0.6)),
            8,
        )
    canvas.stamp(Stencil().box(0, edge, WIDTH, HEIGHT), (12, 11, 16), blur=1.0)
    canvas.stamp(Stencil().box(0, edge - 1.5, WIDTH, edge + 1.5), (120, 112, 120), alpha=0.7, blur=0.8)


def _instruments(canvas: Canvas, edge: float) -> None:
    """A grand piano, stands and a few loudspeakers against the light."""
    x, y, unit = WIDTH * canvas.rng.uniform(0.4, 0.56), edge - 0.035 * HEIGHT, 0.13 * WIDTH
    canvas.shadow(x, y, unit * 1.2, unit * 0.1, 0.7)
    piano = Stencil().polygon(
        [
            (x - unit, y - unit * 0.52),
            (x + unit * 0.9, y - unit * 0.5),
            (x + unit * 0.92, y - unit * 0.32),
            (x - unit, y - unit * 0.3),
        ]
    )
    piano.polygon(
        [
            (x - unit * 0.7, y - unit * 0.5),
            (x + unit * 0.85, y - unit * 1.12),
            (x + unit * 0.9, y - unit * 1.08),
            (x - unit * 0.6, y - unit * 0.46),
        ]
    )
    piano.line([(x + unit * 0.4, y - unit * 0.5), (x + unit * 0.44, y - unit * 0.92)], 2.0)
    for dx in (-0.85, 0.2, 0.8):
        piano.line([(x + dx * unit, y - unit * 0.34), (x + dx * unit * 0.98, y)], 4.0)
    piano.box(x - unit * 1.55, y - unit * 0.3, x - unit * 1.15, y - unit * 0.22).line(
        [(x - unit * 1.5, y - unit * 0.24), (x - unit * 1.5, y)], 2.4
    )
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
    for y, r, tone, blur in (
        (0.78, 0.012, (26, 24, 38), 0.8),
        (0.83, 0.017, (18, 17, 28), 1.4),
        (0.9, 0.026, (11, 11, 18), 2.6),
        (1.0, 0.042, (6, 6, 10), 5.0),
    ):
        heads, x = Stencil(), -20.0
        while x < WIDTH + 30:
            px, py, rr = (
                x + rng.uniform(-0.4, 0.4) * r * WIDTH,
                HEIGHT * y + rng.uniform(-0.5, 0.5) * r * WIDTH,
                r * WIDTH * rng.uniform(0.85, 1.1),
            )
            heads.ellipse(px, py - rr, rr * 0.62, rr * 0.8).ellipse(px, py + rr * 0.85, rr * 1.35, rr * 1.1)
            if rng.random() < 0.16:
                hand = (px + rng.uniform(-0.8, 0.8) * rr, py - rr * rng.uniform(2.8, 3.8))
                heads.limb((px + rr * 0.8, py + rr * 0.2), hand, rr * 0.26, rr * 0.18).ellipse(
                    *hand, rr * 0.24
                )
            x += r * WIDTH * rng.uniform(1.7, 2.6)
        heads.box(-20, HEIGHT * y + r * WIDTH * 1.2, WIDTH + 20, HEIGHT + 20)
        canvas.stamp(heads, tone, blur=blur * MIL)


def _rows_of_seats(canvas: Canvas) -> None:
    """Empty seats in the dark, their edges touched by the light of the stage."""
    rng = canvas.rng
    for y, wide, tone in (
        (0.76, 0.042, (58, 26, 32)),
        (0.82, 0.058, (46, 21, 27)),
        (0.9, 0.082, (34, 16, 22)),
        (1.0, 0.12, (22, 11, 16)),
    ):
        x = -rng.uniform(0, wide) * WIDTH
        while x < WIDTH:
            w, top = wide * WIDTH, HEIGHT * y
            seat = (
                Stencil()
                .box(x + w * 0.06, top + w * 0.1, x + w * 0.94, HEIGHT + 10)
                .ellipse(x + w * 0.5, top + w * 0.12, w * 0.44, w * 0.12)
            )
            canvas.model(seat, tone, depth=max(2.0, w * 0.06), contrast=1.5, blur=w * 0.012)
            x += w


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "concert_stage": concert_stage,
}
