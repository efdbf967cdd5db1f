"""A café by day and in the evening."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .indoors_quiet import SPINES
from .lights import bokeh, lamp
from .noise import fractal
from .rooms import (
    MIL,
    Box,
    Look,
    chest,
    develop,
    floor,
    front,
    grounded,
    lens,
    level,
    mirror,
    patch,
    patches,
    pour,
    shine,
    speckled,
    surface,
    upwall,
    wash,
)
from .tones import Colour, curve, gradient, times, vary


def cafe_interior(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Tables along a wide window, lamps over them, a cup in focus; by day or in the evening."""
    evening = 0.56 <= rng.random() < 0.8
    side = rng.choice((-1, 1))
    camera = lens(1.32, rng.uniform(0.78, 0.9), rng.uniform(0.4, 0.45), 0.5 - side * rng.uniform(0.06, 0.14))
    wood = vary(rng, rng.choice(((150, 106, 70), (124, 86, 58), (176, 138, 98))), 0.05)
    wall = vary(rng, rng.choice(((190, 176, 156), (122, 112, 104), (158, 166, 158))), 0.04)
    dim = 0.8 if evening else 1.0
    canvas = Canvas(rng, times(wall, 0.5 * dim))
    for view in (mirror(camera), camera):
        _cafe_room(canvas, view, side, times(wall, dim), wood, evening)
        if view is not camera:
            floor(canvas, camera, times(wood, 0.8 * dim), times(wood, 0.42 * dim), gloss=(0.5, 0.18), blur=12)
            if not evening:
                _sun_on_floor(canvas, camera, side)
    for z in (6.6, 5.0, 3.5):
        for x in (side * 1.7, -side * 0.5):
            _table(canvas, camera, x + rng.uniform(-0.1, 0.1), z, times(wood, 0.9 if evening else 1.0), side)
    _pendants(canvas, camera, side, evening)
    if evening:
        _lamp_light(canvas)
    canvas.blur((5.2 if evening else 4.2) * MIL)
    if evening:
        bokeh(canvas, (0, 0, WIDTH, 0.45 * HEIGHT), 12, 15 * MIL, alpha=0.34)
    near = times(wood, 0.92 if evening else 1.02)
    _near_table(canvas, near, side, evening)
    _cup(canvas, near, side)
    look = Look(
        warmth=0.5 if evening else 0.25, contrast=0.4, saturation=0.8, vignette=0.36, bloom=0.8, threshold=180
    )
    return develop(canvas, size, look)


def _lamp_light(canvas: Canvas) -> None:
    for x in (0.2, 0.5, 0.8):
        canvas.glow(WIDTH * x, 0.42 * HEIGHT, 0.34 * WIDTH, (84, 58, 32), 1.6, 0.8)


def _sun_on_floor(canvas: Canvas, camera: Camera, side: int) -> None:
    areas = [
        [
            (side * 2.5, 0.0, z + 1.1),
            (side * 0.2, 0.0, z + 0.5),
            (side * 0.2, 0.0, z - 0.6),
            (side * 2.5, 0.0, z),
        ]
        for z in (2.2, 3.9, 5.6)
    ]
    pour(canvas, camera, areas, (120, 96, 62), 4)


def _cafe_room(canvas: Canvas, view: Camera, side: int, wall: Colour, wood: Colour, evening: bool) -> None:
    half, tall, end = 2.8, 3.0, 8.4
    outside = gradient((40, 30), [(0, (232, 238, 238)), (0.5, (206, 214, 196)), (1, (128, 140, 108))])
    if evening:
        outside = gradient((40, 30), [(0, (34, 44, 74)), (0.6, (62, 62, 84)), (1, (104, 82, 66))])
    surface(
        canvas,
        view,
        upwall(-side * half, 0.5, end, 0, tall),
        wash(wall, [(0, 0.62), (1, 0.9)], [(0, 0.8), (0.4, 1), (1, 0.7)]),
    )
    surface(
        canvas,
        view,
        front(-half, half, 0, tall, end),
        wash(wall, [(0, 0.8), (1, 0.95)] if side > 0 else [(0, 0.95), (1, 0.8)]),
    )
    surface(canvas, view, upwall(side * half, 0.5, end, 0, tall), wash(times(wall, 0.6)))
    surface(
        canvas, view, level(-half, half, tall, 0.5, end), wash(times(wall, 0.7), down=[(0, 0.9), (1, 0.5)])
    )
    for index in range(5):
        z = 0.7 + index * 1.6
        surface(canvas, view, upwall(side * (half - 0.02), z, z + 1.42, 0.75, 2.65), outside)
        patches(
            canvas,
            view,
            [upwall(side * (half - 0.04), z + step, z + step + 0.06, 0.75, 2.65) for step in (-0.09, 1.42)],
            times(wood, 0.4),
        )
    for shelf in (1.3, 1.75, 2.2):
        patch(canvas, view, front(-1.9, 1.9, shelf - 0.05, shelf, end - 0.2), times(wood, 0.8))
        for index in range(17):
            x, tone = -1.8 + index * 0.215, canvas.rng.choice(SPINES)
            patch(
                canvas,
                view,
                front(x, x + 0.13, shelf, shelf + canvas.rng.uniform(0.15, 0.32), end - 0.22),
                times(tone, 0.55 if evening else 0.9),
            )
    chest(canvas, view, Box(-1.9, 1.9, 0, 1.05, end - 1.3, end - 0.7), times(wood, 0.62), (0.8, 0.5, 1.2))


