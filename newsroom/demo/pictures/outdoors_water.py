"""At the water: harbour, boats, beach, a bridge by night, fireworks over a river."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .boats import Hull, boat, breakwater, lighthouse, lit
from .camera import Camera
from .canvas import HEIGHT, WIDTH, Canvas, Point, Stencil, soften
from .city import Quarter, town
from .land import glitter, reflected, ridge, slope, streaks, treeline, water
from .lights import lamp
from .noise import fractal, plane
from .rooms import MIL, Look, develop
from .skies import HOURS, Light, haze_band, hour, sky, stars
from .sketch import Sketch
from .tones import Colour, curve, gradient, mix, times, tint, vary


def _coast(canvas: Canvas, light: Light, line: float, layers: int = 3) -> None:
    """Hills on the far side of the water."""
    for layer in range(layers):
        share = (layer + 1) / (layers + 0.4)
        heights = ridge(canvas.rng, line - (0.05 - 0.02 * layer) * HEIGHT, 0.085 * HEIGHT * (1.1 - 0.5 * share), lean=canvas.rng.uniform(-0.05, 0.05) * HEIGHT)
        heights = [min(line - 1, height) for height in heights]
        shade = [(0.0, lit((30, 40, 44), light, 0.2)), (0.5, lit((118, 122, 116), light, 0.8)), (1.0, lit((214, 210, 190), light, 1.0))]
        cover = [(0.0, (56, 72, 58)), (0.5, (84, 98, 70)), (1.0, (124, 122, 84))]
        slope(canvas, heights, shade, side=light.side, cell=50, depth=0.2 * HEIGHT, fog=(light.haze, 0.8 - 0.6 * share, 0.9 - 0.5 * share),
              cover=cover, crowns=2.4)  # fmt: skip


def sea_harbour(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A breakwater with its light, hills behind the bay, boats at anchor."""
    light = hour(rng, "morning", "noon", "golden", "grey")
    line = round(HEIGHT * rng.uniform(0.44, 0.54))
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line)
    _shore_town(canvas, light, line)
    haze_band(canvas, light.haze, line, 0.06 * HEIGHT, 0.4)
    water(canvas, line, lit((50, 92, 112), light, 0.6), calm=rng.uniform(0.4, 0.65), clear=0.7, cell=5.0)
    if light.name in ("golden", "morning"):
        glitter(canvas, line, light.sun_x * WIDTH, mix(light.sun, (255, 255, 255), 0.3), 0.2 * WIDTH, 0.7)
    before = canvas.image.copy()
    side = rng.choice((-1, 1))
    tip = WIDTH * (0.5 + side * rng.uniform(0.06, 0.24))
    y, tall = line + 0.055 * HEIGHT, 0.05 * HEIGHT
    breakwater(canvas, WIDTH * (0.5 + side * 0.55), tip, y, tall, light)
    lighthouse(canvas, tip + side * 0.03 * WIDTH, y - tall * 0.8, 0.21 * HEIGHT, light, rng.choice(((192, 62, 50), (226, 226, 222))), on=light.name == "golden")
    reflected(canvas, before, y, 0.55)
    for place in sorted(rng.uniform(0.16, 0.3) for _ in range(rng.randint(2, 4))):
        before = canvas.image.copy()
        y = line + place * HEIGHT
        hull = Hull(WIDTH * (0.5 - side * rng.uniform(-0.2, 0.42)), y, WIDTH * (0.05 + place * 0.5), rng.choice((-1.0, 1.0)))
        boat(canvas, hull, light, fog=0.18 - place * 0.4)
        reflected(canvas, before, y, 0.6)
    return develop(canvas, size, Look(warmth=0.1, contrast=0.4, saturation=0.78, vignette=0.26, bloom=0.4))


