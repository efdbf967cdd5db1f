"""Houses: volumes with windows, streets of them, whole quarters seen from a hill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .camera import Camera
from .canvas import WIDTH, Point
from .sketch import Sketch
from .skies import Light
from .tones import Colour, mix, times, under, vary

WALLS: tuple[Colour, ...] = (
    (196, 190, 180),
    (168, 162, 156),
    (206, 202, 196),
    (150, 134, 120),
    (138, 144, 150),
    (178, 158, 138),
    (120, 126, 134),
)
GLASS_WALLS: tuple[Colour, ...] = ((96, 116, 134), (82, 98, 116), (110, 124, 132), (70, 84, 98))
ROOFS: tuple[Colour, ...] = (
    (92, 124, 104),
    (126, 126, 124),
    (150, 148, 144),
    (104, 112, 110),
    (142, 110, 94),
    (84, 110, 100),
)
LAMPS: tuple[Colour, ...] = (
    (255, 214, 150),
    (255, 230, 190),
    (240, 236, 226),
    (255, 196, 120),
    (214, 226, 240),
)


@dataclass(frozen=True)
class House:
    """A volume on the ground, its near left corner at x, z; metres."""

    x: float
    z: float
    width: float
    depth: float
    height: float
    style: str = "grid"
    wall: Colour = (180, 176, 170)
    roof: Colour = (126, 126, 124)


def house(
    sketch: Sketch, rng: Random, camera: Camera, light: Light, one: House, fog: float, lighted: float
) -> None:
    """Its visible faces with windows; `fog` 0..1 of the haze, `lighted` the share of windows with a lamp."""
    x0, x1, z0, z1, top = one.x, one.x + one.width, one.z, one.z + one.depth, one.height
    bright = under(one.wall, mix(light.sun, light.ambient, 0.6) if light.dark else light.sun)
    shade = under(one.wall, light.ambient)
    if top < camera.height:
        roof = under(one.roof, mix(light.sun, light.ambient, 0.35))
        corners = [camera.at(x, top, z) for x, z in ((x0, z1), (x1, z1), (x1, z0), (x0, z0))]
        sketch.shape(corners, mix(roof, light.haze, fog))
    faces = [(((x0, z0), (x1, z0)), mix(bright, shade, 0.45), one.width)]
    for side, end in ((-1.0, ((x0, z1), (x0, z0))), (1.0, ((x1, z0), (x1, z1)))):
        if camera.at(end[0][0], 0, end[0][1])[0] < camera.at(end[1][0], 0, end[1][1])[0]:
            faces.append((end, bright if side == light.side else times(shade, 0.8), one.depth))
    for ((ax, az), (bx, bz)), wall, length in faces:
        quad = [camera.at(ax, top, az), camera.at(bx, top, bz), camera.at(bx, 0, bz), camera.at(ax, 0, az)]
        sketch.shape(quad, mix(wall, light.haze, fog))
        if one.style != "none":
            _windows(sketch, rng, quad, (length, top), one.style, _panes(rng, light, wall, fog, lighted))


def _panes(rng: Random, light: Light, wall: Colour, fog: float, lighted: float) -> list[Colour]:
    """Thirty colours that the windows of one face have, as often as they have them."""
    dark = mix(times(wall, 0.34), light.ambient, 0.25)
    bright = mix(mix(dark, light.middle, 0.3 if light.dark else 0.5), wall, 0.2)
    # One glass mirrors one part of the sky: the panes of a face differ little, but for a blind here and there.
    own, panes = rng.random() * 0.7, []
    for number in range(30):
        if number < lighted * 30:
            lamp = times(rng.choice(LAMPS), rng.uniform(0.5, 1.0))
            panes.append(mix(lamp, mix(dark, light.haze, fog), 0.12))
        else:
            share = own + 0.3 * rng.random() + (0.35 if number > 27 else 0)
            panes.append(mix(mix(dark, bright, min(1.0, share)), light.haze, fog))
    return panes


STYLES = {"grid": (0.24, 0.3), "ribbon": (0.04, 0.34), "curtain": (0.05, 0.1), "flats": (0.1, 0.24)}


def _windows(
    sketch: Sketch,
    rng: Random,
    quad: Sequence[Point],
    metres: tuple[float, float],
    style: str,
    panes: Sequence[Colour],
) -> None:
    """Rows of windows on a face; too small ones become bands, the smallest are left out."""
    floors, bays = max(1, round(metres[1] / 3.2)), max(1, round(metres[0] / 2.9))
    wide = abs(quad[1][0] - quad[0][0])
    if (quad[3][1] - quad[0][1]) / floors < 1.1 or wide < 2:
        return
    gap, sill = STYLES[style]
    if wide / bays < 1.6:
        bays, gap = 1, 0.02
    columns = [bay for bay in range(bays) if style != "flats" or bay % 4 != 3]
    # The faces stand upright, so that a window's left and right are upright too.
    (x0, top0), (x1, top1), (_, foot1), (_, foot0) = quad
    for floor in range(floors):
        upper, lower = (floor + sill * 0.6) / floors, (floor + 1 - sill * 0.4) / floors
        rows = [
            (a + (b - a) * share, c + (d - c) * share)
            for share in (upper, lower)
            for a, b, c, d in ((top0, foot0, top1, foot1),)
        ]
        for bay in columns:
            left, right = (bay + gap) / bays, (bay + 1 - gap) / bays
            (a0, a1), (b0, b1) = rows
            xl, xr = x0 + (x1 - x0) * left, x0 + (x1 - x0) * right
            pane = [(xl, a0 + (a1 - a0) * left), (xr, a0 + (a1 - a0) * right)]
            pane += [(xr, b0 + (b1 - b0) * right), (xl, b0 + (b1 - b0) * left)]
            sketch.shape(pane, rng.choice(panes))


def trees(
    sketch: Sketch,
    rng: Random,
    camera: Camera,
    light: Light,
    area: tuple[float, float, float, float],
    fog: float,
) -> None:
    """A clump of crowns on the ground between x0, x1, z0, z1, each with its lighter half towards the sun."""
    base = vary(rng, (74, 88, 62), 0.12)
    shade = mix(under(base, light.ambient), light.haze, fog)
    bright = mix(
        under(times(base, 1.15), mix(light.sun, light.ambient, 0.5 if light.dark else 0.0)), light.haze, fog
    )
    places = [(rng.uniform(area[0], area[1]), rng.uniform(area[2], area[3])) for _ in range(7)]
    for x, z in sorted(places, key=lambda place: -place[1]):
        px, py = camera.at(x, rng.uniform(3.5, 6), z)
        r = camera.scale(z) * rng.uniform(2.4, 4.2)
        sketch.dot(px, py, r, r * 0.9, shade)
        for _ in range(4 if r > 3 else 1):
            dx, dy = rng.uniform(-0.5, 0.3) * r * -light.side, rng.uniform(-0.6, 0.1) * r
            sketch.dot(
                px - abs(dx) * -light.side,
                py + dy,
                r * 0.42,
                r * 0.36,
                mix(shade, bright, rng.uniform(0.4, 1)),
            )


@dataclass(frozen=True)
class Quarter:
    """Where a town stands: from z `near` to `far`, `tall` the height in its centre, `low` elsewhere."""

    near: float
    far: float
    low: float = 14.0
    tall: float = 150.0
    centre: float = 0.0  # of the towers, in shares of the width of the view
    reach: float = 0.22
    lighted: float = 0.0
    thin: float = 0.16  # share of the ground left free


def town(sketch: Sketch, rng: Random, camera: Camera, light: Light, quarter: Quarter) -> None:
    """Rows of houses from the horizon towards the viewer."""
    z = quarter.far
    while z > quarter.near:
        step = max(34.0, z * 0.1)
        half = z * WIDTH / camera.focal * 0.56
        fog = min(0.9, (z / 5200) ** 0.72)
        x = -half
        while x < half:
            width = rng.uniform(16, 34) * (1 + z / 4000)
            if rng.random() > quarter.thin:
                one = _by_the_dice(rng, quarter, x, z, width, step, abs(x / half / 0.89 - quarter.centre * 2))
                house(sketch, rng, camera, light, one, fog, quarter.lighted)
            elif z < 2400:
                trees(sketch, rng, camera, light, (x, x + width, z, z + step * 0.6), fog)
            x += width + rng.uniform(1, 9)
        z -= step


def _by_the_dice(
    rng: Random, quarter: Quarter, x: float, z: float, width: float, step: float, away: float
) -> House:
    near_centre = max(0.0, 1 - away / (quarter.reach * 2))
    height = quarter.low * rng.uniform(0.5, 1.5)
    style, walls = "grid", WALLS
    if z > max(quarter.near * 1.2, 430) and rng.random() < 0.08 + near_centre * 0.62:
        height = quarter.low + quarter.tall * rng.uniform(0.25, 1.0) * (0.35 + near_centre * 0.75)
        style = rng.choice(("curtain", "ribbon", "grid", "flats"))
        walls = GLASS_WALLS if style == "curtain" else WALLS
    depth = min(step * 0.72, rng.uniform(14, 30) * (1 + z / 5000))
    return House(
        x,
        z,
        width,
        depth,
        height,
        style,
        vary(rng, rng.choice(walls), 0.12),
        vary(rng, rng.choice(ROOFS), 0.12),
    )
