"""Rooms where people are looked after, taught and examined: hospital corridor, classroom, laboratory."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil
from .rooms import (
    Box,
    Look,
    chest,
    develop,
    floor,
    focus,
    front,
    grounded,
    lens,
    level,
    mirror,
    nearby,
    patch,
    patches,
    pour,
    shine,
    surface,
    upwall,
    wash,
    worn,
)
from .tones import Colour, mix, times, vary

_END = 26.0


def hospital_corridor(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A long empty corridor with doors on both sides, ceiling lights mirrored in the linoleum."""
    evening = rng.random() < 0.5
    camera = lens(1.45, rng.uniform(0.72, 0.92), rng.uniform(0.46, 0.52), rng.uniform(0.42, 0.58))
    wall = vary(rng, (222, 228, 222), 0.03) if not evening else vary(rng, (178, 190, 196), 0.04)
    band = vary(rng, rng.choice(((112, 142, 140), (120, 138, 158), (158, 146, 126))), 0.06)
    canvas = Canvas(rng, times(wall, 0.7))
    doors = [
        (side, z + rng.uniform(-0.3, 0.3))
        for z in (3.4, 7.6, 11.8, 16.4, 21.0)
        for side in (-1, 1)
        if rng.random() < 0.9
    ]
    lit = [index for index in range(9) if not evening or index % 2 == 0 or rng.random() < 0.25]
    sign = rng.uniform(7.2, 10.5)
    for view in (mirror(camera), camera):
        _corridor(canvas, view, wall, band, lit)
        for side, z in sorted(doors, key=lambda one: -one[1]):
            _ward_door(canvas, view, side, z, band, evening)
        _hanging_sign(canvas, view, sign, band)
        if view is not camera:
            floor(canvas, camera, times(wall, 0.86), times(band, 0.62), gloss=(0.72, 0.4), blur=9)
    _parked(canvas, camera, rng.choice((-1, 1)), rng.uniform(4.8, 9.0))
    worn(canvas, 0.025)
    focus(canvas, nearby(0.86, 1.3), 3.0)
    return develop(
        canvas, size, Look(-0.15 if evening else 0.1, 0.5, vignette=0.42 if evening else 0.26, bloom=0.6)
    )


def _corridor(canvas: Canvas, view: Camera, wall: Colour, band: Colour, lit: list[int]) -> None:
    half, tall = 1.35, 2.65
    scallops = [((2.2 + index * 2.8) / _END, 0.12, 0.055, 0.75, (40, 41, 38)) for index in lit]
    paint = wash(
        wall, [(0, 0.66), (0.4, 0.8), (1, 0.94)], [(0, 0.78), (0.3, 1), (1, 0.8)], (360, 60), scallops
    )
    for side in (-1, 1):
        surface(canvas, view, upwall(side * half, 0.4, _END, 0, tall), paint)
        patch(canvas, view, upwall(side * half, 0.4, _END, 0.12, 0.98), band, 0.8)
        patch(canvas, view, upwall(side * half, 0.4, _END, 0, 0.12), times(band, 0.5))
        patch(canvas, view, upwall(side * (half - 0.07), 0.4, _END, 0.86, 0.98), (176, 150, 118))
        patch(canvas, view, upwall(side * (half - 0.05), 0.4, _END, 0.8, 0.86), (60, 62, 62), 0.4, 1.0)
    surface(
        canvas,
        view,
        level(-half, half, tall, 0.4, _END),
        wash(times(wall, 0.9), down=[(0, 1), (0.8, 0.82), (1, 0.7)]),
    )
    for index in range(9):
        z = 1.6 + index * 2.8
        panel = level(-0.32, 0.32, tall - 0.01, z, z + 1.25)
        patch(canvas, view, panel, (252, 253, 250) if index in lit else times(wall, 0.74))
        if index in lit:
            pour(canvas, view, [level(-0.6, 0.6, tall - 0.01, z - 0.25, z + 1.5)], (84, 86, 84), 9)
    patch(canvas, view, front(-half, half, 0, tall, _END), times(wall, 0.9))
    patch(canvas, view, front(-1.0, 1.0, 0, 2.2, _END - 0.05), (236, 242, 244))
    patches(
        canvas,
        view,
        [front(x - 0.03, x + 0.03, 0, 2.2, _END - 0.1) for x in (-1.0, 0.0, 1.0)],
        times(band, 0.6),
    )


