"""Rooms where people are looked after, taught and examined: hospital corridor, classroom, laboratory."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageFilter

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil, rounded
from .lights import bokeh
from .rooms import (
    MIL, Box, Look, chest, develop, floor, focus, front, grounded, lens, level, mirror, nearby, patch, patches, pour, shine,
    surface, upwall, wash, worn,
)  # fmt: skip
from .tones import Colour, gradient, mix, times, vary

_END = 26.0


def hospital_corridor(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A long empty corridor with doors on both sides, ceiling lights mirrored in the linoleum."""
    evening = rng.random() < 0.5
    camera = lens(1.45, rng.uniform(0.72, 0.92), rng.uniform(0.46, 0.52), rng.uniform(0.42, 0.58))
    wall = vary(rng, (206, 212, 208), 0.03) if not evening else vary(rng, (168, 180, 186), 0.04)
    band = vary(rng, rng.choice(((112, 142, 140), (120, 138, 158), (158, 146, 126))), 0.06)
    canvas = Canvas(rng, times(wall, 0.7))
    doors = [(side, z + rng.uniform(-0.3, 0.3)) for z in (3.4, 7.6, 11.8, 16.4, 21.0) for side in (-1, 1) if rng.random() < 0.9]
    lit = [index for index in range(9) if not evening or index % 2 == 0 or rng.random() < 0.25]
    for view in (mirror(camera), camera):
        _corridor(canvas, view, wall, band, lit)
        for side, z in sorted(doors, key=lambda one: -one[1]):
            _ward_door(canvas, view, side, z, band, evening)
        if view is not camera:
            floor(canvas, camera, times(wall, 0.86), times(band, 0.62), gloss=(0.72, 0.4), blur=9)
    _parked(canvas, camera, rng.choice((-1, 1)), rng.uniform(4.6, 6.2))
    worn(canvas, 0.1)
    focus(canvas, nearby(0.86, 1.3), 3.0)
    return develop(canvas, size, Look(warmth=-0.15 if evening else 0.05, vignette=0.42 if evening else 0.3, bloom=0.6))


def _corridor(canvas: Canvas, view: Camera, wall: Colour, band: Colour, lit: list[int]) -> None:
    half, tall = 1.35, 2.65
    paint = wash(wall, [(0, 0.72), (0.4, 0.86), (1, 1.0)], [(0, 0.86), (0.3, 1.0), (1, 0.84)])
    for side in (-1, 1):
        surface(canvas, view, upwall(side * half, 0.4, _END, 0, tall), paint)
        patch(canvas, view, upwall(side * half, 0.4, _END, 0.12, 0.98), band, 0.8)
        patch(canvas, view, upwall(side * half, 0.4, _END, 0, 0.12), times(band, 0.5))
        patch(canvas, view, upwall(side * (half - 0.07), 0.4, _END, 0.86, 0.98), (176, 150, 118))
        patch(canvas, view, upwall(side * (half - 0.05), 0.4, _END, 0.8, 0.86), (60, 62, 62), 0.4, 1.0)
    surface(canvas, view, level(-half, half, tall, 0.4, _END), wash(times(wall, 0.92), down=[(0, 1), (0.8, 0.8), (1, 0.66)]))
    for index in range(9):
        z = 1.6 + index * 2.8
        panel = level(-0.32, 0.32, tall - 0.01, z, z + 1.25)
        patch(canvas, view, panel, (252, 253, 250) if index in lit else times(wall, 0.74))
        if index in lit:
            pour(canvas, view, [level(-0.6, 0.6, tall - 0.01, z - 0.25, z + 1.5)], (84, 86, 84), 9)
    patch(canvas, view, front(-half, half, 0, tall, _END), times(wall, 0.9))
    patch(canvas, view, front(-1.0, 1.0, 0, 2.2, _END - 0.05), (236, 242, 244))
    patches(canvas, view, [front(x - 0.03, x + 0.03, 0, 2.2, _END - 0.1) for x in (-1.0, 0.0, 1.0)], times(band, 0.6))


