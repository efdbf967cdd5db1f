"""Rooms to read, look and sit in: library, museum, café."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from .camera import Camera, shaded
from .canvas import HEIGHT, WIDTH, Canvas, Stencil, upright
from .noise import fractal
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
    strip,
    surface,
    upwall,
    wash,
    worn,
)
from .tones import Colour, curve, mix, times, tint, vary

SPINES: tuple[Colour, ...] = (
    (142, 60, 50),
    (60, 84, 112),
    (70, 98, 82),
    (168, 138, 88),
    (196, 186, 166),
    (92, 76, 96),
    (56, 58, 66),
    (182, 112, 62),
    (128, 136, 138),
    (214, 206, 192),
    (104, 70, 52),
    (86, 112, 124),
)


def _shelves(rng: Random, wood: Colour, bays: int = 7, rows: int = 6) -> Image.Image:
    """A wall of books: rows of spines of different widths and heights, some leaning, some gone."""
    bay, row = 130, 84
    picture = Image.new("RGB", (bays * bay, rows * row), times(wood, 0.3))
    draw = ImageDraw.Draw(picture)
    for line in range(rows):
        foot, x = (line + 1) * row - 8, 4
        while x < picture.width:
            wide, tall = rng.randint(5, 13), rng.randint(48, 68)
            if rng.random() < 0.06:
                x += wide
                continue
            tone = times(vary(rng, rng.choice(SPINES), 0.16), 0.82)
            draw.rectangle((x, foot - tall, x + wide - 1, foot), fill=tone)
            draw.line((x, foot - tall, x, foot), fill=times(tone, 1.25))
            draw.line((x + wide - 1, foot - tall, x + wide - 1, foot), fill=times(tone, 0.5))
            if rng.random() < 0.6:
                band = foot - tall + rng.randint(8, 22)
                draw.rectangle(
                    (x + 1, band, x + wide - 2, band + rng.randint(3, 9)),
                    fill=mix(tone, (226, 214, 180), rng.uniform(0.3, 0.8)),
                )
            x += wide
        draw.rectangle((0, foot, picture.width, foot + 8), fill=wood)
        draw.rectangle((0, foot + 6, picture.width, foot + 16), fill=times(wood, 0.2))
    for place in range(bays + 1):
        draw.rectangle((place * bay - 4, 0, place * bay + 4, picture.height), fill=times(wood, 0.9))
    return picture


def library(rng: Random, size: tuple[int, int]) -> Image.Image:
    """An aisle between shelves full of books, lamps over it, a window at its end."""
    camera = lens(
        rng.uniform(1.3, 1.6), rng.uniform(0.8, 1.0), rng.uniform(0.46, 0.52), rng.uniform(0.44, 0.56)
    )
    wood = vary(rng, rng.choice(((136, 98, 66), (112, 82, 60), (158, 126, 90))), 0.05)
    evening = rng.random() < 0.5
    canvas = Canvas(rng, times(wood, 0.3))
    walls = [_shelves(rng, wood), _shelves(rng, wood)]
    for view in (mirror(camera), camera):
        _aisle(canvas, view, walls, wood, evening)
        if view is not camera:
            floor(canvas, camera, times(wood, 0.95), times(wood, 0.45), gloss=(0.6, 0.24), blur=10)
    canvas.glow(
        camera.centre,
        camera.horizon - 0.03 * HEIGHT,
        0.26 * WIDTH,
        (96, 84, 62) if evening else (110, 112, 104),
        1.8,
    )
    worn(canvas, 0.14)
    soft = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(curve((95, 0), (200, 255)))
    focus(canvas, soft, 4.5)
    return develop(
        canvas,
        size,
        Look(
            warmth=0.35 if evening else 0.15,
            contrast=0.42,
            saturation=0.78,
            vignette=0.42,
            bloom=0.7,
            threshold=185,
        ),
    )


def _aisle(canvas: Canvas, view: Camera, walls: list[Image.Image], wood: Colour, evening: bool) -> None:
    half, tall, end = 1.05, 2.75, 17.0
    ceiling = (70, 62, 54) if evening else (168, 162, 150)
    surface(canvas, view, level(-half - 1, half + 1, 3.2, 0.5, end), wash(ceiling, down=[(0, 1.0), (1, 0.7)]))
    patch(canvas, view, front(-half - 1, half + 1, 0, 3.2, end), times(wood, 0.8))
    window = (250, 246, 230) if not evening else (66, 84, 124)
    patch(canvas, view, front(-0.85, 0.85, 0.7, 2.7, end - 0.02), window)
    patches(
        canvas,
        view,
        [front(x - 0.03, x + 0.03, 0.7, 2.7, end - 0.05) for x in (-0.85, 0.0, 0.85)],
        times(wood, 0.7),
    )
    light = strip(64, [(0, 0.72), (0.12, 0.95), (0.4, 0.8), (0.7, 0.86), (1, 1.0)]).resize((64, 32))
    for side, wall in zip((-1, 1), walls, strict=True):
        for piece in range(2):
            z0, z1 = 0.55 + piece * 8.4, 8.3 + piece * 8.4
            lit = shaded(wall, Image.blend(light, upright((64, 32), (0, 255), (1, 150)), 0.5))
            surface(canvas, view, upwall(side * half, z0, z1, 0.1, tall), lit)
            patch(canvas, view, upwall(side * half, z0, z1, 0.0, 0.12), times(wood, 0.4))
            patch(canvas, view, upwall(side * half, z0, z1, tall, tall + 0.1), times(wood, 0.85))
    for step in range(6, -1, -1):
        z = 1.8 + step * 2.4
        patch(
            canvas, view, level(-0.11, 0.11, 3.1, z, z + 1.5), (255, 240, 206) if evening else (255, 252, 244)
        )
        pour(canvas, view, [level(-0.8, 0.8, 3.19, z - 0.3, z + 1.8)], (92, 78, 54), 12)


def museum_hall(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A high white hall: pictures along the walls, glass cases in the middle, light from above."""
    camera = lens(1.6, rng.uniform(0.62, 0.74), rng.uniform(0.52, 0.57), rng.uniform(0.42, 0.58))
    wall = vary(rng, rng.choice(((226, 222, 214), (206, 208, 208), (178, 172, 166))), 0.03)
    wood = vary(rng, rng.choice(((176, 140, 100), (146, 140, 134), (120, 88, 62))), 0.05)
    canvas = Canvas(rng, times(wall, 0.8))
    works = [
        (side, 3.0 + index * 3.1, rng.uniform(0.7, 1.2), rng.uniform(0.9, 1.4), _work(rng))
        for index in range(5)
        for side in (-1, 1)
    ]
    for view in (mirror(camera), camera):
        _hall(canvas, view, wall)
        for side, z, half, tall, art in sorted(works, key=lambda one: -one[1]):
            _hung(canvas, view, side, (z, half, tall), art)
        if view is not camera:
            floor(canvas, camera, times(wood, 1.05), times(wood, 0.6), gloss=(0.62, 0.28), blur=8)
            boards = [level(x, x + 0.012, 0, 1.2, 19) for x in (index * 0.4 - 5 for index in range(26))]
            patches(canvas, camera, boards, times(wood, 0.4), 0.3)
            pour(
                canvas, camera, [level(-2.2, 2.2, 0, z, z + 1.8) for z in (3.0, 7.0, 11.0)], (52, 50, 44), 16
            )
    for z in sorted((rng.uniform(5.5, 13) for _ in range(3)), reverse=True):
        _case(canvas, camera, rng.choice((-1.2, 0.2, 1.3)), z, wood)
    worn(canvas, 0.08)
    focus(canvas, nearby(0.85, 1.25), 3.0)
    return develop(
        canvas,
        size,
        Look(warmth=0.12, contrast=0.36, saturation=0.76, vignette=0.3, bloom=0.65, threshold=215),
    )