def _ward_door(canvas: Canvas, view: Camera, side: int, z: float, band: Colour, evening: bool) -> None:
    x = side * 1.34
    patch(canvas, view, upwall(x, z - 0.08, z + 1.28, 0, 2.16), (146, 148, 146))
    leaf = wash(mix((186, 160, 128), band, 0.15), [(0, 0.72), (1, 0.88)], [(0, 1), (1, 0.82)], (24, 40))
    surface(canvas, view, upwall(x, z, z + 1.2, 0, 2.08), leaf)
    glass = (60, 74, 84) if evening else (214, 224, 226)
    patch(canvas, view, upwall(x, z + 0.18, z + 0.42, 1.05, 1.8), glass)
    patch(canvas, view, upwall(x, z + 0.02, z + 1.18, 0.02, 0.3), (150, 152, 150), 0.8)
    patch(canvas, view, upwall(x - side * 0.05, z + 1.02, z + 1.07, 0.9, 1.3), (216, 218, 218))
    patch(canvas, view, upwall(x, z + 1.4, z + 1.75, 1.5, 1.78), (238, 240, 240))
    patch(canvas, view, upwall(x, z + 1.44, z + 1.6, 1.6, 1.7), times(band, 0.7))


def _hanging_sign(canvas: Canvas, view: Camera, z: float, band: Colour) -> None:
    """A board under the ceiling with lines of writing too far away to be read."""
    patches(canvas, view, [front(x - 0.008, x + 0.008, 2.4, 2.65, z) for x in (-0.45, 0.45)], (90, 92, 92))
    patch(canvas, view, front(-0.62, 0.62, 2.14, 2.4, z), times(band, 0.55))
    spots = ((-0.34, 0.1, 2.29, 2.33), (-0.34, 0.3, 2.2, 2.23), (-0.54, -0.42, 2.2, 2.33))
    lines = [front(*spot, z - 0.01) for spot in spots]
    patches(canvas, view, lines, (232, 236, 234), 0.85)


def _parked(canvas: Canvas, camera: Camera, side: int, z: float) -> None:
    """A row of waiting seats along the wall."""
    x0, x1 = (-1.28, -0.82) if side < 0 else (0.82, 1.28)
    grounded(canvas, camera, x0, x1, z, z + 2.2, 0.4)
    back = x0 if side < 0 else x1
    for index in range(4, -1, -1):
        start = z + index * 0.46
        for leg in (x0 + 0.06, x1 - 0.06):
            patch(canvas, camera, front(leg - 0.015, leg + 0.015, 0, 0.42, start + 0.2), (126, 130, 134))
        chest(canvas, camera, Box(x0, x1, 0.41, 0.45, start, start + 0.42), (64, 92, 108), (0.8, 0.7, 1.3))
        patch(canvas, camera, upwall(back, start, start + 0.42, 0.5, 0.88), (58, 84, 98))