def _ward_door(canvas: Canvas, view: Camera, side: int, z: float, band: Colour, evening: bool) -> None:
    x = side * 1.34
    patch(canvas, view, upwall(x, z - 0.08, z + 1.28, 0, 2.16), (146, 148, 146))
    leaf = wash(mix((186, 160, 128), band, 0.15), [(0, 0.72), (1, 0.88)], [(0, 1), (1, 0.82)], (24, 40))
    surface(canvas, view, upwall(x, z, z + 1.2, 0, 2.08), leaf)
    glass = (60, 74, 84) if evening else (214, 224, 226)
    patch(canvas, view, upwall(x, z + 0.18, z + 0.42, 1.05, 1.8), glass)
    patch(canvas, view, upwall(x - side * 0.05, z + 1.02, z + 1.07, 0.9, 1.3), (216, 218, 218))
    patch(canvas, view, upwall(x, z + 1.4, z + 1.75, 1.5, 1.78), (238, 240, 240))
    patch(canvas, view, upwall(x, z + 1.44, z + 1.6, 1.6, 1.7), times(band, 0.7))


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
    camera = lens(rng.uniform(1.5, 1.75), rng.uniform(0.66, 0.78), rng.uniform(0.4, 0.45), 0.5 + side * rng.uniform(0.02, 0.09))
    wall = vary(rng, (222, 214, 196), 0.03)
    canvas = Canvas(rng, times(wall, 0.8))
    outside = vary(rng, rng.choice(((236, 242, 240), (240, 236, 220), (220, 232, 240))), 0.02)
    for view in (mirror(camera), camera):
        _school_room(canvas, view, side, wall, outside)
        if view is not camera:
            floor(canvas, camera, (178, 146, 108), (112, 82, 56), gloss=(0.5, 0.14), blur=12)
            patches(canvas, camera, [level(x, x + 0.012, 0, 1.2, 9) for x in _steps(-3.8, 3.8, 0.32)], (60, 40, 26), 0.4)
            _sun_on_floor(canvas, camera, side)
    for row in range(4, -1, -1):
        for column in (-2.4, -0.8, 0.8, 2.4):
            _pupil_desk(canvas, camera, column + rng.uniform(-0.05, 0.05), 2.1 + row * 1.2 + rng.uniform(-0.06, 0.06), side)
    _shaft(canvas, side)
    worn(canvas, 0.1)
    focus(canvas, nearby(0.74, 1.1), 5.0)
    return develop(canvas, size, Look(warmth=0.4, contrast=0.4, saturation=0.8, vignette=0.34, bloom=0.75))


def _steps(start: float, end: float, step: float) -> list[float]:
    return [start + index * step for index in range(int((end - start) / step) + 1)]


def _school_room(canvas: Canvas, view: Camera, side: int, wall: Colour, outside: Colour) -> None:
    half, tall, end = 3.9, 2.9, 9.0
    shade = [(0, 0.72), (1, 0.95)]
    surface(canvas, view, upwall(-side * half, 0.4, end, 0, tall), wash(wall, shade, [(0, 0.9), (1, 0.82)]))
    patch(canvas, view, upwall(-side * half, 0.4, end, 0, 0.95), (150, 124, 92), 0.75)
    surface(canvas, view, upwall(side * half, 0.4, end, 0, tall), wash(times(wall, 0.62), shade))
    surface(canvas, view, level(-half, half, tall, 0.4, end), wash((206, 202, 192), down=[(0, 0.95), (1, 0.6)]))
    light = wash(wall, [(0, 1.0), (1, 0.72)] if side < 0 else [(0, 0.72), (1, 1.0)], [(0, 0.85), (0.5, 1), (1, 0.8)])
    surface(canvas, view, front(-half, half, 0, tall, end), light)
    for index in range(4):
        z = 0.9 + index * 2.05
        patch(canvas, view, upwall(side * half, z, z + 1.75, 0.9, 2.6), outside)
        patch(canvas, view, upwall(side * half, z, z + 1.75, 0.9, 1.45), (148, 166, 128), 0.55, 6)
        bars = [upwall(side * (half - 0.03), place - 0.03, place + 0.03, 0.9, 2.6) for place in (z, z + 0.87, z + 1.75)]
        patches(canvas, view, [*bars, upwall(side * (half - 0.03), z, z + 1.75, 1.42, 1.48)], (150, 146, 138))
    _board(canvas, view, end)
    for x in (-1.7, 1.7):
        for z in (2.5, 5.0, 7.5):
            patch(canvas, view, level(x - 0.6, x + 0.6, tall - 0.02, z, z + 0.22), (250, 248, 240))