def _table(canvas: Canvas, camera: Camera, x: float, z: float, wood: Colour, side: int) -> None:
    grounded(canvas, camera, x - 0.4, x + 0.4, z, z + 0.7, 0.4)
    for dz in (-0.55, 0.75):
        seat = Box(x - 0.2, x + 0.2, 0.43, 0.47, z + dz, z + dz + 0.38)
        legs = [
            front(px - 0.015, px + 0.015, 0, 0.43, z + dz + pz)
            for px in (x - 0.18, x + 0.18)
            for pz in (0.0, 0.36)
        ]
        patches(canvas, camera, legs, times(wood, 0.3))
        chest(canvas, camera, seat, times(wood, 0.62), (0.6, 0.5, 1.1))
        chest(
            canvas,
            camera,
            Box(
                x - 0.2,
                x + 0.2,
                0.62,
                0.86,
                z + dz + (0.0 if dz < 0 else 0.36),
                z + dz + (0.03 if dz < 0 else 0.39),
            ),
            times(wood, 0.6),
            (0.8, 0.5, 1.1),
        )
    patch(canvas, camera, front(x - 0.03, x + 0.03, 0, 0.72, z + 0.35), times(wood, 0.25))
    chest(canvas, camera, Box(x - 0.36, x + 0.36, 0.71, 0.75, z, z + 0.7), wood, (0.7, 0.5, 1.1))
    pour(canvas, camera, [level(x + side * 0.04, x + side * 0.34, 0.751, z, z + 0.66)], (64, 56, 42), 3)


def _pendants(canvas: Canvas, camera: Camera, side: int, evening: bool) -> None:
    for index in range(5, 0, -1):
        z = 1.6 + index * 1.25
        x, y = camera.at(side * 1.5, 2.05, z)
        unit = camera.scale(z)
        canvas.stamp(Stencil().line([(x, y), (x, -10.0)], 1.0), (30, 28, 26))
        canvas.model(
            Stencil().polygon(
                [
                    (x - 0.05 * unit, y - 0.16 * unit),
                    (x + 0.05 * unit, y - 0.16 * unit),
                    (x + 0.17 * unit, y),
                    (x - 0.17 * unit, y),
                ]
            ),
            (66, 60, 54),
            depth=3,
        )
        lamp(canvas, x, y, max(2.0, 0.055 * unit), (255, 212, 146), 16 if evening else 7)


def _near_table(canvas: Canvas, wood: Colour, side: int, evening: bool) -> None:
    """The edge of the table at which the picture was taken."""
    line = 0.79 * HEIGHT
    grain = speckled(canvas.rng, (WIDTH, HEIGHT), times(wood, 0.7), times(wood, 1.2), 16, stretch=14)
    edge = [(-10, line), (WIDTH + 10, line - 4), (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)]
    canvas.polygon(edge, grain, blur=1.6)
    gloss = Stencil().ellipse(WIDTH * (0.5 + side * 0.34), line + 0.05 * HEIGHT, 0.34 * WIDTH, 0.04 * HEIGHT)
    shine(canvas, gloss, (76, 54, 30) if evening else (92, 84, 66), 18)


# Half of a cup's bowl by (aside, up), in radii of its rim.
BOWL = ((1.0, 1.12), (0.9, 0.42), (0.5, 0.04))


def _cup(canvas: Canvas, wood: Colour, side: int) -> None:
    """A cup on its saucer, lit from the window, with a little steam."""
    rng, y, r = canvas.rng, 0.885 * HEIGHT, 0.062 * WIDTH
    x = WIDTH * (0.5 + side * rng.uniform(0.1, 0.2))

    def oval(dx: float, up: float, rx: float, ry: float) -> Stencil:
        return Stencil().ellipse(x + dx * r, y - up * r, rx * r, ry * r)

    cup = vary(rng, rng.choice(((228, 224, 216), (196, 204, 204), (86, 96, 104))), 0.03)
    canvas.shadow(x - side * r * 0.8, y + r * 0.06, r * 2.0, r * 0.4, 0.5)
    canvas.model(oval(0, 0, 1.62, 0.4), times(cup, 0.94), side=side, depth=4)
    canvas.stamp(oval(0, 0.03, 0.95, 0.2), times(cup, 0.6), alpha=0.7, blur=3)
    canvas.model(oval(-side * 1.06, 0.66, 0.34, 0.36), times(cup, 0.9), side=side, depth=3)
    canvas.stamp(oval(-side * 1.04, 0.66, 0.2, 0.22), times(wood, 0.6), blur=1.0)
    profile = [(x + dx * r, y - up * r) for dx, up in BOWL] + [
        (x - dx * r, y - up * r) for dx, up in BOWL[::-1]
    ]
    bowl = oval(0, 0.1, 0.55, 0.12).polygon(profile)
    canvas.model(bowl, cup, side=side, depth=r * 0.32, contrast=1.3)
    canvas.stamp(oval(0, 1.12, 1.0, 0.25), times(cup, 1.08))
    canvas.stamp(oval(0, 1.09, 0.9, 0.2), (64, 40, 26))
    shine(canvas, oval(side * 0.3, 1.1, 0.4, 0.07), (110, 90, 66), 2.0)
    steam = fractal(rng, (60, 120), 22, 3).point(curve((120, 0), (240, 60)))
    steam = steam.resize((round(r * 1.6), round(r * 2.2)))
    fade = Image.radial_gradient("L").resize(steam.size).point(curve((0, 255), (170, 0)))
    canvas.veil((250, 246, 238), ImageChops.multiply(steam, fade), (round(x - r * 0.8), round(y - r * 3.2)))


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "cafe_interior": cafe_interior,
}