def _work(rng: Random) -> Image.Image:
    """What hangs in a frame: a landscape or an abstract, in paint-like patches."""
    first, second, third = (vary(rng, rng.choice(SPINES), 0.2) for _ in range(3))
    noise = fractal(rng, (120, 90), rng.uniform(20, 60), 4, stretch=rng.uniform(0.6, 3.0))
    if rng.random() < 0.6:
        noise = Image.blend(noise, Image.linear_gradient("L").resize(noise.size), 0.6)
    return tint(
        noise,
        [
            (0.1, times(first, 0.5)),
            (0.4, first),
            (0.52, mix(second, (230, 220, 200), 0.5)),
            (0.75, second),
            (1, third),
        ],
    )


def _hall(canvas: Canvas, view: Camera, wall: Colour) -> None:
    half, tall, end = 4.6, 5.2, 19.0
    down = [(0.0, 1.0), (0.35, 0.96), (1.0, 0.8)]
    for side in (-1, 1):
        surface(
            canvas,
            view,
            upwall(side * half, 0.5, end, 0, tall),
            wash(wall, [(0, 0.78), (0.5, 0.92), (1, 1.0)], down),
        )
        patch(canvas, view, upwall(side * half, 0.5, end, 0, 0.14), times(wall, 0.6))
    surface(
        canvas, view, front(-half, half, 0, tall, end), wash(wall, [(0, 0.88), (0.5, 1), (1, 0.88)], down)
    )
    patch(canvas, view, front(-1.3, 1.3, 0, 2.9, end - 0.02), times(wall, 0.42))
    patch(canvas, view, front(-1.2, 1.2, 0, 2.8, end - 0.03), mix(times(wall, 0.7), (255, 236, 200), 0.4))
    surface(
        canvas,
        view,
        level(-half, half, tall, 0.5, end),
        wash(times(wall, 0.9), [(0, 0.82), (0.5, 1), (1, 0.82)], [(0, 1), (1, 0.7)]),
    )
    for index in range(7):
        z = 1.2 + index * 2.5
        patch(canvas, view, level(-1.7, 1.7, tall - 0.01, z, z + 1.9), (253, 253, 250))
        pour(canvas, view, [level(-2.4, 2.4, tall - 0.01, z - 0.4, z + 2.3)], (60, 60, 58), 14)
        patches(
            canvas,
            view,
            [level(x - 0.03, x + 0.03, tall - 0.02, z, z + 1.9) for x in (-0.85, 0.0, 0.85)],
            times(wall, 0.76),
        )