def _shore_town(canvas: Canvas, light: Light, line: int) -> None:
    """White and grey houses along the far shore."""
    sketch, rng = Sketch(canvas), canvas.rng
    start, end = sorted((rng.uniform(0, 0.9) * WIDTH, rng.uniform(0.1, 1.0) * WIDTH))
    for _ in range(110):
        x, tall, wide = rng.uniform(start - 80, end + 80), rng.uniform(4, 13) * MIL, rng.uniform(5, 13) * MIL
        wall = mix(lit(vary(rng, rng.choice(((216, 212, 204), (190, 184, 176), (206, 190, 172))), 0.08), light, rng.choice((0.35, 0.85))), light.haze, 0.42)
        sketch.shape([(x, line - tall), (x + wide, line - tall), (x + wide, line), (x, line)], wall)
        roof = mix(lit(rng.choice(((120, 74, 60), (72, 96, 116), (96, 98, 96))), light, 0.7), light.haze, 0.42)
        sketch.shape([(x - 1, line - tall), (x + wide / 2, line - tall - 2.5 * MIL), (x + wide + 1, line - tall)], roof)
        for step in range(int(wide // (3 * MIL))):
            sketch.shape([(x + 1 + step * 3 * MIL, line - tall * 0.75), (x + 2.4 + step * 3 * MIL, line - tall * 0.75), (x + 2.4 + step * 3 * MIL, line - tall * 0.45),
                          (x + 1 + step * 3 * MIL, line - tall * 0.45)], mix(wall, (40, 48, 58), 0.5))  # fmt: skip
    sketch.done()


def fishing_boats(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Boats side by side in a harbour basin, early or late in the day."""
    light = hour(rng, "morning", "golden", "grey", "dusk")
    line = round(HEIGHT * rng.uniform(0.36, 0.42))
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line, 2)
    _shore_town(canvas, light, line)
    haze_band(canvas, light.haze, line, 0.07 * HEIGHT, 0.45)
    canvas.blur(1.6 * MIL)
    water(canvas, line, lit((46, 78, 92), light, 0.5), calm=0.74, clear=0.85, cell=6.0)
    bow = rng.choice((-1.0, 1.0))
    for row, (place, length, count) in enumerate(((0.08, 0.16, 5), (0.2, 0.3, 3), (0.4, 0.52, 2))):
        y = line + place * HEIGHT
        first = rng.uniform(0.02, 0.2)
        for index in range(count):
            before = canvas.image.copy()
            x = WIDTH * (first + index * (1.0 / count) * rng.uniform(0.92, 1.1))
            level = y + rng.uniform(-0.008, 0.016) * HEIGHT
            boat(canvas, Hull(x, level, WIDTH * length * rng.uniform(0.92, 1.08), bow), light, fog=0.26 - 0.13 * row, lamps=light.dark and row > 0)
            reflected(canvas, before, level, 0.72)
    return develop(canvas, size, Look(warmth=0.15, contrast=0.42, saturation=0.76, vignette=0.3, bloom=0.55))


def beach_summer(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Sand, surf in long lines, parasols."""
    light = hour(rng, "noon", "noon", "morning")
    line, shore = round(HEIGHT * rng.uniform(0.34, 0.4)), HEIGHT * rng.uniform(0.6, 0.66)
    canvas = Canvas(rng, sky(rng, light, line))
    _coast(canvas, light, line, 2)
    deep = [(0, mix((64, 120, 156), light.haze, 0.3)), (0.3, (52, 126, 156)), (0.62, (86, 168, 176)), (0.9, (168, 206, 196)), (1, (206, 214, 196))]
    canvas.image.paste(gradient((WIDTH, round(shore) - line + 40), deep), (0, line))
    canvas.texture(plane(rng, (WIDTH, HEIGHT - line), cell=5.0, stretch=6.0, octaves=4), 0.3, (0, line))
    _sand(canvas, shore)
    _surf(canvas, line, shore)
    for _ in range(10):
        depth = rng.random() ** 1.5
        _parasol(canvas, light, rng.uniform(0.04, 0.96) * WIDTH, shore + (0.07 + 0.25 * depth) * HEIGHT, (0.03 + 0.075 * depth) * WIDTH)
    canvas.veil((255, 250, 236), 0.04)
    return develop(canvas, size, Look(warmth=0.18, contrast=0.36, saturation=0.8, vignette=0.2, bloom=0.4))


def _tide(rng: Random, y: float, swing: float, tilt: float) -> list[Point]:
    """The edge of a wave along the shore."""
    phases = [(rng.uniform(0, 7), rng.uniform(0.6, 1.2), swing), (rng.uniform(0, 7), rng.uniform(2, 4), swing * 0.4), (rng.uniform(0, 7), rng.uniform(7, 12), swing * 0.12)]
    points = []
    for step in range(0, WIDTH + 13, 12):
        share = step / WIDTH
        wave = sum(size * math.sin(phase + share * pace * 6.28) for phase, pace, size in phases)
        points.append((float(step), y + wave + tilt * (share - 0.5)))
    return points


def _sand(canvas: Canvas, shore: float) -> None:
    rng = canvas.rng
    edge = _tide(rng, shore, 0.012 * HEIGHT, 0.05 * HEIGHT)
    dry = Image.new("RGB", (WIDTH, HEIGHT), (214, 196, 164))
    dry.paste(gradient((WIDTH, HEIGHT - round(shore) + 40), [(0, (206, 190, 160)), (0.4, (222, 204, 172)), (1, (198, 176, 142))]), (0, round(shore) - 40))
    noise = plane(rng, (WIDTH, HEIGHT - round(shore) + 60), cell=4.0, stretch=1.3, octaves=4)
    grey = noise.point([round(128 + (value - 128) * 0.4) for value in range(256)])
    part = dry.crop((0, round(shore) - 60, WIDTH, HEIGHT))
    dry.paste(ImageChops.overlay(part, Image.merge("RGB", (grey, grey, grey))), (0, round(shore) - 60))
    canvas.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], dry, blur=2.0)
    wet = [(x, y + 0.055 * HEIGHT + 4 * math.sin(x / 60)) for x, y in edge]
    canvas.polygon([*edge, *wet[::-1]], (136, 118, 94), 0.55, 5.0)
    canvas.polygon([*edge, *[(x, y + 0.02 * HEIGHT) for x, y in edge][::-1]], (176, 196, 204), 0.4, 4.0)


def _surf(canvas: Canvas, line: int, shore: float) -> None:
    """Breakers: a dark face, a white crest that is torn, a film of foam behind."""
    rng = canvas.rng
    lace = plane(rng, (WIDTH, HEIGHT), cell=4.0, stretch=2.4, octaves=4).point(curve((92, 0), (150, 255)))
    for share in (0.42, 0.62, 0.8, 0.95, 1.03):
        y = line + (shore - line) * share
        thick = (1.5 + 12 * share**3) * MIL * rng.uniform(0.8, 1.2)
        edge = _tide(rng, y, 0.014 * HEIGHT * share, 0.05 * HEIGHT * share)
        face = [(x, py - thick * 1.4) for x, py in edge]
        canvas.polygon([*face, *[(x, py + thick * 0.2) for x, py in edge[::-1]]], (44, 112, 132), 0.35 * share, 2.0)
        foam = Stencil().polygon([*[(x, py - thick * 0.4) for x, py in edge], *[(x, py + thick * (1.1 + 0.5 * math.sin(x / 37))) for x, py in edge[::-1]]])
        rendered = foam.render(1.2)
        if rendered is None:
            continue
        mask, left, top = rendered
        torn = ImageChops.multiply(mask, lace.crop((left, top, left + mask.width, top + mask.height)))
        mask = Image.blend(torn, mask, 0.35 if share > 0.7 else 0.1)
        canvas.image.paste((246, 248, 246), (left, top), mask)


def _parasol(canvas: Canvas, light: Light, x: float, foot: float, wide: float) -> None:
    rng, tall = canvas.rng, wide * 1.5
    tone = rng.choice(((196, 74, 60), (58, 104, 150), (228, 226, 216), (222, 178, 84), (86, 140, 128)))
    canvas.shadow(x - light.side * wide * 0.7, foot + wide * 0.05, wide * 0.85, wide * 0.17, 0.42)
    canvas.stamp(Stencil().limb((x, foot), (x + wide * 0.06, foot - tall), wide * 0.022, wide * 0.018), (226, 224, 216))
    top, rim = (x + wide * 0.06, foot - tall * 1.04), foot - tall * 0.68
    for gore in range(6):
        a, b = -1 + gore / 3, -1 + (gore + 1) / 3
        curve_points = [(top[0] + wide * 0.86 * s, rim + wide * 0.12 * (1 - abs(s)) + (0.05 * wide if s in (a, b) else -0.02 * wide)) for s in (a, (a + b) / 2, b)]
        side = 1.14 if (gore < 3) == (light.side < 0) else 0.78
        colour = times(mix(tone, (240, 238, 230), 0.82 if gore % 2 else 0.0), side * (1 - 0.06 * abs(gore - 2.5)))
        shoulder = [(top[0] + wide * 0.5 * s, rim - tall * 0.22) for s in (b, a)]
        canvas.polygon([*curve_points, *shoulder[:1], top, *shoulder[1:]], lit(colour, light, 0.95))
    mat = [(x - 0.5 * wide, foot), (x + 0.1 * wide, foot + 0.02 * wide), (x + 0.22 * wide, foot - 0.07 * wide), (x - 0.34 * wide, foot - 0.08 * wide)]
    canvas.polygon(mat, rng.choice(((206, 206, 200), (92, 118, 140), (176, 118, 92))), 0.85, 0.6)


def _far_bank(canvas: Canvas, light: Light, line: int, lit_share: float) -> None:
    """The lights of a town on the other side of a river."""
    camera = Camera(12, WIDTH * 1.2, line, WIDTH / 2)
    sketch = Sketch(canvas)
    rng = canvas.rng
    quarter = Quarter(900, 3400, low=14, tall=95, centre=rng.uniform(-0.4, 0.4), reach=0.22, lit=lit_share, thin=0.1)
    town(sketch, rng, camera, light, quarter)
    foot = camera.at(0, 0, 900)[1]
    sketch.shape([(0, foot - 3), (WIDTH, foot - 3), (WIDTH, foot + 30), (0, foot + 30)], times(light.ambient, 0.6))
    sketch.done()
    for _ in range(46):
        lamp(canvas, rng.uniform(0, WIDTH), foot - rng.uniform(2, 5) * MIL, rng.uniform(0.7, 1.3), rng.choice(((255, 190, 110), (255, 226, 180), (220, 232, 255))), 7)


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
    canvas.polygon([(-5, deck), (WIDTH + 5, deck), (WIDTH + 5, deck + thick), (-5, deck + thick)], mix(light.ambient, (110, 104, 100), 0.4))
    canvas.polygon([(-5, deck + thick * 0.65), (WIDTH + 5, deck + thick * 0.65), (WIDTH + 5, deck + thick), (-5, deck + thick)], times(light.ambient, 0.5))
    trail = Stencil().box(-5, deck - 2.2 * MIL, WIDTH + 5, deck - 1.0 * MIL)
    canvas.stamp(trail, (255, 214, 160), alpha=0.8, blur=1.0)
    canvas.stamp(Stencil().box(rng.uniform(0, 0.4) * WIDTH, deck - 1.0 * MIL, WIDTH, deck), (226, 70, 50), alpha=0.7, blur=1.0)
    gap = rng.uniform(0.034, 0.044) * WIDTH
    for step in range(round(WIDTH / gap) + 2):
        x = step * gap
        canvas.stamp(Stencil().line([(x, deck), (x, deck - 0.036 * HEIGHT)], 1.2), mix(light.ambient, (120, 120, 120), 0.4))
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
        legs = Stencil().limb((x, top), (x - 0.009 * WIDTH, line), 0.004 * WIDTH, 0.006 * WIDTH).limb((x, top), (x + 0.009 * WIDTH, line), 0.004 * WIDTH, 0.006 * WIDTH)
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
        canvas.model(Stencil().box(start - 7 * MIL, deck, start + 7 * MIL, line), mix(light.ambient, (120, 116, 110), 0.5), side=light.side, depth=3)
        start += span


def fireworks(rng: Random, size: tuple[int, int]) -> Image.Image:
    """Bursts over a river with the town's lights below them."""
    light = hour(rng, "night")
    line = round(HEIGHT * rng.uniform(0.72, 0.78))
    canvas = Canvas(rng, sky(rng, light, line))
    stars(canvas, line // 2, 0.0006)
    layer = Image.new("RGB", (WIDTH, HEIGHT))
    colours: tuple[Colour, ...] = ((255, 190, 110), (255, 110, 90), (150, 190, 255), (190, 240, 190), (255, 150, 200), (255, 236, 200))
    for _ in range(rng.randint(4, 6)):
        x, y, radius = rng.uniform(0.16, 0.84) * WIDTH, rng.uniform(0.14, 0.42) * HEIGHT, rng.uniform(0.12, 0.27) * HEIGHT
        tone = rng.choice(colours)
        _smoke_light(canvas, x, y, radius, tone)
        _burst(layer, rng, (x, y, radius), tone, rng.choice(colours))
    glow = soften(layer, 9 * MIL).point([min(255, value * 2) for value in range(256)] * 3)
    sparks = layer.filter(ImageFilter.GaussianBlur(0.6)).point([min(255, round(value * 1.25)) for value in range(256)] * 3)
    canvas.image = ImageChops.screen(ImageChops.screen(canvas.image, glow), sparks)
    canvas.glow(WIDTH / 2, line, 0.8 * WIDTH, (70, 54, 44), 1.6, 0.3)
    _far_bank(canvas, light, line - round(0.012 * HEIGHT), 0.32)
    water(canvas, line, (14, 20, 34), calm=0.5, clear=0.9, cell=5.0)
    streaks(canvas, line, threshold=120, length=0.06 * HEIGHT, strength=0.8)
    return develop(canvas, size, Look(warmth=0.05, contrast=0.28, saturation=0.86, vignette=0.3, bloom=0.8, threshold=130))


def _smoke_light(canvas: Canvas, x: float, y: float, radius: float, tone: Colour) -> None:
    """What hangs in the air after the bursts before, lit by this one."""
    r = round(radius * 1.5)
    puffs = fractal(canvas.rng, (r, r), r * 0.4, 4).point(curve((90, 0), (255, 120))).resize((r * 2, r * 2))
    disc = Image.radial_gradient("L").point(curve((0, 255), (170, 0))).resize((r * 2, r * 2))
    canvas.veil(times(tone, 0.42), ImageChops.multiply(puffs, disc), (round(x - r), round(y - r)))


def _burst(layer: Image.Image, rng: Random, place: tuple[float, float, float], tone: Colour, core: Colour) -> None:
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
            draw.line([last, point], fill=times(colour, (0.12 + 0.8 * share**2) * rng.uniform(0.7, 1.1)), width=2 if step > 7 else 1)
            last = point
        draw.ellipse([last[0] - 1.3, last[1] - 1.3, last[0] + 1.3, last[1] + 1.3], fill=mix(colour, (255, 255, 255), 0.6))


SCENES: dict[str, Callable[[Random, tuple[int, int]], Image.Image]] = {
    "sea_harbour": sea_harbour,
    "fishing_boats": fishing_boats,
    "beach_summer": beach_summer,
    "night_bridge": night_bridge,
    "fireworks": fireworks,
}
