"""Boats, a lighthouse, a breakwater."""

from __future__ import annotations

from dataclasses import dataclass

from .canvas import Canvas, Point, Stencil, rounded, trapeze
from .lights import lamp
from .skies import Light, lit
from .tones import Colour, mix, times, vary

HULLS: tuple[Colour, ...] = (
    (226, 228, 226),
    (214, 220, 222),
    (226, 222, 210),
    (70, 100, 136),
    (84, 122, 120),
)
BANDS: tuple[Colour, ...] = ((52, 92, 136), (150, 62, 52), (56, 112, 96), (44, 60, 84))


@dataclass(frozen=True)
class Hull:
    """Where a boat lies: the middle of its waterline, its length in pixels, the bow to the left or right."""

    x: float
    y: float
    length: float
    bow: float = 1.0

    def at(self, along: float, up: float) -> Point:
        """`along` from -1 (stern) to 1 (bow), `up` in half lengths."""
        return self.x + along * self.length / 2 * self.bow, self.y - up * self.length / 2

    def part(self, *points: Point) -> list[Point]:
        return [self.at(*point) for point in points]


def boat(
    canvas: Canvas, hull: Hull, light: Light, *, fog: float = 0.0, lamps: bool = False, share: float = 0.75
) -> None:
    """A small fishing boat seen from the side; `lamps` hangs the bulbs of a night catch over its deck."""
    rng = canvas.rng
    paint, band = vary(rng, rng.choice(HULLS), 0.05), vary(rng, rng.choice(BANDS), 0.1)

    def seen(colour: Colour, part: float = share) -> Colour:
        return mix(lit(colour, light, part), light.haze, fog)

    deep = max(1.0, hull.length * 0.012)
    top: list[Point] = [(-0.97, 0.2), (-0.5, 0.17), (0.0, 0.17), (0.5, 0.25), (1.0, 0.42)]
    under: list[Point] = [(0.9, 0.1), (0.8, -0.01), (-0.93, -0.01)]
    canvas.model(
        Stencil().polygon(hull.part(*top, *under)), seen(paint), side=light.side, depth=deep * 1.5, rough=0.18
    )
    canvas.polygon(
        hull.part(
            (-0.965, 0.16),
            (-0.5, 0.13),
            (0, 0.13),
            (0.5, 0.2),
            (0.97, 0.36),
            (0.955, 0.3),
            (0.5, 0.16),
            (0, 0.1),
            (-0.5, 0.1),
            (-0.955, 0.12),
        ),
        seen(band),
    )
    canvas.polygon(
        hull.part((0.83, 0.03), (0.8, -0.012), (-0.93, -0.012), (-0.945, 0.03)), seen((96, 48, 44), 0.3), 0.85
    )
    _cabin(canvas, hull, light, fog, share, deep)
    tyres = Stencil()
    for along in (-0.6, -0.25, 0.1, 0.4):
        tyres.ellipse(*hull.at(along, 0.09 + max(0.0, along) * 0.12), hull.length * 0.017)
    canvas.stamp(tyres, seen((34, 34, 36), 0.4), blur=0.4)
    _rigging(canvas, hull, seen((70, 70, 72), 0.5), lamps)


def _cabin(canvas: Canvas, hull: Hull, light: Light, fog: float, share: float, deep: float) -> None:
    def seen(colour: Colour, part: float) -> Colour:
        return mix(lit(colour, light, part), light.haze, fog)

    wall = vary(canvas.rng, (222, 224, 220), 0.05)
    canvas.model(
        Stencil().polygon(hull.part((-0.68, 0.52), (-0.08, 0.5), (-0.02, 0.16), (-0.7, 0.16))),
        seen(wall, share),
        side=light.side,
        depth=deep,
    )
    canvas.polygon(
        hull.part((-0.62, 0.47), (-0.12, 0.455), (-0.1, 0.34), (-0.63, 0.34)),
        seen((44, 54, 64), 0.7),
        0.95,
        0.3,
    )
    bars = Stencil()
    for along in (-0.5, -0.36, -0.22):
        bars.polygon(hull.part((along, 0.48), (along + 0.025, 0.48), (along + 0.025, 0.33), (along, 0.33)))
    canvas.stamp(bars, seen(wall, share * 0.8))
    canvas.polygon(
        hull.part((-0.74, 0.56), (-0.02, 0.53), (-0.02, 0.5), (-0.74, 0.52)), seen(times(wall, 0.86), share)
    )
    canvas.polygon(
        hull.part((-0.95, 0.3), (-0.74, 0.3), (-0.74, 0.18), (-0.95, 0.2)),
        seen((70, 96, 110), share),
        0.9,
        0.5,
    )
    canvas.polygon(
        rounded(hull.part((0.1, 0.28), (0.42, 0.3), (0.44, 0.2), (0.08, 0.16)), 2),
        seen((182, 112, 60), share),
        0.85,
        0.5,
    )


