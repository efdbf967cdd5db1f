"""Glassware on a laboratory's bench."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .glassware import KINDS, half_width, vessel
from .lights import bokeh
from .rooms import (
    MIL,
    Box,
    Look,
    chest,
    develop,
    front,
    lens,
    level,
    patch,
    shine,
    upwall,
)
from .tones import Colour, gradient, times, vary


def laboratory(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Glassware on a bench in front, the room behind it out of focus."""
    cool = vary(rng, rng.choice(((148, 168, 178), (160, 172, 168), (136, 158, 176))), 0.05)
    back = gradient(
        (WIDTH, HEIGHT), [(0, times(cool, 1.16)), (0.55, times(cool, 0.9)), (1, times(cool, 0.5))]
    )
    canvas = Canvas(rng, back)
    camera = lens(1.35, 0.95, 0.42, rng.uniform(0.4, 0.6))
    _lab_room(canvas, camera, cool, rng.choice((-1, 1)))
    canvas.blur(9 * MIL)
    bokeh(
        canvas,
        (0, 0.08 * HEIGHT, WIDTH, 0.5 * HEIGHT),
        9,
        26 * MIL,
        ((220, 236, 244), (250, 240, 214), (190, 220, 232)),
        0.3,
    )
    line = 0.66 * HEIGHT
    mirrored = canvas.image.crop((0, round(line - HEIGHT * 0.34), WIDTH, round(line))).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    bench = Image.blend(
        mirrored, gradient(mirrored.size, [(0, times(cool, 1.1)), (1, times(cool, 0.42))]), 0.62
    )
    canvas.image.paste(bench, (0, round(line)))
    shine(canvas, Stencil().box(0, line - 2 * MIL, WIDTH, line + 3 * MIL), (60, 66, 70), 3)
    x = rng.uniform(0.07, 0.2) * WIDTH
    while True:
        kind = rng.choice(KINDS)
        tall = rng.uniform(0.26, 0.44) * HEIGHT * (0.66 if kind == "beaker" else 1.0)
        half = half_width(kind, tall)
        if x + 2 * half > 0.95 * WIDTH:
            break
        vessel(canvas, rng, kind, x + half, line + rng.uniform(0.05, 0.15) * HEIGHT, tall, cool)
        x += 2 * half + rng.uniform(14, 110) * MIL
    return develop(canvas, size, Look(warmth=-0.12, contrast=0.42, saturation=0.82, vignette=0.36, bloom=0.6))


def _lab_room(canvas: Canvas, camera: Camera, cool: Colour, side: int) -> None:
    for index in range(4):
        z = 2.4 + index * 2.0
        patch(canvas, camera, upwall(side * 3.0, z, z + 1.6, 1.0, 2.7), (240, 246, 248))
        chest(
            canvas,
            camera,
            Box(*((-3.0, -2.4) if side > 0 else (2.4, 3.0)), 1.5, 2.4, z, z + 1.7),
            (206, 214, 214),
        )
        for shelf in (1.0, 1.25):
            for step in range(5):
                place = z + step * 0.33
                tone = canvas.rng.choice(((170, 120, 70), (200, 208, 206), (96, 128, 140), (150, 160, 150)))
                patch(canvas, camera, upwall(-side * 2.6, place, place + 0.2, shelf, shelf + 0.2), tone)
        panel = level(-0.8, 0.8, 2.8, z, z + 0.5)
        patch(canvas, camera, panel, (250, 252, 252))
    patch(canvas, camera, front(-3.0, 3.0, 0.0, 2.8, 10.5), times(cool, 1.05))
    patch(canvas, camera, front(-0.9, 0.3, 0.9, 2.3, 10.4), (232, 240, 242))
    chest(canvas, camera, Box(-1.6, 1.4, 0.0, 0.92, 5.2, 7.5), (214, 220, 220), (0.62, 0.5, 1.05))
    for x, tone in (
        (-1.2, (70, 80, 88)),
        (-0.4, (222, 226, 226)),
        (0.5, (90, 104, 112)),
        (1.0, (200, 206, 206)),
    ):
        chest(
            canvas, camera, Box(x - 0.2, x + 0.2, 0.92, 0.92 + canvas.rng.uniform(0.25, 0.6), 5.6, 6.0), tone
        )


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "laboratory": laboratory,
}
