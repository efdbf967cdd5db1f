"""The river after dark: a bridge, fireworks."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Stencil, soften
from .city import Quarter, town
from .land import streaks, water
from .lights import lamp
from .noise import fractal
from .outdoors_water import _coast
from .rooms import MIL, Look, develop
from .sketch import Sketch
from .skies import Light, hour, sky, stars
from .tones import Colour, curve, mix, times


def _far_bank(canvas: Canvas, light: Light, line: int, lit_share: float) -> None:
    """The lights of a town on the other side of a river."""
    camera = Camera(12, WIDTH * 1.2, line, WIDTH / 2)
    sketch = Sketch(canvas)
    rng = canvas.rng
    quarter = Quarter(
        900, 3400, low=14, tall=95, centre=rng.uniform(-0.4, 0.4), reach=0.22, lighted=lit_share, thin=0.1
    )
    town(sketch, rng, camera, light, quarter)
    foot = camera.at(0, 0, 900)[1]
    sketch.shape(
        [(0, foot - 3), (WIDTH, foot - 3), (WIDTH, foot + 30), (0, foot + 30)], times(light.ambient, 0.6)
    )
    sketch.done()
    for _ in range(46):
        lamp(
            canvas,
            rng.uniform(0, WIDTH),
            foot - rng.uniform(2, 5) * MIL,
            rng.uniform(0.7, 1.3),
            rng.choice(((255, 190, 110), (255, 226, 180), (220, 232, 255))),
            7,
        )


def night_bridge(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A cable-stayed or an arched bridge with its lights, and the stripes they draw on the river."""
    light = hour(rng, "blue", "night", "blue")
    line = round(HEIGHT * rng.uniform(0.52, 0.58))
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line, 2)
    canvas.glow(WIDTH * rng.uniform(0.3, 0.7), line, 0.7 * WIDTH, (86, 66, 54), 1.6, 0.36)
    _far_bank(canvas, light, line - round(0.012 * HEIGHT), 0.3)
    deck = line - 0.115 * HEIGHT
    if rng.random() < 0.5:
        _cables(canvas, light, deck, line)
    else:
        _arches(canvas, light, deck, line)
    _deck(canvas, light, deck)
    water(canvas, line, mix(light.ambient, (16, 30, 44), 0.5), calm=0.55, clear=0.8, cell=6.0)
    streaks(canvas, line, threshold=110, length=0.075 * HEIGHT, strength=1.1)
    look = Look(warmth=0.05, contrast=0.3, saturation=0.84, vignette=0.36, bloom=1.0, threshold=130)
    return develop(canvas, size, look)


def _deck(canvas: Canvas, light: Light, deck: float) -> None:
    rng, thick = canvas.rng, 0.02 * HEIGHT
    canvas.polygon(
        [(-5, deck), (WIDTH + 5, deck), (WIDTH + 5, deck + thick), (-5, deck + thick)],
        mix(light.ambient, (110, 104, 100), 0.4),
    )
    canvas.polygon(
        [
            (-5, deck + thick * 0.65),
            (WIDTH + 5, deck + thick * 0.65),
            (WIDTH + 5, deck + thick),
            (-5, deck + thick),
        ],
        times(light.ambient, 0.5),
    )
    trail = Stencil().box(-5, deck - 2.2 * MIL, WIDTH + 5, deck - 1.0 * MIL)
    canvas.stamp(trail, (255, 214, 160), alpha=0.8, blur=1.0)
    canvas.stamp(
        Stencil().box(rng.uniform(0, 0.4) * WIDTH, deck - 1.0 * MIL, WIDTH, deck),
        (226, 70, 50),
        alpha=0.7,
        blur=1.0,
    )
    gap = rng.uniform(0.034, 0.044) * WIDTH
    for step in range(round(WIDTH / gap) + 2):
        x = step * gap
        canvas.stamp(
            Stencil().line([(x, deck), (x, deck - 0.036 * HEIGHT)], 1.2),
            mix(light.ambient, (120, 120, 120), 0.4),
        )
        lamp(canvas, x, deck - 0.038 * HEIGHT, 1.8, (255, 204, 130), 11)


def _cables(canvas: Canvas, light: Light, deck: float, line: float) -> None:
    rng = canvas.rng
    steel = mix(light.ambient, (150, 160, 176), 0.62)
    first = rng.uniform(0.2, 0.34)
    for share in (first, first + rng.uniform(0.36, 0.44)):
        x, top = share * WIDTH, deck - rng.uniform(0.33, 0.37) * HEIGHT
        ropes = Stencil()
        for step in range(1, 13):
            y = top + (deck - top) * 0.035 * step
            for side in (-1, 1):
                ropes.line([(x, y), (x + side * step * 0.0165 * WIDTH, deck)], 0.8)
        canvas.stamp(ropes, mix(steel, (200, 190, 170), 0.3), alpha=0.75)
        legs = (
            Stencil()
            .limb((x, top), (x - 0.009 * WIDTH, line), 0.004 * WIDTH, 0.006 * WIDTH)
            .limb((x, top), (x + 0.009 * WIDTH, line), 0.004 * WIDTH, 0.006 * WIDTH)
        )
        canvas.model(legs, steel, side=light.side, depth=3)
        canvas.glow(x, deck - 0.02 * HEIGHT, 0.05 * WIDTH, (150, 130, 100), 1.8, 1.6)
        canvas.glow(x, top, 0.012 * WIDTH, (255, 60, 40), 2.0)