def _board(canvas: Canvas, view: Camera, end: float) -> None:
    patch(canvas, view, front(-2.16, 2.16, 0.9, 2.26, end - 0.02), (148, 118, 84))
    board = wash((62, 92, 78), [(0, 0.9), (0.5, 1), (1, 0.8)], [(0, 1), (1, 0.86)], pools=[(0.3, 0.3, 0.5, 0.8, (30, 34, 30))])
    surface(canvas, view, front(-2.1, 2.1, 0.98, 2.2, end - 0.03), board)
    patch(canvas, view, front(-2.1, 2.1, 0.9, 0.95, end - 0.1), (176, 148, 110))
    patches(canvas, view, [front(-1.7, -0.4, y, y + 0.03, end - 0.05) for y in (1.9, 1.72)], (200, 210, 202), 0.35, 1.2)
    patch(canvas, view, front(-0.32, 0.32, 2.42, 2.78, end - 0.03), (236, 234, 226))
    patch(canvas, view, front(2.5, 3.5, 1.0, 2.1, end - 0.03), (196, 176, 140))
    for x, y, tone in ((2.6, 1.62, (226, 220, 206)), (3.02, 1.5, (180, 196, 204)), (2.64, 1.12, (222, 196, 160)), (3.1, 1.1, (228, 226, 220))):
        patch(canvas, view, front(x, x + 0.34, y, y + 0.4, end - 0.04), tone)
    chest(canvas, view, Box(-0.55, 0.55, 0.0, 1.0, end - 1.1, end - 0.6), (138, 104, 72))


def _sun_on_floor(canvas: Canvas, camera: Camera, side: int) -> None:
    many = []
    for index in range(4):
        z, x = 0.9 + index * 2.05, side * 3.6
        for part in (0.0, 0.9):
            near, far = z + part - 0.5, z + part + 0.3
            many.append([(x, 0.0, far), (x - side * 2.3, 0.0, far - 0.8), (x - side * 2.3, 0.0, near - 0.8), (x, 0.0, near)])
    pour(canvas, camera, many, (128, 104, 66), 5.0)


def _pupil_desk(canvas: Canvas, camera: Camera, x: float, z: float, side: int) -> None:
    grounded(canvas, camera, x - 0.34, x + 0.34, z - 0.5, z + 0.4, 0.4)
    metal, wood = (96, 98, 98), (196, 158, 112)
    legs = [front(px - 0.016, px + 0.016, 0, 0.7, pz) for px in (x - 0.3, x + 0.3) for pz in (z + 0.4, z)]
    patches(canvas, camera, legs, metal)
    chest(canvas, camera, Box(x - 0.34, x + 0.34, 0.6, 0.69, z, z + 0.44), (140, 112, 82), (0.6, 0.45, 0.8))
    chest(canvas, camera, Box(x - 0.36, x + 0.36, 0.69, 0.72, z - 0.01, z + 0.46), wood, (0.8, 0.7, 1.12))
    pour(canvas, camera, [level(x + side * 0.05, x + side * 0.36, 0.721, z, z + 0.45)], (70, 62, 48), 2.4)
    chair = [front(px - 0.014, px + 0.014, 0, 0.84, z - 0.46) for px in (x - 0.18, x + 0.18)]
    patches(canvas, camera, [*chair, *[front(px - 0.014, px + 0.014, 0, 0.42, z - 0.1) for px in (x - 0.18, x + 0.18)]], times(metal, 0.8))
    chest(canvas, camera, Box(x - 0.2, x + 0.2, 0.41, 0.44, z - 0.46, z - 0.08), wood, (0.62, 0.5, 0.95))
    chest(canvas, camera, Box(x - 0.2, x + 0.2, 0.62, 0.84, z - 0.48, z - 0.46), wood, (0.66, 0.5, 1.15))


