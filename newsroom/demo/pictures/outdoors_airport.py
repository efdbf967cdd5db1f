"""An airliner on the apron."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, rounded, slab, trapeze
from .land import ground, hills
from .rooms import Look, develop
from .sketch import Sketch, inner
from .skies import Light, haze_band, hour, lit, sky
from .tones import Colour, mix, times, vary


def airport(rng: Random, size: tuple[int, int]) -> Image.Image:
    """An airliner on the apron, the terminal behind it."""
    light = hour(rng, "morning", "golden", "grey", "noon")
    line = round(HEIGHT * rng.uniform(0.56, 0.6))
    canvas = Canvas(rng, sky(rng, light, line))
    hills(canvas, light, line, ((0.05, 0.06), (0.02, 0.04)))
    _terminal(canvas, light, line, rng.choice((-1, 1)))
    haze_band(canvas, light.haze, line, 0.08 * HEIGHT, 0.4)
    apron = lit((150, 148, 144), light, 0.75)
    ground(
        canvas,
        line,
        [(0, mix(apron, light.haze, 0.5)), (0.3, apron), (1, times(apron, 0.66))],
        cell=6,
        stretch=2.4,
        rough=0.3,
    )
    _slabs(canvas, light, line)
    canvas.blur(1.0)
    x, unit = WIDTH * rng.uniform(0.44, 0.52), WIDTH * rng.uniform(0.7, 0.8) / 40
    _airliner(canvas, light, Plane(x, HEIGHT * 0.74, unit, rng.choice((-1.0, 1.0))))
    return develop(canvas, size, Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.45))


def _terminal(canvas: Canvas, light: Light, line: int, side: int) -> None:
    """A long glass front under a waved roof, the tower at its end."""
    rng, sketch = canvas.rng, Sketch(canvas)
    x0, x1 = sorted((WIDTH * (0.5 + side * 0.52), WIDTH * (0.5 - side * 0.24)))
    top = line - 0.1 * HEIGHT
    quad = slab(x0, top, x1, line + 2)
    glass = mix(lit((86, 106, 122), light, 0.7), light.haze, 0.3)
    sketch.shape(quad, glass)
    for column in range(44):
        for row in range(4):
            left, upper = (column + 0.06) / 44, 0.1 + row * 0.19
            part = inner(quad, left, left + 0.02, upper, upper + 0.16)
            sketch.shape(part, vary(rng, mix(glass, light.horizon, 0.4 - 0.08 * row), 0.06))
    waves = [0.035 + 0.012 * ((step % 4) - 2) ** 2 / 4 for step in range(13)]
    roof = [(x0 + (x1 - x0) * step / 12, top - wave * HEIGHT) for step, wave in enumerate(waves)]
    roof = [(x0 - 14, top - 4), *roof, (x1 + 14, top - 4), (x1, top + 4), (x0, top + 4)]
    sketch.shape(roof, mix(lit((214, 214, 210), light, 0.9), light.haze, 0.25))
    _tower(
        sketch,
        WIDTH * (0.5 - side * 0.33),
        line,
        mix(lit((196, 194, 188), light, 0.75), light.haze, 0.34),
        glass,
    )
    sketch.done()


def _tower(sketch: Sketch, x: float, line: int, tone: Colour, glass: Colour) -> None:
    cab, roof = line - 0.3 * HEIGHT, line - 0.315 * HEIGHT
    sketch.shape(trapeze(x, line - 0.25 * HEIGHT, 7, line, 9), tone)
    sketch.shape(trapeze(x, cab, 22, line - 0.25 * HEIGHT, 15), times(glass, 0.8))
    sketch.shape(trapeze(x, roof, 24, line - 0.297 * HEIGHT, 22), tone)
    sketch.line([(x, roof), (x, line - 0.37 * HEIGHT)], tone, 1)


def _slabs(canvas: Canvas, light: Light, line: int) -> None:
    """Joints of the concrete and a yellow guide line."""
    camera, sketch = Camera(4.2, WIDTH * 0.9, line, WIDTH / 2, yaw=0.3), Sketch(canvas)
    joint = lit((96, 94, 92), light, 0.5)
    for index in range(-14, 15):
        for row in range(16):
            z = 4.0 + row * 7
            if (index * 7) * 0.295 + z * 0.955 > 4:
                sketch.line(
                    [camera.at(index * 7, 0, z), camera.at(index * 7, 0, z + 7)],
                    mix(joint, light.haze, min(0.7, z / 160)),
                    0.8,
                )
                sketch.line(
                    [camera.at(index * 7, 0, z), camera.at(index * 7 + 7, 0, z)],
                    mix(joint, light.haze, min(0.7, z / 160)),
                    0.8,
                )
    for row in range(24):
        z = 5.0 + row * 4
        stripe = [
            camera.at(1.0, 0, z + 4),
            camera.at(1.4, 0, z + 4),
            camera.at(1.4, 0, z),
            camera.at(1.0, 0, z),
        ]
        sketch.shape(stripe, mix(lit((206, 166, 70), light, 0.8), light.haze, min(0.6, z / 130)))
    sketch.done()


@dataclass(frozen=True)
class Plane:
    """Where an airliner stands: its middle, its wheels' line, one fortieth of its length, its nose's side."""

    x: float
    y: float
    unit: float
    nose: float

    def at(self, along: float, up: float) -> Point:
        return self.x + along * self.unit * self.nose, self.y - up * self.unit

    def part(self, points: Iterable[Point]) -> Stencil:
        return Stencil().polygon([self.at(*point) for point in points])


FUSELAGE = (
    *((20.2, 3.5), (18.8, 4.7), (16.5, 5.6), (12.0, 5.8), (-12.0, 5.8), (-17.0, 5.6), (-20.4, 5.2)),
    *((-19.5, 4.7), (-13.0, 2.6), (-9.0, 1.9), (15.0, 1.9), (18.5, 2.5)),
)
FIN = ((-19.4, 12.4), (-17.2, 12.4), (-12.4, 5.6), (-18.4, 5.4))
TAIL = ((-14.5, 5.2), (-17.6, 5.2), (-21.4, 6.3), (-20.2, 6.4))
WING = ((4.5, 2.9), (-3.5, 2.7), (-11.5, 1.0), (-9.6, 1.0), (2.0, 2.1))
FAR_WING = ((1.5, 3.0), (-4.0, 3.0), (-9.5, 4.6), (-8.2, 4.7))
ENGINE = ((6.9, 2.1), (6.9, 0.7), (2.8, 0.8), (1.8, 1.4), (2.8, 2.0))
STRIPE = ((-8.0, 2.55), (17.8, 2.55), (16.6, 2.2), (-8.0, 2.1))


def _airliner(canvas: Canvas, light: Light, plane: Plane) -> None:
    """Seen from the side, standing."""
    rng, unit, side = canvas.rng, plane.unit, light.side
    livery = rng.choice(((44, 82, 134), (150, 58, 56), (40, 110, 112), (96, 74, 120)))
    white = lit((232, 233, 234), light, 0.88)
    canvas.shadow(plane.x, plane.y + unit * 0.1, unit * 18.4, unit * 1.1, 0.6)
    canvas.model(plane.part(FIN), lit(livery, light, 0.8), side=side, depth=4)
    canvas.stamp(plane.part(FAR_WING), times(white, 0.6))
    canvas.model(plane.part(rounded(FUSELAGE, 3)), white, side=side * 0.3, depth=unit * 0.95, contrast=1.35)
    canvas.stamp(plane.part(STRIPE), lit(livery, light, 0.7), alpha=0.75, blur=1.2)
    _cabin_windows(canvas, plane, lit((44, 52, 62), light, 0.6))
    canvas.model(plane.part(TAIL), times(white, 0.86), side=side, depth=2)
    canvas.model(
        plane.part(rounded(ENGINE, 2)), times(white, 0.84), side=side * 0.3, depth=unit * 0.4, contrast=1.3
    )
    canvas.stamp(
        Stencil().ellipse(*plane.at(6.85, 1.4), unit * 0.16, unit * 0.66), lit((52, 56, 62), light, 0.4)
    )
    canvas.model(plane.part(WING), times(white, 0.82), side=side, depth=3)
    gear = Stencil().line([plane.at(15, 2), plane.at(15, 0.5)], unit * 0.22)
    gear.line([plane.at(-1.5, 2), plane.at(-1.5, 0.6)], unit * 0.3)
    canvas.stamp(gear, lit((120, 122, 124), light, 0.5))
    wheels = Stencil()
    for along, r in ((14.7, 0.42), (15.4, 0.42), (-2.1, 0.58), (-0.9, 0.58)):
        wheels.ellipse(*plane.at(along, r), unit * r)
    canvas.stamp(wheels, lit((38, 38, 42), light, 0.5), blur=0.4)


def _cabin_windows(canvas: Canvas, plane: Plane, dark: Colour) -> None:
    panes, unit = Stencil(), plane.unit
    for index in range(42):
        panes.ellipse(*plane.at(-13.5 + index * 0.66, 4.35), unit * 0.13, unit * 0.2)
    panes.polygon([plane.at(*point) for point in ((18.2, 4.75), (19.1, 4.25), (18.0, 4.2), (17.2, 4.8))])
    canvas.stamp(panes, dark, alpha=0.9)
    doors = Stencil()
    for along in (15.3, -15.2):
        frame = ((along, 4.9), (along, 3.2), (along + 0.9, 3.2), (along + 0.9, 4.9), (along, 4.9))
        doors.line([plane.at(*point) for point in frame], max(0.6, unit * 0.05))
    canvas.stamp(doors, dark, alpha=0.5)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "airport": airport,
}