def _arches(canvas: Canvas, light: Light, deck: float, line: float) -> None:
    rng = canvas.rng
    glow = rng.choice(((120, 170, 255), (255, 190, 110), (150, 220, 200)))
    span = rng.uniform(0.3, 0.38) * WIDTH
    start = -rng.uniform(0.1, 0.8) * span
    while start < WIDTH:
        points = []
        for step in range(31):
            share = step / 30
            points.append((start + share * span, deck - math.sin(share * math.pi) * 0.17 * HEIGHT))
        hangers = Stencil()
        for x, y in points[2:-2:2]:
            hangers.line([(x, y), (x, deck)], 0.8)
        canvas.stamp(hangers, mix(light.ambient, glow, 0.4), alpha=0.8)
        canvas.stamp(Stencil().line(points, 4.4 * MIL), times(glow, 0.5), blur=4.0, alpha=0.9)
        canvas.stamp(Stencil().line(points, 3.0 * MIL), mix(glow, (255, 255, 255), 0.35))
        canvas.model(
            Stencil().box(start - 7 * MIL, deck, start + 7 * MIL, line),
            mix(light.ambient, (120, 116, 110), 0.5),
            side=light.side,
            depth=3,
        )
        start += span


def fireworks(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Bursts over a river with the town's lights below them."""
    light = hour(rng, "night")
    line = round(HEIGHT * rng.uniform(0.72, 0.78))
    canvas = Canvas(rng, sky(rng, light, line))
    stars(canvas, line // 2, 0.0006)
    layer = Image.new("RGB", (WIDTH, HEIGHT))
    colours: tuple[Colour, ...] = (
        (255, 190, 110),
        (255, 110, 90),
        (150, 190, 255),
        (190, 240, 190),
        (255, 150, 200),
        (255, 236, 200),
    )
    for _ in range(rng.randint(4, 6)):
        x, y, radius = (
            rng.uniform(0.16, 0.84) * WIDTH,
            rng.uniform(0.14, 0.42) * HEIGHT,
            rng.uniform(0.12, 0.27) * HEIGHT,
        )
        tone = rng.choice(colours)
        _smoke_light(canvas, x, y, radius, tone)
        _burst(layer, rng, (x, y, radius), tone, rng.choice(colours))
    glow = soften(layer, 9 * MIL).point([min(255, value * 2) for value in range(256)] * 3)
    sparks = layer.filter(ImageFilter.GaussianBlur(0.6)).point(
        [min(255, round(value * 1.25)) for value in range(256)] * 3
    )
    canvas.image = ImageChops.screen(ImageChops.screen(canvas.image, glow), sparks)
    canvas.glow(WIDTH / 2, line, 0.8 * WIDTH, (70, 54, 44), 1.6, 0.3)
    _far_bank(canvas, light, line - round(0.012 * HEIGHT), 0.32)
    water(canvas, line, (14, 20, 34), calm=0.5, clear=0.9, cell=5.0)
    streaks(canvas, line, threshold=120, length=0.06 * HEIGHT, strength=0.8)
    return develop(
        canvas,
        size,
        Look(warmth=0.05, contrast=0.28, saturation=0.86, vignette=0.3, bloom=0.8, threshold=130),
    )


def _smoke_light(canvas: Canvas, x: float, y: float, radius: float, tone: Colour) -> None:
    """What hangs in the air after the bursts before, lit by this one."""
    r = round(radius * 1.5)
    puffs = fractal(canvas.rng, (r, r), r * 0.4, 4).point(curve((90, 0), (255, 120))).resize((r * 2, r * 2))
    disc = Image.radial_gradient("L").point(curve((0, 255), (170, 0))).resize((r * 2, r * 2))
    canvas.veil(times(tone, 0.42), ImageChops.multiply(puffs, disc), (round(x - r), round(y - r)))


def _burst(
    layer: Image.Image, rng: Random, place: tuple[float, float, float], tone: Colour, core: Colour
) -> None:
    """Sparks that flew out from a point, slow down and fall."""
    draw = ImageDraw.Draw(layer)
    x, y, radius = place
    count = rng.randint(90, 150)
    for index in range(count):
        turn, lift = rng.uniform(0, math.tau), rng.uniform(-1, 1)
        speed = radius * rng.uniform(0.86, 1.05) * (0.45 if index % 4 == 0 else 1.0)
        dx, dy = math.cos(turn) * math.sqrt(1 - lift * lift) * speed, lift * speed
        colour = core if index % 4 == 0 else tone
        last = (x + dx * 0.25, y + dy * 0.25)
        for step in range(1, 11):
            share = 0.25 + 0.75 * step / 10
            reach = 1 - (1 - share) ** 2
            point = (x + dx * reach, y + dy * reach + radius * 0.16 * share**2)
            draw.line(
                [last, point],
                fill=times(colour, (0.12 + 0.8 * share**2) * rng.uniform(0.7, 1.1)),
                width=2 if step > 7 else 1,
            )
            last = point
        draw.ellipse(
            [last[0] - 1.3, last[1] - 1.3, last[0] + 1.3, last[1] + 1.3],
            fill=mix(colour, (255, 255, 255), 0.6),
        )


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "night_bridge": night_bridge,
    "fireworks": fireworks,
}