def _shaft(canvas: Canvas, side: int) -> None:
    """The air between the windows and the floor, bright with dust."""
    edge = 0 if side < 0 else WIDTH
    for start, width in ((0.12, 0.1), (0.32, 0.12)):
        far = edge - side * 0.62 * WIDTH
        cone = [(edge, start * HEIGHT), (edge, (start + width) * HEIGHT), (far, 0.95 * HEIGHT), (far + side * 0.26 * WIDTH, 0.95 * HEIGHT)]
        shine(canvas, Stencil().polygon(cone), (26, 23, 17), 22)


def laboratory(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Glassware on a bench in front, the room behind it out of focus."""
    cool = vary(rng, rng.choice(((148, 168, 178), (160, 172, 168), (136, 158, 176))), 0.05)
    back = gradient((WIDTH, HEIGHT), [(0, times(cool, 1.16)), (0.55, times(cool, 0.9)), (1, times(cool, 0.5))])
    canvas = Canvas(rng, back)
    camera = lens(1.35, 0.95, 0.42, rng.uniform(0.4, 0.6))
    _lab_room(canvas, camera, cool, rng.choice((-1, 1)))
    canvas.blur(9 * MIL)
    bokeh(canvas, (0, 0.08 * HEIGHT, WIDTH, 0.5 * HEIGHT), 9, 26 * MIL, ((220, 236, 244), (250, 240, 214), (190, 220, 232)), 0.3)
    line = 0.66 * HEIGHT
    mirrored = canvas.image.crop((0, round(line - HEIGHT * 0.34), WIDTH, round(line))).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    bench = Image.blend(mirrored, gradient(mirrored.size, [(0, times(cool, 1.1)), (1, times(cool, 0.42))]), 0.62)
    canvas.image.paste(bench, (0, round(line)))
    shine(canvas, Stencil().box(0, line - 2 * MIL, WIDTH, line + 3 * MIL), (60, 66, 70), 3)
    x = rng.uniform(0.1, 0.18) * WIDTH
    while x < 0.92 * WIDTH:
        kind = rng.choice(("flask", "cylinder", "beaker", "flask", "bottle"))
        tall = rng.uniform(0.26, 0.42) * HEIGHT * (0.7 if kind == "beaker" else 1.0)
        x += _glass(canvas, rng, kind, x, line + rng.uniform(0.05, 0.14) * HEIGHT, tall, cool) + rng.uniform(20, 90) * MIL
    return develop(canvas, size, Look(warmth=-0.12, contrast=0.42, saturation=0.82, vignette=0.36, bloom=0.6))


def _lab_room(canvas: Canvas, camera: Camera, cool: Colour, side: int) -> None:
    for index in range(4):
        z = 2.4 + index * 2.0
        patch(canvas, camera, upwall(side * 3.0, z, z + 1.6, 1.0, 2.7), (240, 246, 248))
        chest(canvas, camera, Box(*((-3.0, -2.4) if side > 0 else (2.4, 3.0)), 1.5, 2.4, z, z + 1.7), (206, 214, 214))
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
    for x, tone in ((-1.2, (70, 80, 88)), (-0.4, (222, 226, 226)), (0.5, (90, 104, 112)), (1.0, (200, 206, 206))):
        chest(canvas, camera, Box(x - 0.2, x + 0.2, 0.92, 0.92 + canvas.rng.uniform(0.25, 0.6), 5.6, 6.0), tone)


_LIQUIDS: tuple[Colour, ...] = ((86, 134, 148), (172, 128, 62), (120, 150, 104), (184, 196, 198), (150, 96, 84), (96, 112, 152))


def _outline(kind: str, x: float, foot: float, tall: float) -> tuple[list[tuple[float, float]], float]:
    """The right-hand profile as (share of half width, height share) mirrored, and the half width."""
    shapes: dict[str, tuple[float, list[tuple[float, float]]]] = {
        "flask": (0.36, [(0.24, 1.0), (0.2, 0.97), (0.2, 0.62), (0.96, 0.1), (1.0, 0.04), (0.93, 0.0)]),
        "cylinder": (0.12, [(1.15, 1.0), (1.0, 0.97), (1.0, 0.06), (1.7, 0.04), (1.7, 0.0)]),
        "beaker": (0.4, [(1.08, 1.0), (1.0, 0.95), (1.0, 0.05), (0.94, 0.0)]),
        "bottle": (0.24, [(0.42, 1.0), (0.42, 0.82), (0.5, 0.76), (1.0, 0.64), (1.0, 0.04), (0.95, 0.0)]),
    }
    wide, profile = shapes[kind]
    half = tall * wide
    right = [(x + share * half, foot - height * tall) for share, height in profile]
    return right + [(2 * x - px, py) for px, py in reversed(right)], half


def _glass(canvas: Canvas, rng: Random, kind: str, left: float, foot: float, tall: float, cool: Colour) -> float:
    """One vessel standing at `foot`; its width. Glass is seen by its dark edges, its liquid and its lights."""
    _, half = _outline(kind, 0, foot, tall)
    x = left + half
    points, _ = _outline(kind, x, foot, tall)
    shape = rounded(points, 2)
    canvas.shadow(x, foot, half * 1.15, half * 0.16, 0.5)
    tone = rng.choice(_LIQUIDS)
    outline = Stencil().polygon(shape).render()
    if outline is None:
        return half * 2
    mask, px, py = outline
    body = canvas.image.crop((px, py, px + mask.width, py + mask.height))
    seen = ImageChops.offset(body, round(half * 0.5), 0).point([round(v * 0.96) for v in range(256)] * 3)
    fill = rng.uniform(0.25, 0.55)
    liquid = Image.blend(seen, gradient(seen.size, [(0, times(tone, 1.35)), (1, times(tone, 0.7))]), 0.74)
    surface_line = round(mask.height * (1 - fill))
    seen.paste(liquid.crop((0, surface_line, mask.width, mask.height)), (0, surface_line))
    edge = ImageChops.subtract(mask, mask.filter(ImageFilter.GaussianBlur(half * 0.16)).point([max(0, v * 2 - 255) for v in range(256)]))
    seen.paste(times(cool, 0.36), (0, 0), edge.point([v * 6 // 10 for v in range(256)]))
    canvas.image.paste(seen, (px, py), mask)
    level_y = foot - fill * tall
    shine(canvas, Stencil().ellipse(x, level_y, half * 0.5, 2.4 * MIL), (90, 96, 96), 1.0)
    reach = 0.2 if kind in ("flask", "bottle") else 0.7
    shine(canvas, Stencil().limb((x - half * reach, foot - tall * 0.9), (x - half * min(0.72, reach * 3), foot - tall * 0.14), 2.4 * MIL, 4 * MIL),
          (150, 156, 156), 1.6)  # fmt: skip
    shine(canvas, Stencil().ellipse(x, foot - tall * 0.985, half * reach * 1.1, 2.6 * MIL), (130, 138, 140), 0.8)
    shine(canvas, Stencil().ellipse(x + half * 0.3, foot + tall * 0.05, half * 0.8, tall * 0.03), times(tone, 0.5), 6)
    return half * 2


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "hospital_corridor": hospital_corridor,
    "classroom": classroom,
    "laboratory": laboratory,
}