def _rigging(canvas: Canvas, hull: Hull, colour: Colour, lamps: bool) -> None:
    thick = max(0.8, hull.length * 0.009)
    lines = Stencil()
    tips = ((-0.35, 1.12, 0.54), (0.5, 0.95, 0.25))
    for along, tip, foot in tips:
        lines.line([hull.at(along, foot), hull.at(along - 0.02, tip)], thick)
        lines.line([hull.at(along - 0.1, tip * 0.82), hull.at(along + 0.08, tip * 0.84)], thick * 0.6)
    for first, second in (
        ((-0.37, 1.12), (-0.95, 0.2)),
        ((-0.37, 1.12), (0.48, 0.95)),
        ((0.48, 0.95), (0.99, 0.42)),
    ):
        lines.line([hull.at(*first), hull.at(*second)], max(0.5, thick * 0.35))
    for along in (0.62, 0.74, 0.86, 0.97):
        lines.line(
            [hull.at(along, 0.25 + (along - 0.5) * 0.3), hull.at(along, 0.4 + (along - 0.5) * 0.34)],
            thick * 0.4,
        )
    canvas.stamp(lines, colour, alpha=0.9)
    bulbs = Stencil()
    for step in range(9):
        along = -0.3 + step * 0.09
        sag = 0.78 - 0.06 * (1 - ((step - 4) / 4) ** 2)
        if lamps:
            lamp(canvas, *hull.at(along, sag), max(1.2, hull.length * 0.012), (255, 240, 206), 9)
        else:
            bulbs.ellipse(*hull.at(along, sag), max(0.8, hull.length * 0.011), max(1.0, hull.length * 0.016))
    canvas.stamp(bulbs, mix(colour, (230, 230, 220), 0.7), alpha=0.9)


def lighthouse(
    canvas: Canvas,
    x: float,
    foot: float,
    height: float,
    light: Light,
    colour: Colour,
    *,
    lantern: bool = False,
) -> None:
    """A round tower with a gallery and a lamp house, on the end of a breakwater."""

    def seen(tone: Colour, share: float = 0.8) -> Colour:
        return mix(lit(tone, light, share), light.haze, 0.2)

    def up(share: float) -> float:
        return foot - height * share

    half, side = height * 0.11, light.side
    canvas.model(
        Stencil().polygon(trapeze(x, up(0.08), half * 1.7, foot, half * 1.7)),
        seen((190, 188, 182)),
        side=side,
        depth=2,
    )
    tower = Stencil().polygon(trapeze(x, up(0.74), half * 0.62, up(0.05), half))
    canvas.model(tower, seen(colour), side=side, depth=max(2.0, half * 0.5), contrast=1.2)
    canvas.polygon(trapeze(x, up(0.77), half * 1.05, up(0.73), half * 0.9), seen(times(colour, 0.7)))
    canvas.polygon(trapeze(x, up(0.89), half * 0.42, up(0.77), half * 0.42), seen((70, 84, 92), 0.6))
    canvas.model(
        Stencil().polygon(trapeze(x, up(1.0), 0, up(0.88), half * 0.6)), seen(colour), side=side, depth=2
    )
    canvas.polygon(trapeze(x, up(0.6), half * 0.16, up(0.53), half * 0.16), seen((50, 56, 62), 0.5))
    if lantern:
        lamp(canvas, x, up(0.83), height * 0.02, (255, 236, 190), 16)


def breakwater(
    canvas: Canvas, start: float, end: float, y: float, height: float, light: Light, fog: float = 0.25
) -> None:
    """A long wall in the sea with a foot of heaped concrete."""
    rng = canvas.rng

    def seen(colour: Colour, share: float) -> Colour:
        return mix(lit(colour, light, share), light.haze, fog)

    canvas.polygon(
        [(start, y - height), (end, y - height * 0.9), (end, y), (start, y)], seen((176, 172, 164), 0.6)
    )
    canvas.polygon(
        [(start, y - height), (end, y - height * 0.9), (end, y - height * 0.7), (start, y - height * 0.76)],
        seen((206, 202, 192), 0.95),
    )
    heap = Stencil()
    low, high = min(start, end), max(start, end)
    x = low
    while x < high:
        r = height * rng.uniform(0.2, 0.42)
        px, py = x + rng.uniform(-3, 3), y - rng.uniform(-0.1, 0.35) * height
        turn = rng.uniform(0, 2)
        heap.polygon(
            [
                (px - r, py - r * turn * 0.3),
                (px + r * 0.3, py - r),
                (px + r, py + r * 0.4),
                (px - r * 0.2, py + r),
            ]
        )
        x += height * 0.11
    canvas.model(heap, seen((138, 134, 128), 0.6), side=light.side, depth=max(1.2, height * 0.1), rough=0.6)
