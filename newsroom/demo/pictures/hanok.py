"""Old tiled houses: concave roofs with rows of tiles, white walls, dark posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .boats import lit
from .canvas import Point
from .sketch import Sketch, between
from .skies import Light
from .tones import Colour, mix, times, vary


@dataclass(frozen=True)
class Roof:
    """x the left end of the eaves, y their line, `wide` and `tall` in pixels; `turn` -1..1 shows more of one end."""

    x: float
    y: float
    wide: float
    tall: float
    turn: float = 0.0

    def ridge(self, share: float) -> Point:
        """A point of the ridge, which sags between its ends."""
        sag = 1 - (2 * share - 1) ** 2
        inset = 0.17 + 0.06 * self.turn
        return self.x + self.wide * (inset + share * 0.66), self.y - self.tall * (1.0 - 0.07 * sag)

    def eave(self, share: float) -> Point:
        """A point of the eaves, whose corners rise."""
        rise = abs(2 * share - 1) ** 3
        return self.x + self.wide * (share * 1.04 - 0.02), self.y - self.tall * 0.2 * rise

    def tile(self, share: float, down: float) -> Point:
        """A point of the slope, hollow as a hanging cloth."""
        x, y = between(self.ridge(share), self.eave(share), down)
        return x, y + self.tall * 0.11 * 4 * down * (1 - down) * 0.8


def hanok(sketch: Sketch, rng: Random, light: Light, roof: Roof, fog: float) -> None:
    """One house seen from a little above its eaves."""

    def seen(colour: Colour) -> Colour:
        return mix(colour, light.haze, fog)

    tile = vary(rng, (92, 96, 102), 0.1)
    sunny = lit(tile, light, 0.9)
    _walls(sketch, rng, light, roof, seen)
    outline = [roof.ridge(step / 10) for step in range(11)]
    outline += [roof.tile(1.0, step / 6) for step in range(1, 6)]
    outline += [roof.eave(1 - step / 16) for step in range(17)]
    outline += [roof.tile(0.0, 1 - step / 6) for step in range(1, 6)]
    sketch.shape(outline, seen(times(sunny, 0.8)))
    columns = max(8, min(46, round(roof.wide / 3.4)))
    for column in range(columns + 1):
        share = column / columns
        tone = times(sunny, rng.uniform(0.92, 1.16) * (1.06 if (share < 0.5) == (light.side < 0) else 0.9))
        line = [roof.tile(share, down) for down in (0.0, 0.25, 0.5, 0.75, 1.0)]
        sketch.line(line, seen(tone), max(0.5, roof.wide / columns * 0.42))
        if roof.wide > 90:
            sketch.line(
                [(x + roof.wide / columns * 0.36, y) for x, y in line],
                seen(times(sunny, 0.5)),
                max(0.4, roof.wide / columns * 0.14),
            )
    thick = max(1.0, roof.tall * 0.085)
    top = [roof.ridge(step / 10) for step in range(11)]
    sketch.line([(x, y - thick * 0.3) for x, y in top], seen(times(sunny, 0.62)), thick)
    sketch.line(
        [(x, y - thick * 0.75) for x, y in top], seen(lit((190, 188, 180), light, 0.9)), max(0.5, thick * 0.3)
    )
    for end, share in ((0.0, 0.02), (1.0, 0.98)):
        hip = [roof.tile(end, down) for down in (0.0, 0.25, 0.5, 0.75, 1.0)]
        sketch.line(hip, seen(times(sunny, 0.6 if share < 0.5 else 0.7)), thick * 0.8)
    sketch.line(
        [roof.eave(step / 16) for step in range(17)],
        seen(lit((140, 138, 132), light, 0.8)),
        max(0.6, thick * 0.4),
    )


def _walls(sketch: Sketch, rng: Random, light: Light, roof: Roof, seen: Callable[[Colour], Colour]) -> None:
    left, right, high = roof.x + roof.wide * 0.09, roof.x + roof.wide * 0.91, roof.tall * 0.72
    foot = roof.y + high
    plaster = lit(vary(rng, (214, 206, 190), 0.06), light, 0.72)
    sketch.shape(
        [(left, roof.y - roof.tall * 0.2), (right, roof.y - roof.tall * 0.2), (right, foot), (left, foot)],
        seen(plaster),
    )
    bays = max(2, min(6, round(roof.wide / 42)))
    wood = lit(vary(rng, (96, 70, 50), 0.1), light, 0.6)
    for bay in range(bays):
        x0, x1 = left + (right - left) * bay / bays, left + (right - left) * (bay + 1) / bays
        if rng.random() < 0.62:
            paper = lit((196, 180, 148), light, 0.6) if rng.random() < 0.75 else times(wood, 0.7)
            sketch.shape(
                [
                    (x0 + 2, roof.y),
                    (x1 - 2, roof.y),
                    (x1 - 2, foot - high * 0.16),
                    (x0 + 2, foot - high * 0.16),
                ],
                seen(paper),
            )
            for step in range(1, 6):
                x = x0 + (x1 - x0) * step / 6
                sketch.line([(x, roof.y), (x, foot - high * 0.16)], seen(times(wood, 0.85)), 0.5)
        sketch.line([(x0, roof.y - 2), (x0, foot)], seen(wood), max(0.8, roof.wide * 0.012))
    sketch.line([(right, roof.y - 2), (right, foot)], seen(wood), max(0.8, roof.wide * 0.012))
    stone = lit((134, 128, 120), light, 0.55)
    sketch.shape(
        [
            (left - 3, foot - high * 0.12),
            (right + 3, foot - high * 0.12),
            (right + 3, foot + 2),
            (left - 3, foot + 2),
        ],
        seen(stone),
    )
    shade = seen(times(plaster, 0.42))
    band = [roof.eave(step / 12) for step in range(13)]
    band += [(right, roof.y + high * 0.26), (left, roof.y + high * 0.26)]
    sketch.shape(band, shade)
