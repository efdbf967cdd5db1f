"""An airliner on the apron."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from PIL import Image

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, rounded
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
    _airliner(
        canvas,
        light,
        WIDTH * rng.uniform(0.44, 0.52),
        HEIGHT * 0.74,
        WIDTH * rng.uniform(0.7, 0.8),
        rng.choice((-1.0, 1.0)),
    )
    return develop(canvas, size, Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.45))


def _terminal(canvas: Canvas, light: Light, line: int, side: int) -> None:
    rng, sketch = canvas.rng, Sketch(canvas)
    x0, x1 = sorted((WIDTH * (0.5 + side * 0.52), WIDTH * (0.5 - side * 0.24)))
    top = line - 0.1 * HEIGHT
    quad = [(x0, top), (x1, top), (x1, line + 2), (x0, line + 2)]
    glass = mix(lit((86, 106, 122), light, 0.7), light.haze, 0.3)
    sketch.shape(quad, glass)
    for column in range(44):
        for row in range(4):
            part = inner(
                quad, (column + 0.06) / 44, (column + 0.94) / 44, 0.1 + row * 0.19, 0.26 + row * 0.19
            )
            sketch.shape(part, vary(rng, mix(glass, light.horizon, 0.4 - 0.08 * row), 0.06))
    roof = [
        (x0 - 14, top - 4),
        *[
            (x0 + (x1 - x0) * step / 12, top - (0.035 + 0.012 * ((step % 4) - 2) ** 2 / 4) * HEIGHT)
            for step in range(13)
        ],
        (x1 + 14, top - 4),
        (x1, top + 4),
        (x0, top + 4),
    ]
    sketch.shape(roof, mix(lit((214, 214, 210), light, 0.9), light.haze, 0.25))
    tower = WIDTH * (0.5 - side * 0.33)
    tone = mix(lit((196, 194, 188), light, 0.75), light.haze, 0.34)
    sketch.shape(
        [
            (tower - 7, line - 0.25 * HEIGHT),
            (tower + 7, line - 0.25 * HEIGHT),
            (tower + 9, line),
            (tower - 9, line),
        ],
        tone,
    )
    sketch.shape(
        [
            (tower - 22, line - 0.3 * HEIGHT),
            (tower + 22, line - 0.3 * HEIGHT),
            (tower + 15, line - 0.25 * HEIGHT),
            (tower - 15, line - 0.25 * HEIGHT),
        ],
        times(glass, 0.8),
    )
    sketch.shape(
        [
            (tower - 24, line - 0.315 * HEIGHT),
            (tower + 24, line - 0.315 * HEIGHT),
            (tower + 22, line - 0.297 * HEIGHT),
            (tower - 22, line - 0.297 * HEIGHT),
        ],
        tone,
    )
    sketch.line([(tower, line - 0.315 * HEIGHT), (tower, line - 0.37 * HEIGHT)], tone, 1)
    sketch.done()


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


def _airliner(canvas: Canvas, light: Light, x: float, y: float, length: float, nose: float) -> None:
    """Seen from the side; y where its wheels stand."""
    rng, unit = canvas.rng, length / 40
    livery = rng.choice(((44, 82, 134), (150, 58, 56), (40, 110, 112), (96, 74, 120)))

    def at(along: float, up: float) -> Point:
        return x + along * unit * nose, y - up * unit

    def part(*points: Point) -> list[Point]:
        return [at(*point) for point in points]

    white = lit((232, 233, 234), light, 0.88)
    canvas.shadow(x, y + unit * 0.1, length * 0.46, unit * 1.1, 0.6)
    fin = part((-19.4, 12.4), (-17.2, 12.4), (-12.4, 5.6), (-18.4, 5.4))
    canvas.model(Stencil().polygon(fin), lit(livery, light, 0.8), side=light.side, depth=4)
    far_wing = part((1.5, 3.0), (-4, 3.0), (-9.5, 4.6), (-8.2, 4.7))
    canvas.polygon(far_wing, times(white, 0.6))
    body = rounded(
        part(
            (20.2, 3.5),
            (18.8, 4.7),
            (16.5, 5.6),
            (12, 5.8),
            (-12, 5.8),
            (-17, 5.6),
            (-20.4, 5.2),
            (-19.5, 4.7),
            (-13, 2.6),
            (-9, 1.9),
            (15, 1.9),
            (18.5, 2.5),
        ),
        3,
    )
    canvas.model(Stencil().polygon(body), white, side=light.side * 0.3, depth=unit * 0.95, contrast=1.35)
    canvas.polygon(part((-8, 2.55), (17.8, 2.55), (16.6, 2.2), (-8, 2.1)), lit(livery, light, 0.7), 0.75, 1.2)
    _cabin_windows(canvas, at, unit, lit((44, 52, 62), light, 0.6))
    canvas.model(
        Stencil().polygon(part((-14.5, 5.2), (-17.6, 5.2), (-21.4, 6.3), (-20.2, 6.4))),
        times(white, 0.86),
        side=light.side,
        depth=2,
    )
    for along in (4.4,):
        canvas.model(
            Stencil().polygon(
                rounded(
                    part(
                        (along + 2.5, 2.1),
                        (along + 2.5, 0.7),
                        (along - 1.6, 0.8),
                        (along - 2.6, 1.4),
                        (along - 1.6, 2.0),
                    ),
                    2,
                )
            ),
            times(white, 0.84),
            side=light.side * 0.3,
            depth=unit * 0.4,
            contrast=1.3,
        )
        canvas.stamp(
            Stencil().ellipse(*at(along + 2.45, 1.4), unit * 0.16, unit * 0.66), lit((52, 56, 62), light, 0.4)
        )
    canvas.model(
        Stencil().polygon(part((4.5, 2.9), (-3.5, 2.7), (-11.5, 1.0), (-9.6, 1.0), (2.0, 2.1))),
        times(white, 0.82),
        side=light.side,
        depth=3,
    )
    gear = (
        Stencil().line([at(15, 2), at(15, 0.5)], unit * 0.22).line([at(-1.5, 2), at(-1.5, 0.6)], unit * 0.3)
    )
    canvas.stamp(gear, lit((120, 122, 124), light, 0.5))
    wheels = Stencil()
    for along, r in ((14.7, 0.42), (15.4, 0.42), (-2.1, 0.58), (-0.9, 0.58)):
        wheels.ellipse(*at(along, r), unit * r)
    canvas.stamp(wheels, lit((38, 38, 42), light, 0.5), blur=0.4)


def _cabin_windows(canvas: Canvas, at: Callable[[float, float], Point], unit: float, dark: Colour) -> None:
    panes = Stencil()
    for index in range(42):
        panes.ellipse(*at(-13.5 + index * 0.66, 4.35), unit * 0.13, unit * 0.2)
    panes.polygon([at(18.2, 4.75), at(19.1, 4.25), at(18.0, 4.2), at(17.2, 4.8)])
    canvas.stamp(panes, dark, alpha=0.9)
    doors = Stencil()
    for along in (15.3, -15.2):
        doors.line(
            [at(along, 4.9), at(along, 3.2), at(along + 0.9, 3.2), at(along + 0.9, 4.9), at(along, 4.9)],
            max(0.6, unit * 0.05),
        )
    canvas.stamp(doors, dark, alpha=0.5)


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "airport": airport,
}