def _hung(
    canvas: Canvas, view: Camera, side: int, place: tuple[float, float, float], art: Image.Image
) -> None:
    z, half, tall = place
    x, y = side * 4.58, 1.7
    patch(
        canvas,
        view,
        upwall(x, z - half - 0.04, z + half + 0.1, y - tall / 2 - 0.16, y + tall / 2),
        (20, 18, 16),
        0.4,
        3,
    )
    patch(
        canvas,
        view,
        upwall(x, z - half - 0.06, z + half + 0.06, y - tall / 2 - 0.06, y + tall / 2 + 0.06),
        (58, 46, 36),
    )
    patch(canvas, view, upwall(x, z - half, z + half, y - tall / 2, y + tall / 2), (232, 228, 218))
    surface(
        canvas,
        view,
        upwall(x, z - half + 0.12, z + half - 0.12, y - tall / 2 + 0.12, y + tall / 2 - 0.12),
        art,
    )
    pour(
        canvas,
        view,
        [upwall(x, z - half - 0.3, z + half + 0.3, y - tall / 2 - 0.3, y + tall / 2 + 0.9)],
        (44, 40, 32),
        10,
    )
    patch(canvas, view, upwall(x, z + half + 0.2, z + half + 0.42, 1.3, 1.5), (244, 242, 236))


def _case(canvas: Canvas, camera: Camera, x: float, z: float, wood: Colour) -> None:
    """A plinth with a thing under glass."""
    rng = canvas.rng
    grounded(canvas, camera, x - 0.34, x + 0.34, z, z + 0.7, 0.5)
    chest(canvas, camera, Box(x - 0.34, x + 0.34, 0, 0.95, z, z + 0.68), (222, 220, 214), (0.78, 0.56, 1.0))
    foot, unit = camera.at(x, 0.95, z + 0.34), camera.scale(z + 0.34)
    tone = vary(rng, rng.choice(((150, 96, 52), (96, 120, 122), (168, 150, 120), (70, 62, 58))), 0.1)
    jar = (
        Stencil()
        .ellipse(foot[0], foot[1] - 0.16 * unit, 0.15 * unit, 0.15 * unit)
        .limb((foot[0], foot[1] - 0.2 * unit), (foot[0], foot[1] - 0.42 * unit), 0.1 * unit, 0.05 * unit)
    )
    canvas.model(jar, tone, depth=max(1.5, 0.05 * unit), contrast=1.3)
    glass = [camera.at(x + dx, y, z) for dx, y in ((-0.32, 1.55), (0.32, 1.55), (0.32, 0.95), (-0.32, 0.95))]
    shine(canvas, Stencil().polygon(glass), (26, 28, 30), 0.5)
    edges = (
        Stencil()
        .line([glass[0], glass[1]], 1.0)
        .line([glass[0], glass[3]], 0.8)
        .line([glass[1], glass[2]], 0.8)
    )
    shine(canvas, edges, (120, 122, 122), 0.4)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "library": library,
    "museum_hall": museum_hall,
}