def classroom(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Rows of desks towards a blackboard, sun from the windows on one side."""
    side = rng.choice((-1, 1))
    camera = lens(
        rng.uniform(1.5, 1.75),
        rng.uniform(0.66, 0.78),
        rng.uniform(0.4, 0.45),
        0.5 + side * rng.uniform(0.02, 0.09),
    )
    low_sun = rng.random() < 0.6
    wall = vary(rng, (226, 216, 196) if low_sun else (220, 222, 216), 0.03)
    sun = (150, 112, 62) if low_sun else (84, 84, 78)
    canvas = Canvas(rng, times(wall, 0.8))
    outside = vary(rng, rng.choice(((236, 242, 240), (240, 236, 220), (220, 232, 240))), 0.02)
    for view in (mirror(camera), camera):
        _school_room(canvas, view, side, wall, outside)
        if view is not camera:
            floor(canvas, camera, (178, 146, 108), (112, 82, 56), gloss=(0.5, 0.14), blur=12)
            patches(
                canvas,
                camera,
                [level(x, x + 0.012, 0, 1.2, 9) for x in _steps(-3.2, 3.1, 0.26)],
                (60, 40, 26),
                0.4,
            )
            _sun_on_floor(canvas, camera, side, sun)
    _sun_on_wall(canvas, camera, side, sun)
    for row in range(4, -1, -1):
        for column in (-2.25, -0.75, 0.75, 2.25):
            _pupil_desk(
                canvas,
                camera,
                column + rng.uniform(-0.05, 0.05),
                2.1 + row * 1.2 + rng.uniform(-0.06, 0.06),
                side,
                sun,
            )
    _shaft(canvas, side, sun)
    worn(canvas, 0.025)
    focus(canvas, nearby(0.74, 1.1), 5.0)
    look = Look(warmth=0.4 if low_sun else 0.0, contrast=0.45, saturation=0.82, vignette=0.3, bloom=0.75)
    return develop(canvas, size, look)


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + index * step for index in range(int((end - start) / step) + 1)]


def _school_room(canvas: Canvas, view: Camera, side: int, wall: Colour, outside: Colour) -> None:
    half, tall, end = 3.2, 2.9, 9.0
    shade = [(0, 0.72), (1, 0.95)]
    surface(canvas, view, upwall(-side * half, 0.4, end, 0, tall), wash(wall, shade, [(0, 0.9), (1, 0.82)]))
    patch(canvas, view, upwall(-side * half, 0.4, end, 0, 0.95), (150, 124, 92), 0.75)
    surface(canvas, view, upwall(side * half, 0.4, end, 0, tall), wash(times(wall, 0.62), shade))
    surface(
        canvas, view, level(-half, half, tall, 0.4, end), wash((206, 202, 192), down=[(0, 0.95), (1, 0.6)])
    )
    light = wash(
        wall, [(0, 1.0), (1, 0.72)] if side < 0 else [(0, 0.72), (1, 1.0)], [(0, 0.85), (0.5, 1), (1, 0.8)]
    )
    surface(canvas, view, front(-half, half, 0, tall, end), light)
    for index in range(4):
        z = 0.9 + index * 2.05
        patch(canvas, view, upwall(side * half, z, z + 1.75, 0.9, 2.6), outside)
        patch(canvas, view, upwall(side * half, z, z + 1.75, 0.9, 1.45), (148, 166, 128), 0.55, 6)
        bars = [
            upwall(side * (half - 0.03), place - 0.03, place + 0.03, 0.9, 2.6)
            for place in (z, z + 0.87, z + 1.75)
        ]
        patches(canvas, view, [*bars, upwall(side * (half - 0.03), z, z + 1.75, 1.42, 1.48)], (150, 146, 138))
    _board(canvas, view, end)
    for x in (-1.7, 1.7):
        for z in (2.5, 5.0, 7.5):
            patch(canvas, view, level(x - 0.6, x + 0.6, tall - 0.02, z, z + 0.22), (250, 248, 240))


def _board(canvas: Canvas, view: Camera, end: float) -> None:
    patch(canvas, view, front(-2.16, 2.16, 0.9, 2.26, end - 0.02), (148, 118, 84))
    board = wash(
        (62, 92, 78),
        [(0, 0.9), (0.5, 1), (1, 0.8)],
        [(0, 1), (1, 0.86)],
        pools=[(0.3, 0.3, 0.5, 0.8, (30, 34, 30))],
    )
    surface(canvas, view, front(-2.1, 2.1, 0.98, 2.2, end - 0.03), board)
    patch(canvas, view, front(-2.1, 2.1, 0.9, 0.95, end - 0.1), (176, 148, 110))
    patches(
        canvas,
        view,
        [front(-1.7, -0.4, y, y + 0.03, end - 0.05) for y in (1.9, 1.72)],
        (200, 210, 202),
        0.35,
        1.2,
    )
    patch(canvas, view, front(-0.32, 0.32, 2.42, 2.78, end - 0.03), (236, 234, 226))
    patch(canvas, view, front(2.34, 3.1, 1.0, 2.1, end - 0.03), (196, 176, 140))
    for x, y, tone in (
        (2.4, 1.62, (226, 220, 206)),
        (2.74, 1.5, (180, 196, 204)),
        (2.42, 1.12, (222, 196, 160)),
        (2.76, 1.1, (228, 226, 220)),
    ):
        patch(canvas, view, front(x, x + 0.28, y, y + 0.36, end - 0.04), tone)
    chest(canvas, view, Box(-0.55, 0.55, 0.0, 1.0, end - 1.1, end - 0.6), (138, 104, 72))


def _sun_on_floor(canvas: Canvas, camera: Camera, side: int, sun: Colour) -> None:
    many = []
    for index in range(4):
        z, x = 0.9 + index * 2.05, side * 3.1
        for part in (0.0, 0.9):
            near, far = z + part - 0.5, z + part + 0.3
            many.append(
                [
                    (x, 0.0, far),
                    (x - side * 2.3, 0.0, far - 0.8),
                    (x - side * 2.3, 0.0, near - 0.8),
                    (x, 0.0, near),
                ]
            )
    pour(canvas, camera, many, sun, 3.5)


def _sun_on_wall(canvas: Canvas, camera: Camera, side: int, sun: Colour) -> None:
    """The windows once more on the opposite wall, slanting with the sun."""
    many, x = [], -side * 3.19
    for index in range(5):
        for start in (0.6 + index * 2.05, 1.4 + index * 2.05):
            ends = ((2.1, start), (1.95, start + 0.62), (0.8, start + 0.95), (0.95, start + 0.33))
            many.append([(x, y, z) for y, z in ends])
    pour(canvas, camera, many, sun, 4.5, 0.5)


def _pupil_desk(canvas: Canvas, camera: Camera, x: float, z: float, side: int, sun: Colour) -> None:
    grounded(canvas, camera, x - 0.34, x + 0.34, z - 0.5, z + 0.4, 0.4)
    metal, wood = (96, 98, 98), (196, 158, 112)
    legs = [front(px - 0.016, px + 0.016, 0, 0.7, pz) for px in (x - 0.3, x + 0.3) for pz in (z + 0.4, z)]
    patches(canvas, camera, legs, metal)
    chest(canvas, camera, Box(x - 0.34, x + 0.34, 0.6, 0.69, z, z + 0.44), (140, 112, 82), (0.6, 0.45, 0.8))
    chest(canvas, camera, Box(x - 0.36, x + 0.36, 0.69, 0.72, z - 0.01, z + 0.46), wood, (0.8, 0.7, 1.12))
    sheen = level(*sorted((x + side * 0.36, x - side * 0.02)), 0.721, z, z + 0.45)
    pour(canvas, camera, [sheen], sun, 2.4, 0.8)
    chair = [front(px - 0.014, px + 0.014, 0, 0.84, z - 0.46) for px in (x - 0.18, x + 0.18)]
    patches(
        canvas,
        camera,
        [*chair, *[front(px - 0.014, px + 0.014, 0, 0.42, z - 0.1) for px in (x - 0.18, x + 0.18)]],
        times(metal, 0.8),
    )
    chest(canvas, camera, Box(x - 0.2, x + 0.2, 0.41, 0.44, z - 0.46, z - 0.08), wood, (0.62, 0.5, 0.95))
    chest(canvas, camera, Box(x - 0.2, x + 0.2, 0.62, 0.84, z - 0.48, z - 0.46), wood, (0.66, 0.5, 1.15))


def _shaft(canvas: Canvas, side: int, sun: Colour) -> None:
    """The air between the windows and the floor, bright with dust."""
    edge = 0 if side < 0 else WIDTH
    for start, width in ((0.12, 0.1), (0.32, 0.12)):
        far = edge - side * 0.62 * WIDTH
        cone = [
            (edge, start * HEIGHT),
            (edge, (start + width) * HEIGHT),
            (far, 0.95 * HEIGHT),
            (far + side * 0.26 * WIDTH, 0.95 * HEIGHT),
        ]
        shine(canvas, Stencil().polygon(cone), times(sun, 0.28), 22)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "hospital_corridor": hospital_corridor,
    "classroom": classroom,
}
